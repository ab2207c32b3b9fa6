"""A submission's way through the outbox and what each end of it does to the application (S22, S29-S31).

Belongs inside a transaction.
"""

from __future__ import annotations

from datetime import datetime

import apsw

from yuyue_desktop.domain.application import NEXT_STATUS, Step
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.life_rules import require_step
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.store import attachments, drafts, journal, merging, outbox, receipts


def enqueue(connection: apsw.Connection, item: OutboxItem, revision: int) -> None:
    """Put a finished submission in and so lock its application.

    Raises:
        YuyueError: APPLICATION_UNKNOWN, REVISION_STALE, LOCKED_BY_OUTBOX, STEP_NOT_ALLOWED, ATTACHMENTS_MISSING.
    """
    known = drafts.standing(connection, item.application_id)
    if known is None or known.is_deleted:
        raise user_error(Code.APPLICATION_UNKNOWN)
    if outbox.is_locked(connection, item.application_id):
        raise user_error(Code.LOCKED_BY_OUTBOX)
    if known.revision != revision:
        raise user_error(Code.REVISION_STALE)
    require_step(known.status, item.step)
    missing = attachments.lacks(connection, item.attachments)
    if missing is not None:
        raise YuyueError(Code.ATTACHMENTS_MISSING, {"sha256": missing})
    outbox.insert(connection, item)
    _note(connection, item, Deed.ENQUEUED, item.created_at)


def withdraw(connection: apsw.Connection, item_id: ItemId, at: datetime) -> OutboxItem:
    """撤回; answers the item as it was. Raises YuyueError(STEP_NOT_ALLOWED) where it can't be withdrawn (any more)."""
    item = outbox.find(connection, item_id)
    if item is None or not item.can_withdraw:
        raise user_error(Code.STEP_NOT_ALLOWED, status=item.state.word if item else "")
    outbox.end(connection, item_id, ItemState.WITHDRAWN)
    _note(connection, item, Deed.WITHDRAWN, at)
    return item


def claim(connection: apsw.Connection, item_id: ItemId, at: datetime) -> OutboxItem:
    """Begin an attempt. Raises YuyueError(STEP_NOT_ALLOWED) where the item has ended."""
    item = outbox.claim(connection, item_id)
    _note(connection, item, Deed.SENT, at)
    return item


def finish(connection: apsw.Connection, item_id: ItemId, answer: Answer) -> bool:
    """The gateway's answer ends the item; answers whether its receipt is new here. A repeat changes nothing."""
    receipt = answer.receipt
    is_new = receipts.keep(connection, receipt)
    item = outbox.find(connection, item_id)
    if item is None or not item.state.is_open:
        return is_new
    if answer.is_accepted:
        outbox.end(connection, item_id, ItemState.DONE)
        _note(connection, item, Deed.ACCEPTED, receipt.at)
        _take_step(connection, item, receipt)
    else:
        outbox.end(connection, item_id, ItemState.REFUSED, receipt.code)
        _note(connection, item, Deed.REFUSED, receipt.at)
    return is_new


def refuse(connection: apsw.Connection, item_id: ItemId, code: str, text: str, at: datetime) -> Receipt | None:
    """Turned away without a receipt: one is made here; answers it, None for a repeat."""
    item = outbox.find(connection, item_id)
    known = drafts.standing(connection, item.application_id) if item else None
    if item is None or known is None or not item.state.is_open:
        return None
    outbox.end(connection, item_id, ItemState.REFUSED, code)
    cursor = receipts.free_cursor(connection)
    receipt = Receipt(cursor, item.application_id, ReceiptKind.REFUSAL, known.status, at, text, code)
    receipts.keep(connection, receipt)
    _note(connection, item, Deed.REFUSED, at)
    return receipt


def _take_step(connection: apsw.Connection, item: OutboxItem, receipt: Receipt) -> None:
    """Receipts may have been quicker than the answer: then the step no longer leads on from where customs is."""
    known = drafts.standing(connection, item.application_id)
    if known is not None:
        merging.move_on(connection, receipt, NEXT_STATUS.get((known.status, item.step), known.status))
    if item.step is Step.EXPLAIN:
        connection.execute("UPDATE applications SET is_explained = 1 WHERE id = ?", (item.application_id,))


def _note(connection: apsw.Connection, item: OutboxItem, deed: Deed, at: datetime) -> None:
    journal.note(connection, deed, item.application_id, at=at, person=item.owner, detail=item.step.value)
