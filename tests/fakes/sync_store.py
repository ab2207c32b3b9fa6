"""The sync threads' side of the store, in memory; outlives engines as a file outlives a crash."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import SaveFailed
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports import Publish, ReceiptPage
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.submission import Answer


@dataclass(frozen=True)
class Deletion:
    """A draft that the gateway may still have; `drafts_before` waited to be saved when it was deleted."""

    owner: str
    drafts_before: frozenset[ApplicationId]


@dataclass
class FakeSyncStore:
    """Implements `domain.ports.SyncStore`."""

    items: dict[ItemId, OutboxItem] = field(default_factory=dict)
    drafts: dict[ApplicationId, ApplicationRecord] = field(default_factory=dict)
    saved_drafts: dict[ApplicationId, ApplicationRecord] = field(default_factory=dict)
    deletions: dict[ApplicationId, Deletion] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    kept: dict[int, Receipt] = field(default_factory=dict)
    refusals: dict[ItemId | ApplicationId, str] = field(default_factory=dict)
    unconfirmed: list[Receipt] = field(default_factory=list)
    forgotten: list[Receipt] = field(default_factory=list)
    last_cursor: int = 0
    is_another_sending: bool = False
    publish: Publish = lambda _event: None
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def connection(self) -> Iterator[FakeSyncStore]:
        """What a thread opens for itself."""
        yield self

    def begin_sending(self) -> bool:
        """Begin a turn."""
        if self.is_another_sending:
            return False
        for item in self.items.values():
            if item.state is ItemState.SENDING:
                self._put(replace(item, state=ItemState.UNKNOWN, next_try_at=None))
        return True

    def end_sending(self) -> None:
        """End the turn."""

    def due_item(self, owner: str, now: datetime) -> OutboxItem | None:
        """The owner's item that is due."""
        due = [item for item in self._heads() if item.owner == owner and _due_at(item) <= now]
        return min(due, key=lambda item: (item.attempts, _due_at(item)), default=None)

    def next_due(self, owner: str) -> datetime | None:
        """When the next item of the owner is due."""
        return min((_due_at(item) for item in self._heads() if item.owner == owner), default=None)

    def claim(self, item_id: ItemId) -> OutboxItem:
        """Mark SENDING, attempts + 1."""
        item = self.items[item_id]
        if not item.state.is_open:
            raise user_error(Code.STEP_NOT_ALLOWED)
        return self._put(replace(item, state=ItemState.SENDING, attempts=item.attempts + 1, next_try_at=None))

    def postpone(self, item_id: ItemId, state: ItemState, until: datetime, error: str) -> None:
        """An attempt ended without an answer."""
        self._put(replace(self.items[item_id], state=state, next_try_at=until, last_error=error))

    def finish(self, item_id: ItemId, answer: Answer) -> None:
        """An answer arrived."""
        state = ItemState.DONE if answer.is_accepted else ItemState.REFUSED
        self.kept[answer.receipt.cursor] = answer.receipt
        self._put(replace(self.items[item_id], state=state))

    def refuse(self, item_id: ItemId, code: str, text: str, at: datetime) -> None:
        """Turned away without a receipt."""
        self.refusals[item_id] = f"{at} {text}"
        self._put(replace(self.items[item_id], state=ItemState.REFUSED, last_error=code))

    def take_receipts(self, page: ReceiptPage) -> int:
        """Keep receipts and cursor; what a recount did not bring again is `forgotten`."""
        with self.changed:
            if page.is_anew:
                self.unconfirmed += self.kept.values()
                self.kept, self.last_cursor = {}, 0
            known = [receipt for receipt in page.receipts if receipt in self.unconfirmed]
            self.kept |= {receipt.cursor: receipt for receipt in known}
            self.unconfirmed = [receipt for receipt in self.unconfirmed if receipt not in known]
            fresh = {receipt.cursor: receipt for receipt in page.receipts if receipt.cursor not in self.kept}
            self.kept |= fresh
            self.last_cursor = max(self.last_cursor, page.cursor)
            if not page.receipts:
                self.forgotten += self.unconfirmed
                self.unconfirmed = []
            self.changed.notify_all()
        return len(fresh)

    def newest_receipt(self) -> Receipt | None:
        """The kept receipt of the highest number."""
        return self.kept[max(self.kept)] if self.kept else None

    def is_recounting(self) -> bool:
        """Whether some have not come again yet."""
        return bool(self.unconfirmed)

    def cursor(self) -> int:
        """The cursor of the last page taken."""
        return self.last_cursor

    def attachment(self, sha256: str) -> bytes | None:
        """A stored file."""
        return self.files.get(sha256)

    def unsent_draft(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationRecord | None:
        """A draft of the owner to be sent."""
        waiting = (d for d in self.drafts.values() if d.person == owner and d.id not in passed_over)
        return next(waiting, None)

    def draft_sent(self, record: ApplicationRecord) -> None:
        """The gateway has this revision."""
        with self.changed:
            self.saved_drafts[record.id] = record
            if record.id in self.drafts and self.drafts[record.id].revision <= record.revision:
                del self.drafts[record.id]
            self.changed.notify_all()

    def draft_refused(self, application_id: ApplicationId, error: YuyueError) -> None:
        """The gateway does not take it as it is."""
        self.publish(SaveFailed(application_id, error))

    def unsent_deletion(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationId | None:
        """A draft that the owner deleted, unless a save goes first."""
        waiting = [d for d in self.deletions if self.deletions[d].owner == owner and d not in passed_over]
        saves = {d.id for d in self.drafts.values() if d.person == owner} - set(passed_over)
        return next((d for d in waiting if not self.deletions[d].drafts_before & saves), None)

    def deletion_sent(self, application_id: ApplicationId) -> None:
        """It is gone at the gateway."""
        with self.changed:
            self.deletions.pop(application_id, None)
            self.changed.notify_all()

    def deletion_refused(self, application_id: ApplicationId, code: str, text: str, at: datetime) -> None:
        """The gateway keeps it."""
        with self.changed:
            if self.deletions.pop(application_id, None):
                self.refusals[application_id] = f"{at} {code} {text}"
            self.changed.notify_all()

    def delete(self, application_id: ApplicationId, owner: str) -> None:
        """What `delete_draft` does with a draft that may be at the gateway."""
        with self.changed:
            self.drafts.pop(application_id, None)
            self.deletions[application_id] = Deletion(owner, frozenset(self.drafts))
            self.changed.notify_all()

    def add(self, item: OutboxItem) -> None:
        """What `enqueue` does."""
        self._put(item)

    def _put(self, item: OutboxItem) -> OutboxItem:
        with self.changed:
            self.items[item.id] = item
            self.changed.notify_all()
        return item

    def _heads(self) -> list[OutboxItem]:
        """The oldest open item of each application, without those that are too late.

        Oldest by the order of enqueuing: the clock may have gone back between two.
        """
        oldest: dict[ApplicationId, OutboxItem] = {}
        for item in list(self.items.values()):
            if item.state.is_open:
                oldest.setdefault(item.application_id, item)
        return [item for item in oldest.values() if item.state is not ItemState.TOO_LATE]


def _due_at(item: OutboxItem) -> datetime:
    return item.next_try_at or item.created_at
