"""The card session signs with exactly the card it was unlocked for, and never twice with a PIN (S3, S4, B15)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from tests.fakes.card import FakeCard, SoftCard, soft_card
from yuyue_desktop.domain.card import CardState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.wire.envelope import JwsCodec

NOW = datetime(2026, 9, 28, 9, 0)


@dataclass
class Desk:
    """A card in a reader, the session over it, and what was published."""

    card: SoftCard
    reader: FakeCard
    session: CardSession
    events: list[Event] = field(default_factory=list)

    @property
    def states(self) -> list[CardState]:
        return [event.state for event in self.events if isinstance(event, CardChanged)]

    def sign(self, number: str | None = None) -> str:
        return self.session.sign(challenge_input, number)


def challenge_input(certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
    return JwsCodec().challenge_input("https://gateway.example", "x" * 32, certificate, algorithm, NOW)


@pytest.fixture
def desk() -> Iterator[Desk]:
    card = soft_card()
    events: list[Event] = []
    reader = FakeCard(events.append, card)
    with ThreadPoolExecutor(2) as workers:
        yield Desk(card, reader, CardSession(reader, JwsCodec(), workers, events.append), events)


def code_of(error: pytest.ExceptionInfo[YuyueError]) -> Code:
    return error.value.code


def test_look_tells_the_holder_without_a_pin(desk: Desk) -> None:
    assert desk.session.look().result(10).holder.card_number == desk.card.number
    assert desk.card.pins_seen == []


def test_unlocked_card_signs(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    assert desk.sign(desk.card.number).count(".") == 2
    assert desk.states[-2:] == [CardState.SIGNING, CardState.SIGNED_IN]


def test_card_that_is_not_unlocked_asks_for_the_pin(desk: Desk) -> None:
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN


def test_other_card_is_named_before_its_pin_is_asked(desk: Desk) -> None:
    with pytest.raises(YuyueError) as error:
        desk.sign("1234")
    assert code_of(error) is Code.CARD_MISMATCH
    assert dict(error.value.params) == {"inserted": desk.card.number, "bound": "1234"}


def test_swapped_card_does_not_sign(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.reader.insert(soft_card(number="99", pin=desk.card.pin))
    with pytest.raises(YuyueError) as error:
        desk.sign(desk.card.number)
    assert code_of(error) is Code.CARD_CHANGED
    assert desk.session.unlocked is None


def test_failed_signature_ends_the_login(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.reader.fail_next(YuyueError(Code.CARD_DRIVER_FAILED))
    with pytest.raises(YuyueError):
        desk.sign()
    assert desk.session.unlocked is None
    assert desk.states[-1] is CardState.PRESENT


def test_wrong_pin_is_sent_once(desk: Desk) -> None:
    for expected in (Code.PIN_WRONG, Code.PIN_FAILED_BEFORE):
        with pytest.raises(YuyueError) as error:
            desk.session.unlock("00000000")
        assert code_of(error) is expected
    assert desk.card.pins_seen == ["00000000"]
    assert desk.session.unlocked is None


def test_pulled_card_is_locked_at_once(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.session.card_gone()
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN


def test_end_logs_the_card_out(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.session.end()
    facts = desk.reader.read().result()
    with pytest.raises(YuyueError) as error:
        desk.reader.sign(facts.generation, facts.algorithms[0], b"x").result()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN
