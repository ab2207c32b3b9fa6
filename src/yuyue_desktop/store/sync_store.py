"""The port of a sync thread: each call one transaction on a connection of its own; knows no network."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import apsw

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import ApplicationChanged, Event, OutboxChanged, ReceiptArrived, SaveFailed
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports import Clock, Publish, ReceiptPage
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.store import attachments, deletions, drafts, merging, outbox, receipts, records, submitting
from yuyue_desktop.store.commits import Commits
from yuyue_desktop.store.connection import open_for_writing, translated
from yuyue_desktop.store.seat import SenderSeat

Result = TypeVar("Result")


class SyncConnection:
    """Implements SyncStore, for one thread; the store thread has opened the store."""

    def __init__(self, file: Path, key: bytes, *, publish: Publish, clock: Clock, program: str = "") -> None:
        """`program` tells this one from others on the store. Raises YuyueError as `connection.open_for_writing`."""
        self._clock = clock
        self._connection = open_for_writing(file, key)
        self._commits = Commits(self._connection, publish, program)
        self._seat = SenderSeat(file.parent, program)

    def close(self) -> None:
        """Close the connection."""
        self._commits.close()

    def begin_sending(self) -> bool:
        """Whether no other program of the profile sends now: then none does until `end_sending`."""
        return self._seat.take(self._connection)

    def end_sending(self) -> None:
        """Let another program send."""
        self._seat.leave(self._connection)

    def due_item(self, owner: str, now: datetime) -> OutboxItem | None:
        """The owner's item that is due, the one tried least first."""
        return self._read(lambda c: outbox.due(c, owner, now))

    def next_due(self, owner: str) -> datetime | None:
        """When the next item of the owner is due."""
        return self._read(lambda c: outbox.next_due(c, owner))

    def claim(self, item_id: ItemId) -> OutboxItem:
        """Mark SENDING, attempts + 1, before the socket opens. Raises STEP_NOT_ALLOWED once it was withdrawn."""
        return self._commits.run(lambda c: submitting.claim(c, item_id, self._clock.now()), _outbox_moved)

    def postpone(self, item_id: ItemId, state: ItemState, until: datetime, error: str) -> None:
        """An attempt ended without an answer."""

        def work(connection: apsw.Connection) -> OutboxItem | None:
            outbox.postpone(connection, item_id, state, until, error)
            return outbox.find(connection, item_id)

        self._commits.run(work, lambda item: _outbox_moved(item) if item else [])

    def finish(self, item_id: ItemId, answer: Answer) -> None:
        """An answer arrived: item ended, receipt kept, application moved on in one transaction; repeats are no-ops."""
        self._commits.run(
            lambda c: submitting.finish(c, item_id, answer), lambda is_new: _answered(answer.receipt, is_new=is_new)
        )

    def refuse(self, item_id: ItemId, code: str, text: str, at: datetime) -> None:
        """The gateway turned the submission away for good without a receipt of its own."""

        self._commits.run(
            lambda c: submitting.refuse(c, item_id, code, text, at),
            lambda receipt: _answered(receipt, is_new=True) if receipt else [],
        )

    def take_receipts(self, page: ReceiptPage) -> int:
        """Keep receipts, new statuses and cursor in one transaction; answers how many were new.

        The empty page at the end of a recount ends it with a remark at each application that the gateway lacks.
        """

        def work(connection: apsw.Connection) -> tuple[list[Receipt], list[ApplicationId]]:
            if page.is_anew:
                receipts.begin_recount(connection)
            new = [receipt for receipt in page.receipts if receipts.keep(connection, receipt)]
            for receipt in new:
                merging.apply(connection, receipt)
            now = self._clock.now()
            merged = [record.id for record in page.records if merging.merge(connection, record, now)]
            receipts.advance(connection, page.cursor)
            if not page.receipts and page.cursor == receipts.cursor(connection):
                new += merging.end_recount(connection, now)
            return new, merged

        def tell(taken: tuple[list[Receipt], list[ApplicationId]]) -> Iterable[Event]:
            new, merged = taken
            changed = dict.fromkeys([*(receipt.application_id for receipt in new), *merged])
            return [*(ApplicationChanged(application_id) for application_id in changed), *_arrived(new)]

        return len(self._commits.run(work, tell)[0])

    def newest_receipt(self) -> Receipt | None:
        """The receipt of the highest number in the gateway's books as they are known here."""
        return self._read(receipts.newest)

    def is_recounting(self) -> bool:
        """Whether receipts are fetched anew and what is missing is not known yet."""
        return self._read(receipts.is_recounting)

    def cursor(self) -> int:
        """The cursor of the last receipt taken, 0 at first."""
        return self._read(receipts.cursor)

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of a stored attachment."""
        return self._read(lambda c: attachments.find(c, sha256))

    def unsent_draft(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationRecord | None:
        """A draft of the owner that the clerk asked to save at the gateway, which lacks its newest revision."""
        return self._read(lambda c: records.unsent_draft(c, owner, tuple(passed_over)))

    def draft_sent(self, record: ApplicationRecord) -> None:
        """The gateway has this revision of a draft and gave it its pre-entry number."""
        self._commits.run(lambda c: drafts.note_sent(c, record), lambda _: [ApplicationChanged(record.id)])

    def draft_refused(self, application_id: ApplicationId, error: YuyueError) -> None:
        """The gateway does not take a draft as it is: whoever waits for it in any program is told."""
        self._commits.run(lambda _: None, lambda _: [SaveFailed(application_id, error)])

    def unsent_deletion(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationId | None:
        """A draft that the owner deleted here and that customs may still have; saves asked for earlier go first."""
        return self._read(lambda c: deletions.unsent(c, owner, tuple(passed_over)))

    def deletion_sent(self, application_id: ApplicationId) -> None:
        """It is gone at customs; a repeat is a no-op."""
        self._commits.run(
            lambda c: deletions.sent(c, application_id, self._clock.now()),
            lambda is_new: [ApplicationChanged(application_id)] if is_new else [],
        )

    def deletion_refused(self, application_id: ApplicationId, code: str, text: str, at: datetime) -> None:
        """Customs keeps the draft: it stands here again, the refusal is kept as a receipt; a repeat is a no-op."""
        self._commits.run(
            lambda c: deletions.refuse(c, application_id, code, text, at),
            lambda receipt: [ApplicationChanged(application_id), *_arrived([receipt])] if receipt else [],
        )

    def _read(self, work: Callable[[apsw.Connection], Result]) -> Result:
        with translated():
            return work(self._connection)


def _outbox_moved(item: OutboxItem) -> Iterable[Event]:
    return [OutboxChanged(item.application_id), ApplicationChanged(item.application_id)]


def _answered(receipt: Receipt, *, is_new: bool) -> Iterable[Event]:
    yield OutboxChanged(receipt.application_id)
    yield ApplicationChanged(receipt.application_id)
    yield from _arrived([receipt] if is_new else [])


def _arrived(new: Iterable[Receipt]) -> Iterable[Event]:
    return [ReceiptArrived(receipt.application_id, receipt.cursor) for receipt in new]
