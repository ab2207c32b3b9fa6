"""What the start page shows: feedback that is due, drafts by their latest moment, today's receipts; knows no widget."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from yuyue_desktop.domain.application import ApplicationRecord, Status
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.services.tracking import TrackedApplication
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.pages.contents import StartContent, Task, TimeLeft
from yuyue_desktop.ui.presenters.outbox_content import outbox_summary, subject
from yuyue_desktop.ui.tables.rows import Cell, Row, Urgency
from yuyue_desktop.ui.time_words import LONG_WEEKDAYS, NO_END, left_words, moment_words, short_day, urgency

FEEDBACK_LATE = timedelta(hours=8)
"""A feedback is red from here on: forgetting it blocks two companies (look.md, principle 5)."""
MOST_TASKS = 8


def start_content(workplace: Workplace, now: datetime, unread: Collection[int] = ()) -> StartContent:
    """The start page at a moment; `unread`: cursors of receipts that nobody has looked at."""
    receipts = workplace.tracking.receipts_today()
    feedback = _feedback(workplace.tracking.awaiting_feedback(), now)
    drafts = _drafts(workplace, now)
    return StartContent(
        day=f"{short_day(now.date())} {LONG_WEEKDAYS[now.weekday()]}",
        advice=_advice((*feedback, *drafts)),
        feedback=feedback,
        drafts=drafts,
        receipts=tuple(_receipt_row(receipt, is_unread=receipt.cursor in unread) for receipt in receipts),
        unread=sum(receipt.cursor in unread for receipt in receipts),
        outbox=outbox_summary(workplace.tracking.open_items(), _sent(receipts)),
    )


def _sent(receipts: tuple[Receipt, ...]) -> int:
    """How many declarations customs took."""
    return sum(receipt.kind is ReceiptKind.STATUS and receipt.status is Status.DECLARED for receipt in receipts)


def _advice(tasks: tuple[Task, ...]) -> str:
    pressing = sum(task.time.urgency is not Urgency.CALM for task in tasks)
    if pressing:
        return f"有 {pressing} 件快到期。先做最上面的一件。"
    return "没有快到期的事。" if tasks else "没有要办的事。按 Ctrl+N 新建申请。"


def _feedback(rows: tuple[TrackedApplication, ...], now: datetime) -> tuple[Task, ...]:
    due = sorted((row for row in rows if row.feedback_due), key=lambda row: row.feedback_due or now)
    return tuple(_feedback_task(row.record, row.feedback_due, now) for row in due[:MOST_TASKS] if row.feedback_due)


def _feedback_task(record: ApplicationRecord, due: datetime, now: datetime) -> Task:
    time = TimeLeft(left_words(due, now), f"{moment_words(due, now)} 前", urgency(due - now, FEEDBACK_LATE))
    return Task(record.id, time, subject(record), _appointment(record, now), "去反馈")


def _drafts(workplace: Workplace, now: datetime) -> tuple[Task, ...]:
    """What can still be worked at, by its latest moment; only those of the nearest windows are judged."""
    records = [row.record for row in workplace.tracking.drafts() if not row.items]
    records.sort(key=lambda record: _nearness(record, now))
    states = [workplace.drafting.state(record, record.saved_at) for record in records[:MOST_TASKS]]
    ordered = sorted(states, key=lambda state: _latest(state) or NO_END)
    return tuple(_draft_task(state, now) for state in ordered)


def _nearness(record: ApplicationRecord, now: datetime) -> tuple[int, datetime]:
    """Sorts coming windows first, then drafts without one, then what is past; sorting keeps the newest saved first."""
    start = record.application.window_moment()
    if start is None:
        return 1, NO_END
    return (0, start) if start > now else (2, start)


def _latest(state: FormState) -> datetime | None:
    return state.judgement.latest if state.judgement else None


def _draft_task(state: FormState, now: datetime) -> Task:
    latest = _latest(state)
    if latest is None:
        time = TimeLeft("还算不出", "填好口岸和时间后显示")
    elif latest < now:
        time = TimeLeft("已来不及", f"{moment_words(latest, now)} 已过", Urgency.LATE)
    else:
        time = TimeLeft(left_words(latest, now), f"{moment_words(latest, now)} 前", urgency(latest - now))
    gaps = len(state.obstacles)
    detail = " · ".join(
        part for part in (_appointment(state.record, now), f"还差 {gaps} 项" if gaps else "可以提交") if part
    )
    return Task(state.record.id, time, subject(state.record), detail, "继续")


def _appointment(record: ApplicationRecord, now: datetime) -> str:
    start = record.application.window_moment()
    return f"预约 {moment_words(start, now)}" if start else ""


def _receipt_row(receipt: Receipt, *, is_unread: bool) -> Row:
    cells = {
        "time": Cell(f"{receipt.at:%H:%M}", sort_by=receipt.at),
        "number": Cell(receipt.pre_entry_number or "草稿"),
        "status": Cell(receipt.word),
        "text": Cell(f"未读 · {receipt.text}" if is_unread else receipt.text),
    }
    return Row(f"{receipt.application_id}:{receipt.cursor}", cells)
