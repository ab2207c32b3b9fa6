"""Receipts in the order they were given, and each company's feed of them (S32); knows no rule."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_practice.models import ApplicationRow, ReceiptRow

PAGE = 200
"""At most so many receipts in one answer; the cursor says where to go on."""


def give_receipt(
    session: Session,
    application: ApplicationRow,
    kind: ReceiptKind,
    *,
    at: datetime,
    text: str,
    code: Code | None = None,
) -> Receipt:
    """Add a receipt about the application as it stands now."""
    row = ReceiptRow(
        application_id=application.id,
        kind=kind.value,
        status=application.status,
        at=at,
        text=text,
        code=code.value if code else "",
        pre_entry_number=application.pre_entry_number,
        application_number=application.application_number,
    )
    session.add(row)
    session.flush()
    return _receipt(row)


def receipts_of(session: Session, application_id: str) -> tuple[Receipt, ...]:
    """Receipts of an application, oldest first."""
    query = select(ReceiptRow).where(ReceiptRow.application_id == application_id).order_by(ReceiptRow.cursor)
    return tuple(_receipt(row) for row in session.scalars(query))


def is_in_books(session: Session, cursor: int, mark: str) -> bool:
    """Whether the receipt of a number is the one that a caller knows; not where the books are others than before."""
    row = session.get(ReceiptRow, cursor)
    return row is not None and _receipt(row).mark == mark


def receipts_after(
    session: Session, customs_code: str, cursor: int
) -> tuple[tuple[Receipt, ...], tuple[ApplicationRow, ...]]:
    """A company's next receipts after a cursor, ascending, and the applications they are about.

    A trader gets what was answered since the application was declared, but no refusal at the door: that is between
    customs and the declarant.
    """
    is_own = ApplicationRow.declarant == customs_code
    is_traders = and_(ApplicationRow.trader == customs_code, ReceiptRow.kind != ReceiptKind.REFUSAL.value)
    query = (
        select(ReceiptRow, ApplicationRow)
        .join(ApplicationRow, ApplicationRow.id == ReceiptRow.application_id)
        .where(ReceiptRow.cursor > cursor, ApplicationRow.is_deleted.is_(False), or_(is_own, is_traders))
        .order_by(ReceiptRow.cursor)
        .limit(PAGE)
    )
    found = session.execute(query).all()
    applications = {application.id: application for _, application in found}
    return tuple(_receipt(row) for row, _ in found), tuple(applications.values())


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        row.cursor,
        ApplicationId(row.application_id),
        ReceiptKind(row.kind),
        Status(row.status),
        row.at,
        row.text,
        row.code,
        row.pre_entry_number,
        row.application_number,
    )
