"""The receipts' table (S32): each answer of customs once, by the gateway's running number; moves no application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import apsw

from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.store.content import moment_text, plain

_SELECT = """SELECT r.cursor, r.application_id, r.kind, r.status, r.at, r.text, r.code, r.pre_entry_number,
             r.application_number FROM receipts AS r"""


def keep(connection: apsw.Connection, receipt: Receipt) -> bool:
    """Keep a receipt; answers whether it is new here."""
    connection.execute(
        "INSERT OR IGNORE INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            receipt.cursor,
            receipt.application_id,
            receipt.kind.value,
            receipt.status.value,
            moment_text(receipt.at),
            plain(receipt.text),
            receipt.code,
            receipt.pre_entry_number,
            receipt.application_number,
        ),
    )
    return connection.changes() > 0


def free_cursor(connection: apsw.Connection) -> int:
    """A cursor for a refusal that has none of the gateway's: below zero, where the gateway never goes."""
    return int(connection.execute("SELECT min(0, coalesce(min(cursor), 0)) - 1 FROM receipts").get)


def of_application(connection: apsw.Connection, application_id: ApplicationId) -> tuple[Receipt, ...]:
    """Receipts of an application, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE r.application_id = ? ORDER BY r.at, r.cursor", (application_id,))
    return _receipts(rows)


def after(connection: apsw.Connection, cursor: int | None) -> tuple[Receipt, ...]:
    """Receipts after a cursor, ascending; None: every one."""
    return _receipts(connection.execute(f"{_SELECT} WHERE ?1 IS NULL OR r.cursor > ?1 ORDER BY r.cursor", (cursor,)))


def since(connection: apsw.Connection, company: str, moment: datetime) -> tuple[Receipt, ...]:
    """Receipts of the applications a company declared or is trader of, newest first."""
    rows = connection.execute(
        f"""{_SELECT} JOIN applications AS a ON a.id = r.application_id
            WHERE r.at >= ? AND (a.declarant = ? OR a.trader = ?) ORDER BY r.at DESC, r.cursor DESC""",
        (moment_text(moment), company, company),
    )
    return _receipts(rows)


def cursor(connection: apsw.Connection) -> int:
    """The cursor of the last page taken."""
    return int(connection.execute("SELECT cursor FROM receipt_cursor").get)


def advance(connection: apsw.Connection, cursor: int) -> None:
    """Go on from here next time; never back."""
    connection.execute("UPDATE receipt_cursor SET cursor = max(cursor, ?)", (cursor,))


def _receipts(rows: Iterable[tuple[Any, ...]]) -> tuple[Receipt, ...]:
    return tuple(
        Receipt(
            number,
            ApplicationId(application_id),
            ReceiptKind(kind),
            Status(status),
            datetime.fromisoformat(at),
            text,
            code,
            pre_entry_number,
            application_number,
        )
        for number, application_id, kind, status, at, text, code, pre_entry_number, application_number in rows
    )
