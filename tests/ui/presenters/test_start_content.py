"""The start page: feedback that is due, drafts by their latest moment, today's receipts (B4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.desk import NOW, Desk, signed_in_desk
from tests.store.parts import LIMIT_S, make_receipt
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.ui.pages.contents import StartContent
from yuyue_desktop.ui.presenters.start_content import MOST_TASKS, start_content
from yuyue_desktop.ui.tables.rows import Urgency


@pytest.fixture
def signed_in(tmp_path: Path) -> Iterator[Desk]:
    with signed_in_desk(tmp_path) as desk:
        yield desk


def shown(desk: Desk) -> StartContent:
    """The page once all that it needs to know was answered."""
    start_content(desk.workplace, desk.clock.now())
    desk.settle()
    return start_content(desk.workplace, desk.clock.now())


def test_a_fresh_machine(signed_in: Desk) -> None:
    page = shown(signed_in)
    assert (page.day, page.advice) == ("9月28日 星期一", "没有要办的事。按 Ctrl+N 新建申请。")
    assert (page.feedback, page.drafts, page.receipts) == ((), (), ())
    assert page.outbox.is_idle


def test_a_draft_says_how_long_is_left_and_what_is_missing(signed_in: Desk) -> None:
    draft = signed_in.record(Status.DRAFT)
    (task,) = shown(signed_in).drafts
    assert task.application_id == draft.id
    assert (task.time.left, task.time.until) == ("还剩 2 天", "9月30日 周三 09:30 前")
    assert task.detail == "预约 10月3日 周六 10:00 · 可以提交"
    assert task.act == "继续"


def test_a_draft_whose_time_is_gone(signed_in: Desk) -> None:
    signed_in.record(Status.DRAFT)
    signed_in.clock.at = NOW + timedelta(days=3)
    (task,) = shown(signed_in).drafts
    assert (task.time.left, task.time.urgency) == ("已来不及", Urgency.LATE)
    assert task.detail.endswith("还差 1 项")


def test_a_draft_without_a_window_yet(signed_in: Desk) -> None:
    signed_in.record(Status.DRAFT, window_start="", goods=())
    (task,) = shown(signed_in).drafts
    assert task.time.left == "还算不出"
    assert task.detail == "还差 2 项"


def test_what_presses_is_not_hidden_by_what_was_saved_later(signed_in: Desk) -> None:
    pressing = signed_in.record(Status.DRAFT, window_start="2026-10-02T10:00")
    for _ in range(MOST_TASKS):
        signed_in.record(Status.DRAFT, window_start="")
    tasks = shown(signed_in).drafts
    assert len(tasks) == MOST_TASKS
    assert tasks[0].application_id == pressing.id


def test_what_waits_in_the_outbox_is_no_draft_to_go_on_with(signed_in: Desk) -> None:
    editing = signed_in.ready_draft()
    signed_in.declaring.declare(editing).result(LIMIT_S)
    page = shown(signed_in)
    assert page.drafts == ()
    assert page.outbox.state == "待发送"


def test_a_feedback_is_red_from_eight_hours(signed_in: Desk) -> None:
    record = signed_in.record(Status.APPROVED)
    (task,) = shown(signed_in).feedback
    assert (task.application_id, task.act, task.time.urgency) == (record.id, "去反馈", Urgency.CALM)
    signed_in.clock.at = NOW + timedelta(days=10, hours=-7)
    page = shown(signed_in)
    assert page.feedback[0].time.urgency is Urgency.LATE
    assert page.advice == "有 1 件快到期。先做最上面的一件。"


def test_receipts_of_today_and_how_many_declarations_customs_took(signed_in: Desk) -> None:
    record = signed_in.record(Status.DECLARED)
    taken = make_receipt(record.id, 1)
    refused = replace(make_receipt(record.id, 2), kind=ReceiptKind.REFUSAL, text="不收")
    signed_in.store.sync.take_receipts(ReceiptPage((taken, refused), (), 2))
    page = shown(signed_in)
    assert [row.cell("status").text for row in page.receipts] == ["拒收", "申报"]
    assert page.outbox.sentence == "没有等待发送的。今天已送达 1 件。"
