"""Sync over fakes with one settable clock: the office's, which client and store go by."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta

from tests.fakes.gateway import ADDRESS, FakeGateway, FakeOffice
from tests.fakes.sync_store import FakeSyncStore
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Attachment, Status, Step
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.sync.engine import SyncEngine
from yuyue_desktop.sync.link import Link
from yuyue_desktop.sync.listener import ReceiptListener

OWNER, COLLEAGUE = "yunling", "yunling2"


class OfficeTime:
    """Implements `domain.ports.Clock`: the office's own time."""

    is_known = True

    def __init__(self, office: FakeOffice) -> None:
        self._office = office

    def now(self) -> datetime:
        """The office's time."""
        return self._office.now


def new_office() -> FakeOffice:
    """An office that knows one account."""
    company = Company("1101919107", "", "", "云岭", Grade.SENIOR)
    session = Session(Way.ACCOUNT, OWNER, "李想", company, "8600000000001", datetime(2026, 9, 28))
    return FakeOffice(accounts={OWNER: ("pass", session)})


class SyncRig:
    """One machine; `restart` is what a crash and a new start are."""

    def __init__(self) -> None:
        self.office = new_office()
        self.clock = OfficeTime(self.office)
        self.store = FakeSyncStore()
        self.events: list[Event] = []
        self.store.publish = self.events.append
        self.restart()

    def restart(self, owner: str = OWNER) -> None:
        """New engine, listener and clients over the same store."""
        self.link = Link(self.clock, self.events.append, lambda: 0.5)
        self.gateway, self.listening = FakeGateway(self.office), FakeGateway(self.office)
        for gateway in (self.gateway, self.listening):
            gateway.sign_in_with_password(OWNER, "pass")
            gateway.calls.clear()
        self.engine = SyncEngine(
            store=self.store,
            gateway=self.gateway,
            clock=self.clock,
            link=self.link,
            jitter=lambda: 0.5,
        )
        self.engine.owner = owner
        self.listener = ReceiptListener(store=self.store, gateway=self.listening, link=self.link, jitter=lambda: 0.5)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.office.now += timedelta(seconds=seconds)

    def enqueue(
        self,
        application: str = "a",
        step: Step = Step.DECLARE,
        *,
        owner: str = OWNER,
        latest: datetime | None = None,
        files: tuple[bytes, ...] = (),
    ) -> ItemId:
        """Put a signed submission into the outbox."""
        self.office.now += timedelta(microseconds=1)
        item_id, application_id = ItemId(str(uuid.uuid4())), ApplicationId(application)
        attachments = tuple(Attachment("x.pdf", hashlib.sha256(f).hexdigest(), len(f), (len(f),)) for f in files)
        self.store.files |= {a.sha256: f for a, f in zip(attachments, files, strict=True)}
        content = Application(application_id, "1101919107", attachments=attachments)
        now = self.office.now
        made = Submission(
            item_id, ADDRESS, step, application_id, 1, now, "1101919107", content, attachments=attachments
        )
        digests = tuple(a.sha256 for a in attachments)
        jws = self.office.sign(made)
        self.store.add(
            OutboxItem(item_id, application_id, step, owner, jws, digests, ItemState.WAITING, now, latest=latest)
        )
        return item_id

    def add_draft(self, application: str = "d", revision: int = 1, reason: str = "") -> ApplicationId:
        """Ask for a draft to be saved at the gateway."""
        application_id = ApplicationId(application)
        content = Application(application_id, "1101919107", reason=reason)
        record = ApplicationRecord(content, revision, Status.DRAFT, OWNER, self.office.now)
        self.store.drafts[application_id] = record
        return application_id

    def delete_draft(self, application_id: ApplicationId) -> None:
        """Delete a draft that the gateway may have."""
        self.store.delete(application_id, OWNER)

    def state(self, item_id: ItemId) -> ItemState:
        """The item's state in the store."""
        return self.store.items[item_id].state

    def settle(self) -> None:
        """Tick without faults, letting the asked time pass, until nothing is due."""
        for _ in range(2000):
            until = self.engine.tick()
            if until > self.office.now:
                if not self._has_work():
                    return
                self.office.now = until
        raise AssertionError("the engine never comes to rest")

    def _has_work(self) -> bool:
        waits = self.store.next_due(self.engine.owner) is not None
        owner = self.engine.owner
        is_draft_waiting = self.store.unsent_draft(owner) is not None or self.store.unsent_deletion(owner) is not None
        return waits or is_draft_waiting
