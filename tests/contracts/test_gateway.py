"""The gateway contract, kept by the fake and by the HTTPS client against the practice office."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from http import HTTPStatus

import pikepdf
import pytest

from tests.contracts.gateway import (
    CARD_NUMBER,
    DECLARANT,
    PASSWORD,
    PORT,
    SATURDAY,
    TRADER,
    USER,
    GatewayContract,
    GatewayRig,
)
from tests.fakes.gateway import FakeGateway, FakeOffice
from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.gateway.practice_card import MemoryCard
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import Tokens
from yuyue_desktop.wire.messages import PART_BYTES
from yuyue_practice.records.attachments import parts

__all__ = ["fresh_office", "start_office"]


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A small file that S19 allows."""
    document = pikepdf.new()
    document.add_blank_page()
    content = io.BytesIO()
    document.save(content, min_version="1.4")
    return content.getvalue()


class FakeRig:
    """A fake with what the contract wants it to know."""

    def __init__(self) -> None:
        company = Company(DECLARANT, "91110101MA00000018", "1100612896", "云岭", Grade.SENIOR)
        session = Session(Way.CARD, USER, "李想", company, CARD_NUMBER, datetime(2026, 9, 28))
        workdays = {SATURDAY - timedelta(days=n): (Period(510, 1050),) for n in range(1, 3)}
        self.office = FakeOffice(
            companies={TRADER: Company(TRADER, "91310115MA00000022", "3100600022", "澄江", Grade.GENERAL)},
            calendars={PORT: WorkingCalendar(SATURDAY - timedelta(days=30), SATURDAY + timedelta(days=30), workdays)},
            accounts={USER: (PASSWORD, session)},
            cards={CARD_NUMBER: session},
        )
        self.gateway = FakeGateway(self.office)
        self.gateway.sign_in_with_password(USER, PASSWORD)

    def another(self) -> FakeGateway:
        """A client that is not signed in."""
        return FakeGateway(self.office)

    def sign(self, submission: Submission) -> str:
        """What stands for a JWS."""
        return self.office.sign(submission)

    def answer_challenge(self, challenge: str) -> str:
        """What stands for a signed challenge."""
        return f"{challenge} {CARD_NUMBER}"


class PracticeRig:
    """The HTTPS client before a practice office."""

    def __init__(self, running: RunningOffice, card: MemoryCard) -> None:
        self.running = running
        self._office = running.office
        self._card = card
        self._made: list[HttpGateway] = []
        self.gateway = self.another()
        self.gateway.sign_in_with_password(USER, PASSWORD)

    def another(self) -> HttpGateway:
        """A client that is not signed in."""
        place = GatewayPlace(self._office.address, (self._office.authorities.gateway.identity.certificate,))
        self._made.append(HttpGateway(place, GatewayClock(lambda _: None), Tokens()))
        return self._made[-1]

    def sign(self, submission: Submission) -> str:
        """A JWS by the card."""
        return self._card.submission(submission)

    def answer_challenge(self, challenge: str) -> str:
        """A signed challenge by the card."""
        return self._card.challenge(self._office.address, challenge, self.gateway.time())

    def close(self) -> None:
        """Let go of all connections."""
        for gateway in self._made:
            gateway.close()


class TestFakeGateway(GatewayContract):
    """The fake."""

    @pytest.fixture
    def rig(self) -> GatewayRig:
        """A signed-in fake."""
        return FakeRig()


@pytest.mark.thorough
class TestHttpGateway(GatewayContract):
    """The real client."""

    @pytest.fixture
    def rig(self, start_office: StartOffice) -> Iterator[GatewayRig]:
        """A signed-in client of a running office."""
        running = start_office()
        rig = PracticeRig(running, running.card(CARD_NUMBER))
        yield rig
        rig.close()

    def test_a_part_that_somebody_else_spoiled_is_sent_again(self, rig: PracticeRig) -> None:
        content = bytes(range(256)) * 5000
        digest = hashlib.sha256(content).hexdigest()
        spoiled = rig.running.clerk().put_sealed(f"/attachments/{digest}/parts/0?of=2", bytes(PART_BYTES))
        assert spoiled.status_code == HTTPStatus.OK
        rig.gateway.send_attachment(digest, content)
        with rig.running.office.database.reading() as session:
            assert parts(session, digest).is_complete

    def test_the_clock_follows_the_office(self, rig: PracticeRig) -> None:
        clock = rig.gateway._clock
        moved = datetime.combine(SATURDAY, time(8, 0))
        rig._office.clock.move_to(moved)
        rig.gateway.time()
        assert abs(clock.now() - moved) < timedelta(seconds=5)
