"""What the outbox drawer and the start page say of what waits: what, why, until when (B1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.store.parts import make_application, make_item, make_record
from yuyue_desktop.domain.application import ApplicationRecord, Step
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemState, OutboxItem
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.pages.contents import OutboxEntry
from yuyue_desktop.ui.presenters.outbox_content import RETRY, WITHDRAW, outbox_entries, outbox_summary, subject
from yuyue_desktop.ui.tables.rows import Urgency

NOW = datetime(2026, 9, 28, 9, 0)
RECORD = replace(make_record(make_application()), pre_entry_number="YTG202600000000001", trader_name="澄江生鲜")
HOUR = timedelta(hours=1)


def item(state: ItemState = ItemState.WAITING, **changes: Any) -> OutboxItem:
    return make_item(RECORD.id, state=state, **changes)


def entry(of: OutboxItem) -> OutboxEntry:
    (made,) = outbox_entries([of], lambda _id: RECORD, NOW)
    return made


def test_an_entry_as_the_drawer_shows_it() -> None:
    shown = entry(item(latest=NOW + 3 * HOUR))
    assert (shown.state, shown.step, shown.reason) == ("待发送", "申报", "已签名，等待发送")
    assert shown.subject == "YTG202600000000001 · 澄江生鲜"
    assert shown.time is not None
    assert (shown.time.left, shown.time.until) == ("还剩 3 小时", "今天 12:00 前")
    assert shown.time.urgency is Urgency.SOON
    assert not shown.needs_choice


@pytest.mark.parametrize("step", [Step.DECLARE, Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN])
def test_every_signed_step_has_its_word(step: Step) -> None:
    assert entry(make_item(RECORD.id, step)).step


@pytest.mark.parametrize(
    ("state", "attempts", "can_withdraw", "needs_choice"),
    [
        (ItemState.WAITING, 0, True, False),
        (ItemState.WAITING, 1, False, False),
        (ItemState.SENDING, 1, False, False),
        (ItemState.UNKNOWN, 1, False, False),
        (ItemState.SIGN_IN_NEEDED, 0, True, False),
        (ItemState.TOO_LATE, 2, True, True),
    ],
)
def test_what_can_be_done(state: ItemState, attempts: int, can_withdraw: bool, needs_choice: bool) -> None:
    shown = entry(item(state, attempts=attempts))
    assert (WITHDRAW in shown.acts) is can_withdraw
    assert shown.needs_choice is needs_choice


@pytest.mark.parametrize("state", [ItemState.WAITING, ItemState.UNKNOWN])
def test_why_it_waits_is_said_in_chinese(state: ItemState) -> None:
    shown = entry(item(state, last_error=Code.GATEWAY_UNREACHABLE.value))
    assert shown.reason.startswith(words(Code.GATEWAY_UNREACHABLE).title)
    assert entry(item(state, last_error="no code of ours")).reason == entry(item(state)).reason


def test_too_late_comes_first_then_what_ends_soonest_then_what_never_does() -> None:
    items = [item(), item(latest=NOW + 2 * HOUR), item(latest=NOW + HOUR), item(ItemState.TOO_LATE, latest=NOW)]
    shown = outbox_entries(items, lambda _id: RECORD, NOW)
    assert [one.item_id for one in shown] == [items[place].id for place in (3, 2, 1, 0)]


def test_what_has_no_latest_moment_shows_none() -> None:
    assert entry(item()).time is None


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (None, "申请"),
        (replace(RECORD, pre_entry_number="", trader_name=""), "草稿"),
        (replace(RECORD, pre_entry_number=""), "草稿 · 澄江生鲜"),
    ],
)
def test_whose_it_is(record: ApplicationRecord | None, line: str) -> None:
    assert subject(record) == line


@pytest.mark.parametrize(
    ("items", "sent", "state", "sentence", "is_idle"),
    [
        ([], 0, "空闲", "没有等待发送的。", True),
        ([], 2, "空闲", "没有等待发送的。今天已送达 2 件。", True),
        ([item(), item()], 2, "待发送", "2 件等待发送，联网后自动发出，每份只送达一次。", False),
        ([item(), item(ItemState.TOO_LATE)], 0, "已来不及", "1 件已来不及，没有发出，打开发件箱决定。", False),
    ],
)
def test_the_outbox_in_a_sentence(items: list[OutboxItem], sent: int, state: str, sentence: str, is_idle: bool) -> None:
    summary = outbox_summary(items, sent)
    assert (summary.state, summary.sentence, summary.is_idle) == (state, sentence, is_idle)


@pytest.mark.parametrize("state", [ItemState.WAITING, ItemState.UNKNOWN])
def test_the_next_try_is_said_and_can_be_made_at_once(state: ItemState) -> None:
    resting = item(state, attempts=3, next_try_at=NOW + timedelta(seconds=75), last_error=Code.GATEWAY_BUSY.value)
    shown = entry(resting)
    assert shown.reason.startswith("网关正忙；")
    assert shown.reason.endswith("09:01:15 自动再试")
    assert shown.acts == (RETRY,)


@pytest.mark.parametrize(
    ("state", "next_try_at"),
    [
        (ItemState.WAITING, NOW),
        (ItemState.WAITING, None),
        (ItemState.SIGN_IN_NEEDED, NOW + HOUR),
        (ItemState.TOO_LATE, NOW + HOUR),
    ],
)
def test_what_is_due_or_waits_for_somebody_has_no_next_try(state: ItemState, next_try_at: datetime | None) -> None:
    shown = entry(item(state, attempts=1, next_try_at=next_try_at))
    assert RETRY not in shown.acts
    assert "自动再试" not in shown.reason
