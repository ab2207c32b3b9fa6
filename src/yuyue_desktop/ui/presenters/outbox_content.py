"""What the outbox drawer and the start page say of waiting submissions; plain functions of items and the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord, Step
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemState, OutboxItem
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.pages.contents import OutboxAct, OutboxEntry, OutboxSummary, TimeLeft
from yuyue_desktop.ui.time_words import NO_END, left_words, moment_words, urgency

WITHDRAW = OutboxAct("withdraw", "撤回")
RETRY = OutboxAct("retry", "立即重试")
RESTING_STATES = (ItemState.WAITING, ItemState.UNKNOWN)

STEP_WORDS = {
    Step.DECLARE: "申报",
    Step.CANCEL: "取消预约",
    Step.FEED_BACK: "报关单号反馈",
    Step.EXPLAIN: "情况说明",
}
"""What is being sent, as the drawer names it."""

_REASONS = {
    ItemState.WAITING: "已签名，等待发送",
    ItemState.SENDING: "正在发送",
    ItemState.UNKNOWN: "联网先核对是否已收到，不会重复申报",
    ItemState.SIGN_IN_NEEDED: "登录已过期，登录后自动发送",
    ItemState.TOO_LATE: "没有发出，请您决定",
}

RecordOf = Callable[[ApplicationId], ApplicationRecord | None]


def outbox_entries(items: Sequence[OutboxItem], record_of: RecordOf, now: datetime) -> tuple[OutboxEntry, ...]:
    """Entries by urgency: what is too late first, then what ends soonest."""
    ordered = sorted(items, key=lambda item: (item.state is not ItemState.TOO_LATE, item.latest or NO_END))
    return tuple(_entry(item, record_of(item.application_id), now) for item in ordered)


def outbox_summary(items: Sequence[OutboxItem], sent_today: int) -> OutboxSummary:
    """The outbox in a sentence, for the start page."""
    late = sum(item.state is ItemState.TOO_LATE for item in items)
    if late:
        return OutboxSummary(ItemState.TOO_LATE.word, f"{late} 件已来不及，没有发出，打开发件箱决定。", is_idle=False)
    if items:
        return OutboxSummary("待发送", f"{len(items)} 件等待发送，联网后自动发出，每份只送达一次。", is_idle=False)
    sent = f"今天已送达 {sent_today} 件。" if sent_today else ""
    return OutboxSummary("空闲", f"没有等待发送的。{sent}")


def _entry(item: OutboxItem, record: ApplicationRecord | None, now: datetime) -> OutboxEntry:
    return OutboxEntry(
        item_id=item.id,
        state=item.state.word,
        step=STEP_WORDS[item.step],
        subject=subject(record),
        reason=_reason(item, now),
        time=_time(item.latest, now),
        acts=_acts(item, now),
        needs_choice=item.state is ItemState.TOO_LATE,
    )


def subject(record: ApplicationRecord | None) -> str:
    """Number and trader of an application in one line."""
    if record is None:
        return "申请"
    number = record.pre_entry_number or "草稿"
    return f"{number} · {record.trader_name}" if record.trader_name else number


def _acts(item: OutboxItem, now: datetime) -> tuple[OutboxAct, ...]:
    acts = (RETRY,) if _next_try(item, now) is not None else ()
    return (*acts, WITHDRAW) if item.can_withdraw else acts


def _next_try(item: OutboxItem, now: datetime) -> datetime | None:
    """When an item that rests is tried again by itself, None where it is due or waits for somebody."""
    at = item.next_try_at
    return at if item.state in RESTING_STATES and at is not None and at > now else None


def _reason(item: OutboxItem, now: datetime) -> str:
    known = {code.value: code for code in Code}
    reason = _REASONS[item.state]
    if item.last_error in known and item.state in RESTING_STATES:
        reason = f"{words(known[item.last_error]).title}；{reason}"
    next_try = _next_try(item, now)
    return f"{reason}。{next_try:%H:%M:%S} 自动再试" if next_try is not None else reason


def _time(latest: datetime | None, now: datetime) -> TimeLeft | None:
    if latest is None:
        return None
    return TimeLeft(left_words(latest, now), f"{moment_words(latest, now)} 前", urgency(latest - now))
