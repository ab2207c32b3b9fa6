"""How applications and receipts are answered (B11): plain JSON of what the store has; asks nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yuyue_desktop.domain.application import Application, ApplicationRecord
from yuyue_desktop.domain.deadline import WINDOW_LENGTH
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.services.tracking import TrackedApplication


def as_state(record: ApplicationRecord) -> dict[str, Any]:
    """Who an application is and where it stands."""
    return {
        "uuid": record.id,
        "pre_entry_number": record.pre_entry_number,
        "application_number": record.application_number,
        "status": record.status.value,
        "status_word": record.status.word,
    }


def as_row(row: TrackedApplication) -> dict[str, Any]:
    """An application as the query lists it (S33); `outbox` is where its submission is, null without one."""
    record = row.record
    start = record.application.window_moment()
    return {
        **as_state(record),
        "declarant": record.application.declarant,
        "declarant_name": record.declarant_name,
        "trader": record.application.trader,
        "trader_name": record.trader_name,
        "applied_at": _moment(record.declared_at or record.saved_at),
        "window_start": record.application.window_start,
        "window_end": None if start is None else _minute(start + WINDOW_LENGTH),
        "feedback_due": None if row.feedback_due is None else _minute(row.feedback_due),
        "outbox": row.items[0].state.value if row.items else None,
    }


def as_application(application: Application) -> dict[str, Any]:
    """The content in the names of an application file; of attachments the names."""
    names = ("trader", "contact_name", "contact_mobile", "declaration_port", "entry_exit_port", "transport_mode")
    return {
        **{name: getattr(application, name) for name in (*names, "window_start", "reason")},
        "import": application.is_import,
        "export": application.is_export,
        "goods": [{"hs_code": item.hs_code, "name": item.name} for item in application.goods],
        "attachments": [attachment.name for attachment in application.attachments],
    }


def as_receipt(receipt: Receipt) -> dict[str, Any]:
    """One answer of customs (S32)."""
    return {
        "cursor": receipt.cursor,
        "uuid": receipt.application_id,
        "kind": receipt.kind.value,
        "status": receipt.status.value,
        "status_word": receipt.word,
        "at": _moment(receipt.at),
        "text": receipt.text,
        "code": receipt.code,
        "pre_entry_number": receipt.pre_entry_number,
        "application_number": receipt.application_number,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
