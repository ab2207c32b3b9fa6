"""The outbox table: an item's states, the lock it is to its application, and which is due; sends nothing.

Calls that change belong inside a transaction.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import apsw

from yuyue_desktop.domain.application import ApplicationId, Step
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.store.content import moment_text, optional_moment, optional_moment_text, plain

_SELECT = """SELECT id, application_id, step, owner, jws, attachments, state, created_at, attempts, next_try_at, latest,
             last_error FROM outbox"""
# What sending takes: one sender at a time asks (seat.py), so that an item found SENDING was left so by a crash.
_WANTED = "is_open AND owner = ? AND state <> 'too_late'"
_DUE = "iif(state = 'sending', created_at, coalesce(next_try_at, created_at))"


def is_locked(connection: apsw.Connection, application_id: ApplicationId) -> bool:
    """Whether an open item holds the application."""
    sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE is_open AND application_id = ?)"
    return bool(connection.execute(sql, (application_id,)).get)


def insert(connection: apsw.Connection, item: OutboxItem) -> None:
    """A new item; a second open one of its application is refused by the schema."""
    connection.execute(
        "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item.id,
            item.application_id,
            item.step.value,
            plain(item.owner),
            item.jws,
            json.dumps(item.attachments),
            item.state.value,
            item.state.is_open,
            moment_text(item.created_at),
            item.attempts,
            optional_moment_text(item.next_try_at),
            optional_moment_text(item.latest),
            item.last_error,
        ),
    )


def find(connection: apsw.Connection, item_id: ItemId) -> OutboxItem | None:
    """One item."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (item_id,)).fetchone()
    return _item(row) if row else None


def open_items(connection: apsw.Connection, application_id: ApplicationId | None) -> tuple[OutboxItem, ...]:
    """Items that are not ended, oldest first; of one application or of all."""
    sql = f"{_SELECT} WHERE is_open AND (?1 IS NULL OR application_id = ?1) ORDER BY created_at, rowid"
    return tuple(_item(row) for row in connection.execute(sql, (application_id,)))


def due(connection: apsw.Connection, owner: str, now: datetime) -> OutboxItem | None:
    """The owner's item to send now: of several the one tried least, then the one due first."""
    sql = f"{_SELECT} WHERE {_WANTED} AND {_DUE} <= ? ORDER BY attempts, {_DUE}, rowid LIMIT 1"
    row = connection.execute(sql, (plain(owner), moment_text(now))).fetchone()
    return _item(row) if row else None


def next_due(connection: apsw.Connection, owner: str) -> datetime | None:
    """When the owner's next item is due."""
    sql = f"SELECT min({_DUE}) FROM outbox WHERE {_WANTED}"  # noqa: S608 - made of this module's own texts
    return optional_moment(connection.execute(sql, (plain(owner),)).get)


def claim(connection: apsw.Connection, item_id: ItemId) -> OutboxItem:
    """Begin an attempt. Raises YuyueError(STEP_NOT_ALLOWED) where the item has ended."""
    item = find(connection, item_id)
    if item is None or not item.state.is_open:
        raise user_error(Code.STEP_NOT_ALLOWED, status=item.state.word if item else "")
    connection.execute(
        "UPDATE outbox SET state = ?, attempts = attempts + 1, next_try_at = NULL WHERE id = ?",
        (ItemState.SENDING.value, item_id),
    )
    claimed = find(connection, item_id)
    if claimed is None:
        raise LookupError(item_id)
    return claimed


def postpone(connection: apsw.Connection, item_id: ItemId, state: ItemState, until: datetime, error: str) -> None:
    """An attempt ended without an answer; nothing where the item has ended."""
    connection.execute(
        "UPDATE outbox SET state = ?, next_try_at = ?, last_error = ? WHERE id = ? AND is_open",
        (state.value, moment_text(until), plain(error), item_id),
    )


def end(connection: apsw.Connection, item_id: ItemId, state: ItemState, error: str = "") -> None:
    """An item's end, which unlocks its application."""
    connection.execute(
        "UPDATE outbox SET state = ?, is_open = 0, next_try_at = NULL, last_error = ? WHERE id = ?",
        (state.value, plain(error), item_id),
    )


def recover(connection: apsw.Connection) -> None:
    """After a crash nobody knows whether what was being sent arrived: the gateway is asked before any resend."""
    connection.execute(
        "UPDATE outbox SET state = ?, next_try_at = NULL WHERE state = ?",
        (ItemState.UNKNOWN.value, ItemState.SENDING.value),
    )


def _item(row: tuple[Any, ...]) -> OutboxItem:
    item_id, application_id, step, owner, jws, attachments, state, created_at, attempts, next_try_at, latest, error = (
        row
    )
    return OutboxItem(
        ItemId(item_id),
        ApplicationId(application_id),
        Step(step),
        owner,
        jws,
        tuple(json.loads(attachments)),
        ItemState(state),
        datetime.fromisoformat(created_at),
        attempts,
        optional_moment(next_try_at),
        optional_moment(latest),
        error,
    )
