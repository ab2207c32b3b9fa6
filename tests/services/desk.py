"""A clerk's desk without a window: the services of one session over a real store, a fake office and a card of tests."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.card import FakeCard, soft_card
from tests.fakes.gateway import FakeGateway, FakeOffice
from tests.store.parts import LIMIT_S, OpenStore, SetClock
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.documents.viewer import Viewer
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, GoodsItem, Status
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.ports import SessionGrant
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.services.drafting import CodeTables, Drafting, Editing
from yuyue_desktop.services.knowing import Knowledge
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.services.unread import UnreadReceipts
from yuyue_desktop.services.workplace import Workplace, WorkplaceParts, open_workplace
from yuyue_desktop.wire.envelope import JwsCodec

NOW = datetime(2026, 9, 28, 9, 0)
DAY = timedelta(days=1)
PERSON, CARD_NUMBER = "yunling", "8600000000001"
PORT, OTHER_PORT, SILENT_PORT = "2210", "2233", "3108"
HOURS = (Period(510, 720), Period(780, 1050))
OWN = Company("1101919107", "91110101MA00000018", "1100612896", "云岭花卉", Grade.SENIOR)
TRADER = Company("3122261548", "91310115MA00000022", "3100600022", "澄江生鲜", Grade.GENERAL)
WINDOW = "2026-10-03T10:00"
"""A Saturday in the holiday that begins on 1 October."""
WORKERS = 2
DECLARATION_NUMBER = "221020261000000001"


class ChallengeGateway(FakeGateway):
    """Takes the JWS of a real card where the fake one takes `challenge card-number`."""

    def sign_in_with_card(self, jws: str) -> SessionGrant:
        header, payload = (json.loads(_decoded(part)) for part in jws.split(".")[:2])
        certificate = base64.b64decode(header["x5c"][0])
        return super().sign_in_with_card(f"{payload['challenge']} {JwsCodec().holder(certificate).card_number}")


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class Desk:
    """Everything is real but customs, the card's chip and the clock."""

    def __init__(self, folder: Path, *, company: Company = OWN, bound_card: str = CARD_NUMBER) -> None:
        self.clock = SetClock(NOW)
        self.store = OpenStore(folder / "profile", self.clock)
        self.events: list[Event] = []
        self.card = soft_card(CARD_NUMBER)
        self.reader = FakeCard(self._from_card, self.card)
        self.pdf = PdfChecker()
        self.pdf_viewer = Viewer()
        self.woken = threading.Event()
        account = Session(Way.ACCOUNT, PERSON, "李想", company, bound_card, NOW)
        self.office = FakeOffice(
            now=NOW,
            companies={company.customs_code: company, TRADER.customs_code: TRADER},
            calendars={port: calendar() for port in (PORT, OTHER_PORT)},
            accounts={PERSON: ("secret", account)},
            cards={CARD_NUMBER: replace(account, way=Way.CARD)},
        )
        self.gateway = ChallengeGateway(self.office)
        self.workers = ThreadPoolExecutor(WORKERS)
        self.card_session = CardSession(self.reader, JwsCodec(), self.workers, self.events.append)
        self.signing_in = SigningIn(
            card=self.card_session,
            codec=JwsCodec(),
            gateway=self.gateway,
            reader=self.store.reader,
            writer=self.store.writer,
            clock=self.clock,
            workers=self.workers,
            publish=self.events.append,
        )
        self.knowledge = Knowledge(
            reader=self.store.reader,
            writer=self.store.writer,
            gateway=self.gateway,
            clock=self.clock,
            workers=self.workers,
            publish=self.events.append,
        )

    def close(self) -> None:
        self.workers.shutdown()
        self.pdf.close()
        self.pdf_viewer.close()
        self.reader.close()
        self.store.close()

    def sign_in(self) -> Session:
        """By card, online."""
        return self.signing_in.with_card(self.card.pin).result(LIMIT_S)

    def sign_in_with_password(self) -> Session:
        return self.signing_in.with_password(PERSON, "secret").result(LIMIT_S)

    @property
    def session(self) -> Session:
        assert self.signing_in.session is not None
        return self.signing_in.session

    @property
    def workplace(self) -> Workplace:
        parts = WorkplaceParts(
            reader=self.store.reader,
            writer=self.store.writer,
            gateway=self.gateway,
            knowledge=self.knowledge,
            tables=CodeTables(("2210", "2233", "3108"), ("5",)),
            card=self.card_session,
            codec=JwsCodec(),
            pdf=self.pdf,
            pdf_viewer=self.pdf_viewer,
            clock=self.clock,
            workers=self.workers,
            wake_sync=self.woken.set,
        )
        return open_workplace(self.session, parts)

    @property
    def drafting(self) -> Drafting:
        return self.workplace.drafting

    @property
    def declaring(self) -> Declaring:
        return self.workplace.declaring

    @property
    def tracking(self) -> Tracking:
        return self.workplace.tracking

    @property
    def unread(self) -> UnreadReceipts:
        return self.workplace.unread

    def know(self, editing: Editing) -> None:
        """Ask for all that the form needs to know, and wait until it is answered."""
        editing.state()
        self.settle()

    def settle(self) -> None:
        """Return once the workers have done what was put to them, and the store what they put to it."""
        everybody = threading.Barrier(WORKERS)
        for future in [self.workers.submit(everybody.wait, LIMIT_S) for _ in range(WORKERS)]:
            future.result(LIMIT_S)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """What is asked meanwhile is answered at the end, and not before."""
        let_go = threading.Event()
        for _ in range(WORKERS):
            self.workers.submit(let_go.wait, LIMIT_S)
        try:
            yield
        finally:
            let_go.set()
            self.settle()

    def ready_draft(self, **changes: Any) -> Editing:
        """A draft on the disk with nothing missing, and everything around it known."""
        editing = self.drafting.new()
        for name, value in (content() | changes).items():
            editing.change(name, value)
        save(editing)
        self.know(editing)
        return editing

    def record(self, status: Status, **changes: Any) -> ApplicationRecord:
        """An application that customs has brought to a status."""
        application = Application(ApplicationId(str(uuid.uuid4())), OWN.customs_code, **content() | changes)
        record = ApplicationRecord(application, 1, status, PERSON, NOW, declared_at=NOW)
        self.store.writer.merge_records([record]).result(LIMIT_S)
        return self.store.read(record.id)

    def _from_card(self, event: Event) -> None:
        """As the program wires it: the session hears what the reader says, and tells it."""
        if isinstance(event, CardChanged):
            self.card_session.heard(event.state)


@contextlib.contextmanager
def signed_in_desk(folder: Path) -> Iterator[Desk]:
    """Somebody has signed in by card, on a profile of its own."""
    with contextlib.closing(Desk(folder)) as desk:
        desk.sign_in()
        yield desk


def calendar() -> WorkingCalendar:
    """Weekdays, but the first week of October."""
    holiday = [datetime(2026, 10, day).date() for day in range(1, 8)]
    days = [NOW.date() + n * DAY for n in range(-60, 90)]
    working = {day: HOURS for day in days if day.weekday() < 5 and day not in holiday}
    return WorkingCalendar(days[0], days[-1], working)


def content() -> dict[str, Any]:
    """Every field that is required."""
    return {
        "trader": TRADER.customs_code,
        "contact_name": "周敏",
        "contact_mobile": "13816245307",
        "declaration_port": PORT,
        "entry_exit_port": PORT,
        "transport_mode": "5",
        "window_start": WINDOW,
        "is_import": True,
        "goods": (GoodsItem("06031100", "鲜切玫瑰"),),
    }


def save(editing: Editing) -> ApplicationRecord:
    """To the disk, and told so, as the form does it."""
    future = editing.flush()
    assert future is not None
    record = future.result(LIMIT_S)
    editing.note_saved(record)
    return record


def failure(call: Callable[[], Future[Any]]) -> YuyueError:
    """What a call raises or its Future fails with."""
    try:
        error = call().exception(LIMIT_S)
    except YuyueError as raised:
        return raised
    assert isinstance(error, YuyueError), error
    return error


def code(call: Callable[[], Future[Any]]) -> Code:
    return failure(call).code
