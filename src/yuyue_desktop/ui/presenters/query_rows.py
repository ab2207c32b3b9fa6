"""Rows of the query list and of its receipts (S33); plain functions of records and the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from yuyue_desktop.domain.application import ApplicationRecord, Status
from yuyue_desktop.domain.deadline import window_end
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.services.tracking import QueryAnswer, TrackedApplication
from yuyue_desktop.ui.pages.contents import ReceiptsContent
from yuyue_desktop.ui.presenters.start_content import FEEDBACK_LATE
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.time_words import moment_words, span_words, stamp, urgency, window_words

_NEXT = {
    Status.DRAFT: "继续填写",
    Status.DECLARED: "等待受理",
    Status.ACCEPTED: "等待审批",
    Status.CLEARED: "已办结",
    Status.RETURNED: "可复制为新草稿",
    Status.CANCELLED: "",
    Status.FEEDBACK_OVERDUE: "发送情况说明",
}
"""What comes next; an approved application says how long its feedback has left instead."""


def origin(answer: QueryAnswer, now: datetime) -> str:
    """Where the rows come from: empty from the gateway, else how old the store's are (S33)."""
    if not answer.is_offline:
        return ""
    return f"离线 · 本机 {moment_words(answer.at, now)} 的数据" if answer.at else "离线 · 本机的数据"


def query_row(tracked: TrackedApplication, now: datetime) -> Row:
    """One application of the list."""
    record = tracked.record
    cells = {
        "number": Cell(record.pre_entry_number or "未取得编号"),
        "declarant": Cell(record.declarant_name or record.application.declarant),
        "trader": Cell(record.trader_name or record.application.trader),
        "applied": _applied(record),
        "window": _window(record),
        "status": _status(tracked),
        "next": _next(tracked, now),
    }
    return Row(record.id, cells, can_tick=record.status is Status.DRAFT and not tracked.items)


def receipts_content(record: ApplicationRecord | None, receipts: tuple[Receipt, ...]) -> ReceiptsContent:
    """Receipts of an application as they are here, newest first, with their serial numbers."""
    number = record.pre_entry_number if record else ""
    heading = " · ".join(part for part in (number, f"{len(receipts)} 条") if part)
    rows = tuple(_receipt_row(serial, receipt) for serial, receipt in enumerate(receipts, 1))
    return ReceiptsContent(heading, rows[::-1])


def _applied(record: ApplicationRecord) -> Cell:
    applied = record.declared_at or record.saved_at
    return Cell(stamp(applied), sort_by=applied)


def _window(record: ApplicationRecord) -> Cell:
    start = record.application.window_moment()
    return Cell(window_words(start, window_end(start)), sort_by=start) if start else Cell()


def _status(tracked: TrackedApplication) -> Cell:
    word = tracked.record.status.word
    if not tracked.items:
        return Cell(word)
    return Cell(f"{word}·{tracked.items[0].state.word}")


def _next(tracked: TrackedApplication, now: datetime) -> Cell:
    due = tracked.feedback_due
    if due is None:
        return Cell(_NEXT.get(tracked.record.status, ""))
    left = due - now
    if left < timedelta():
        return Cell("反馈已逾期", urgency(left), due)
    return Cell(f"反馈 剩 {span_words(left)}", urgency(left, FEEDBACK_LATE), due)


def _receipt_row(serial: int, receipt: Receipt) -> Row:
    cells = {
        "serial": Cell(str(serial)),
        "time": Cell(f"{receipt.at:%Y-%m-%d %H:%M:%S}"),
        "status": Cell(receipt.word),
        "text": Cell(receipt.text),
        "number": Cell(receipt.application_number),
    }
    return Row(str(receipt.cursor), cells)
