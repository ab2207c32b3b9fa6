"""Rows of the query list and of the receipts under it (S32, S33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.store.parts import make_application, make_item, make_receipt, make_record
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.services.tracking import QueryAnswer, TrackedApplication
from yuyue_desktop.ui.presenters.query_rows import origin, query_row, receipts_content
from yuyue_desktop.ui.tables.rows import Urgency

NOW = datetime(2026, 9, 28, 9, 0)
SAVED, DECLARED = datetime(2026, 9, 27, 8, 5), datetime(2026, 9, 27, 16, 40)
RECORD = replace(
    make_record(make_application(window_start="2026-10-03T22:00")),
    saved_at=SAVED,
    pre_entry_number="YTG202600000000001",
    declarant_name="云岭花卉",
    trader_name="澄江生鲜",
)


def tracked(status: Status, left: timedelta | None = None) -> TrackedApplication:
    return TrackedApplication(replace(RECORD, status=status), (), None if left is None else NOW + left)


def test_a_row_as_the_list_shows_it() -> None:
    row = query_row(tracked(Status.DRAFT), NOW)
    assert row.id == RECORD.id
    assert {key: cell.text for key, cell in row.cells.items()} == {
        "number": "YTG202600000000001",
        "declarant": "云岭花卉",
        "trader": "澄江生鲜",
        "applied": "2026-09-27 08:05",
        "window": "2026-10-03 22:00–24:00",
        "status": "暂存",
        "next": "继续填写",
    }


def test_what_is_not_known_yet_is_shown_as_far_as_it_is() -> None:
    bare = replace(RECORD, application=replace(RECORD.application, window_start="周五", trader=""), pre_entry_number="")
    row = query_row(TrackedApplication(replace(bare, declarant_name="", trader_name=""), (), None), NOW)
    assert row.cell("number").text == "未取得编号"
    assert row.cell("declarant").text == RECORD.application.declarant
    assert (row.cell("trader").text, row.cell("window").text) == ("", "")


def test_the_application_time_is_the_declarations_once_there_is_one() -> None:
    row = query_row(TrackedApplication(replace(RECORD, declared_at=DECLARED), (), None), NOW)
    assert (row.cell("applied").text, row.cell("applied").sort_by) == ("2026-09-27 16:40", DECLARED)


@pytest.mark.parametrize("status", Status)
def test_only_drafts_can_be_ticked(status: Status) -> None:
    assert query_row(tracked(status), NOW).can_tick is (status is Status.DRAFT)


def test_a_draft_in_the_outbox_has_its_mark_and_can_not_be_ticked() -> None:
    waiting = replace(tracked(Status.DRAFT), items=(make_item(RECORD.id, state=ItemState.UNKNOWN),))
    row = query_row(waiting, NOW)
    assert row.cell("status").text == "暂存·结果未知"
    assert not row.can_tick


@pytest.mark.parametrize(
    ("status", "left", "words", "urgency"),
    [
        (Status.DECLARED, None, "等待受理", None),
        (Status.ACCEPTED, None, "等待审批", None),
        (Status.APPROVED, timedelta(days=5), "反馈 剩 5 天", Urgency.CALM),
        (Status.APPROVED, timedelta(hours=8), "反馈 剩 8 小时", Urgency.LATE),
        (Status.APPROVED, timedelta(), "反馈 剩 0 分 0 秒", Urgency.LATE),
        (Status.APPROVED, -timedelta(minutes=1), "反馈已逾期", Urgency.LATE),
        (Status.CLEARED, None, "已办结", None),
        (Status.RETURNED, None, "可复制为新草稿", None),
        (Status.CANCELLED, None, "", None),
        (Status.FEEDBACK_OVERDUE, None, "发送情况说明", None),
    ],
)
def test_what_comes_next(status: Status, left: timedelta | None, words: str, urgency: Urgency | None) -> None:
    cell = query_row(tracked(status, left), NOW).cell("next")
    assert (cell.text, cell.urgency) == (words, urgency)


@pytest.mark.parametrize(
    ("is_offline", "at", "words"),
    [
        (False, NOW, ""),
        (True, NOW - timedelta(minutes=5), "离线 · 本机 今天 08:55 的数据"),
        (True, NOW - timedelta(days=3), "离线 · 本机 9月25日 周五 09:00 的数据"),
        (True, None, "离线 · 本机的数据"),
    ],
)
def test_where_the_rows_come_from(is_offline: bool, at: datetime | None, words: str) -> None:
    assert origin(QueryAnswer((), is_offline, at), NOW) == words


def test_receipts_are_numbered_from_the_first_and_shown_newest_first() -> None:
    refused = make_receipt(RECORD.id, 7, kind=ReceiptKind.REFUSAL, status=Status.DRAFT, text="时间已过")
    taken = make_receipt(RECORD.id, 9, application_number="221020260000000001")
    content = receipts_content(RECORD, (refused, taken))
    assert [(row.cell("serial").text, row.cell("status").text) for row in content.rows] == [
        ("2", "申报"),
        ("1", "拒收"),
    ]
    assert content.rows[0].cell("number").text == "221020260000000001"
    assert content.heading == "YTG202600000000001 · 2 条"


def test_receipts_of_what_is_gone() -> None:
    assert receipts_content(None, ()).heading == "0 条"
