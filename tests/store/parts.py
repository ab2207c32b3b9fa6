"""What the store's tests are made of: a clock that is set, the store with its three doors, and domain objects."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from yuyue_desktop.domain.application import (
    Application,
    ApplicationId,
    ApplicationRecord,
    Attachment,
    GoodsItem,
    Status,
    Step,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports import Publish
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.moving import Mover
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.store.writer import StoreThread

COMPANY, TRADER = "1101919107", "3122261548"
PERSON, COLLEAGUE = "yunling", "qinghe"
NOW = datetime(2026, 9, 28, 9, 0)
KEY = hashlib.sha256(b"a key of the tests").digest()
LIMIT_S = 30


class SetClock:
    """The gateway's time, as set."""

    is_known = True

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class OpenStore:
    """A profile's store on the disk, open through all three doors."""

    def __init__(self, folder: Path, clock: SetClock | None = None) -> None:
        self.file = folder / "store.db"
        self.key = KEY
        self.clock = clock or SetClock()
        self.events: list[Event] = []
        self._listener: Publish = self.events.append
        self._open()

    def _open(self) -> None:
        self.writer = StoreThread(self.file, self.key, publish=self._tell, clock=self.clock)
        self.reader = Reader(self.file, self.key)
        self.sync = SyncConnection(self.file, self.key, publish=self._tell, clock=self.clock)

    def told_to(self, listener: Publish) -> None:
        """From now on somebody else hears what happens."""
        self._listener = listener

    def _tell(self, event: Event) -> None:
        self._listener(event)

    def close(self) -> None:
        self.sync.close()
        self.reader.close()
        self.writer.close()

    def reopen(self) -> None:
        self.close()
        self._open()

    def save(self, application: Application, person: str = PERSON) -> ApplicationRecord:
        return self.writer.save_draft(application, person, self.clock.at).result(LIMIT_S)

    def enqueue(self, item: OutboxItem, revision: int = 1) -> OutboxItem:
        self.writer.enqueue(item, revision).result(LIMIT_S)
        return item

    def declared(self, application: Application | None = None, **answer: Any) -> ApplicationRecord:
        """An application that the gateway has accepted (申报)."""
        record = self.save(application or make_application())
        item = self.enqueue(make_item(record.id))
        self.sync.claim(item.id)
        self.sync.finish(item.id, accepted(record.id, **answer))
        return self.read(record.id)

    def read(self, application_id: ApplicationId) -> ApplicationRecord:
        record = self.reader.record(application_id)
        assert record is not None
        return record

    def state(self, item_id: ItemId) -> ItemState:
        item = self.reader.item(item_id)
        assert item is not None
        return item.state

    def told(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


def make_application(**changes: Any) -> Application:
    application = Application(
        ApplicationId(str(uuid.uuid4())),
        COMPANY,
        TRADER,
        contact_name="李想",
        declaration_port="2210",
        window_start="2026-10-03T10:00",
        reason="鲜活易腐 strawberries",
        is_import=True,
        goods=(GoodsItem("08101000", "草莓"),),
    )
    return replace(application, **changes)


def make_record(application: Application, status: Status = Status.DRAFT, **changes: Any) -> ApplicationRecord:
    return replace(ApplicationRecord(application, 1, status, PERSON, NOW), **changes)


def make_item(application_id: ApplicationId, step: Step = Step.DECLARE, **changes: Any) -> OutboxItem:
    item_id = ItemId(str(uuid.uuid4()))
    item = OutboxItem(item_id, application_id, step, PERSON, f"jws of {item_id}", (), ItemState.WAITING, NOW)
    return replace(item, **changes)


def make_receipt(application_id: ApplicationId, cursor: int = 1, **changes: Any) -> Receipt:
    receipt = Receipt(cursor, application_id, ReceiptKind.STATUS, Status.DECLARED, NOW, "已收到")
    return replace(receipt, **changes)


def accepted(application_id: ApplicationId, **changes: Any) -> Answer:
    return Answer(is_accepted=True, receipt=make_receipt(application_id, **changes))


def refused(application_id: ApplicationId, cursor: int = 1, code: str = "window_too_late") -> Answer:
    receipt = make_receipt(application_id, cursor, kind=ReceiptKind.REFUSAL, status=Status.DRAFT, code=code)
    return Answer(is_accepted=False, receipt=receipt)


def make_attachment(content: bytes, name: str = "合同.pdf") -> Attachment:
    return Attachment(name, hashlib.sha256(content).hexdigest(), len(content), (len(content),))


def make_mover(store: OpenStore | None = None, person: str = PERSON) -> Mover:
    """Somebody who moves a store, which may be open; of one that is not no export is noted."""

    def note_export(who: str) -> None:
        if store:
            store.writer.note_export(who).result(LIMIT_S)

    return Mover(lambda: person, lambda: NOW, note_export)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def code_of(future: Future[Any]) -> Code | None:
    """The code of the error that a call ends with, None where it ends well."""
    error = future.exception(LIMIT_S)
    assert error is None or isinstance(error, YuyueError)
    return error.code if error else None
