"""The receipts' table (S32): each answer of customs once, by the gateway's running number; moves no application.

A number says which receipt it is in the gateway's books as they are now. Where other books are found (a copy was
restored), all receipts get numbers below zero and have their own back as they come again (docs/decisions/021).
"""

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
    """Keep a receipt; answers whether it is new here. Another one under its number means other books."""
    known = _numbered(connection, receipt.cursor)
    if known is not None and known.mark == receipt.mark:
        return False
    if known is not None:
        begin_recount(connection)
    if receipt.cursor > 0 and _confirm(connection, receipt):
        return False
    connection.execute(
        "INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    return True


def newest(connection: apsw.Connection) -> Receipt | None:
    """The receipt of the highest number of the gateway's books."""
    found = _receipts(connection.execute(f"{_SELECT} WHERE r.cursor > 0 ORDER BY r.cursor DESC LIMIT 1"))
    return found[0] if found else None


def begin_recount(connection: apsw.Connection) -> None:
    """No number of the gateway's holds any more: fetch all anew.

    Drafts that were to be saved at the gateway are to be saved once more.
    """
    base = free_cursor(connection)
    connection.execute("INSERT INTO unconfirmed SELECT ? - cursor FROM receipts WHERE cursor > 0", (base,))
    connection.execute("UPDATE receipts SET cursor = ? - cursor WHERE cursor > 0", (base,))
    connection.execute("UPDATE receipt_cursor SET cursor = 0")
    connection.execute("UPDATE applications SET sent_revision = 0 WHERE status = 'draft' AND wanted_revision > 0")


def is_recounting(connection: apsw.Connection) -> bool:
    """Whether some have not come again yet."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM unconfirmed)").get)


def end_recount(connection: apsw.Connection) -> tuple[Receipt, ...]:
    """Every receipt has come that the gateway has; answers those that did not come again, oldest first."""
    rows = connection.execute(f"{_SELECT} JOIN unconfirmed AS u ON u.cursor = r.cursor ORDER BY r.at, r.cursor DESC")
    lacking = _receipts(rows)
    connection.execute("DELETE FROM unconfirmed")
    return lacking


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


def _numbered(connection: apsw.Connection, cursor: int) -> Receipt | None:
    found = _receipts(connection.execute(f"{_SELECT} WHERE r.cursor = ?", (cursor,)))
    return found[0] if found else None


def _confirm(connection: apsw.Connection, receipt: Receipt) -> bool:
    """Give a receipt its number back that had to leave it; answers whether there is such a one."""
    rows = connection.execute(f"{_SELECT} WHERE r.application_id = ? AND r.cursor < 0", (receipt.application_id,))
    left = next((each.cursor for each in _receipts(rows) if each.mark == receipt.mark), None)
    if left is None:
        return False
    connection.execute("UPDATE receipts SET cursor = ? WHERE cursor = ?", (receipt.cursor, left))
    connection.execute("DELETE FROM unconfirmed WHERE cursor = ?", (left,))
    return True


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
