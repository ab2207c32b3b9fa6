"""The query by the keyboard: conditions, list, receipts, deleting (S33)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show, Write
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.contents import ReceiptsContent
from yuyue_desktop.ui.pages.query_filters import QueryField
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.tables.column_chooser import ColumnMemory
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.widgets.field_frame import Condition

ENTER, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
PRESET = ApplicationQuery(applied_from=date(2026, 9, 9), applied_to=date(2026, 9, 23))


def row(number: int, status: str = "暂存") -> Row:
    cells = {
        "number": Cell(f"YTG2026{number:011d}"),
        "applied": Cell(f"2026-09-{number:02d} 10:00"),
        "status": Cell(status),
    }
    return Row(f"id-{number}", cells, can_tick=status == "暂存")


@pytest.fixture
def page(look: Look, show: Show) -> QueryPage:
    page = QueryPage(look, lambda: datetime(2026, 9, 23, 14, 36))
    page.filters.show_declarant("1101919107")
    page.filters.show_preset(PRESET)
    page.show_rows([row(1), row(2, "预约成功"), row(3)])
    show(page)
    return page


def test_enter_in_any_field_asks_with_the_preset(page: QueryPage, qtbot: QtBot, press: Press) -> None:
    page.filters.number.setFocus()
    with qtbot.waitSignal(page.query_asked) as asked:
        press(ENTER)
    assert asked.args == [PRESET]


def test_conditions_by_keys(page: QueryPage, qtbot: QtBot, press: Press, write: Write) -> None:
    filters = page.filters
    filters.company_class.setFocus()
    press(SPACE)
    press(Qt.Key.Key_Down)
    press(ENTER)
    assert filters.trader.shown_kind is Kind.REQUIRED
    filters.trader.setFocus()
    write("3122261548")
    filters.status.setFocus()
    press(Qt.Key.Key_Backspace)
    write("预约")
    press(ENTER)
    filters.window_span.first.setFocus()
    write("2026-09-20")
    filters.window_span.last.setFocus()
    write("20260925")
    with qtbot.waitSignal(page.query_asked) as asked:
        press(ENTER)
    assert asked.args == [
        ApplicationQuery(
            CompanyClass.TRADER,
            "3122261548",
            Status.APPROVED,
            PRESET.applied_from,
            PRESET.applied_to,
            date(2026, 9, 20),
            date(2026, 9, 25),
        )
    ]


def test_clearing_brings_the_preset_back(page: QueryPage, write: Write) -> None:
    page.filters.number.setFocus()
    write("YTG")
    page.filters.clear.click()
    assert page.filters.query == PRESET


def test_an_unreadable_day_is_said_and_not_asked(page: QueryPage, qtbot: QtBot, press: Press, write: Write) -> None:
    page.filters.window_span.first.setFocus()
    write("abc")
    with qtbot.assertNotEmitted(page.query_asked):
        press(ENTER)
    assert page.filters.window_span.first.condition is Condition.WRONG


def test_a_problem_is_said_at_its_field_and_goes_with_the_next_key(page: QueryPage, write: Write) -> None:
    page.filters.show_problem(QueryField.NUMBER, "预录入编号应为 YTG 加 15 位数字", "请核对编号")
    assert page.filters.number.editor.hasFocus()
    assert page.filters.number.message == "预录入编号应为 YTG 加 15 位数字。请核对编号"
    write("Y")
    assert page.filters.number.condition is Condition.FINE


@pytest.mark.parametrize("width", [820, 1162, 1900])
def test_tab_walks_the_fields_in_reading_order(page: QueryPage, press: Press, width: int) -> None:
    page.resize(width, 654)
    page.filters.company_class.setFocus()
    walked = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(focused.accessibleName())
        press(Qt.Key.Key_Tab)
    assert walked == [
        "企业类别", "申请单位", "收发货人", "预录入编号",
        "申请时间 起", "申请时间 止", "预约时间 起", "预约时间 止", "状态",
    ]  # fmt: skip


def test_the_list_opens_applications_and_receipts(page: QueryPage, qtbot: QtBot, press: Press) -> None:
    page.table.setFocus()
    page.table.choose("id-2")
    with qtbot.waitSignal(page.open_asked) as opened:
        press(ENTER)
    assert opened.args == ["id-2"]
    for _ in range(5):
        press(Qt.Key.Key_Right)
    with qtbot.waitSignal(page.receipts_asked) as asked:
        press(ENTER)
    assert asked.args == ["id-2"]


def test_receipts_close_with_escape_and_the_list_has_the_keys(page: QueryPage, press: Press) -> None:
    page.show_receipts("id-2", ReceiptsContent("3 条", (Row("1", {"serial": Cell("1"), "status": Cell("申报")}),)))
    page.receipts.close_button.setFocus()
    press(ESCAPE)
    assert not page.receipts.isVisible()
    assert page.table.hasFocus()
    assert page.receipts_of == ""


def test_escape_in_the_list_closes_the_receipts_too(page: QueryPage, press: Press) -> None:
    page.show_receipts("id-2", ReceiptsContent("3 条"))
    page.table.setFocus()
    press(ESCAPE)
    assert not page.receipts.isVisible()


def test_refreshing_asks_for_the_same_receipts(page: QueryPage, qtbot: QtBot) -> None:
    page.show_receipts("id-2", ReceiptsContent("3 条"))
    with qtbot.waitSignal(page.receipts_asked) as asked:
        page.receipts.refresh.click()
    assert asked.args == ["id-2"]


def test_receipts_go_when_their_row_goes(page: QueryPage) -> None:
    page.show_receipts("id-2", ReceiptsContent("3 条"))
    page.show_rows([row(1)])
    assert not page.receipts.isVisible()


def test_only_ticked_drafts_are_deleted_and_alt_r_asks(page: QueryPage, qtbot: QtBot, press: Press) -> None:
    assert not page.delete.isEnabled()
    page.table.setFocus()
    with qtbot.assertNotEmitted(page.delete_asked):
        press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    page.table.choose("id-3")
    press(SPACE)
    assert page._count.text() == "共 3 条 · 已选 1 条"
    with qtbot.waitSignal(page.delete_asked) as asked:
        press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [("id-3",)]


def test_an_offline_answer_says_so(page: QueryPage) -> None:
    page.show_rows([row(1)], "离线 · 本机 13:24 的数据")
    assert page._origin.isVisible()
    assert page._origin.accessibleName() == "离线 · 本机 13:24 的数据"
    page.show_rows([row(1)])
    assert not page._origin.isVisible()


def test_newest_first_until_the_clerk_sorts(page: QueryPage) -> None:
    assert [page.table.rows.row(place).id for place in range(3)] == ["id-3", "id-2", "id-1"]


def test_hidden_columns_are_remembered(look: Look, show: Show) -> None:
    remembered: list[frozenset[str]] = []
    page = QueryPage(look, lambda: datetime(2026, 9, 23), ["next"], remembered.append)
    show(page)
    assert page.table.hidden_columns() == {"next"}
    menu = page.chooser.column_menu()
    next(action for action in menu.actions() if action.text() == "下一步").trigger()
    assert remembered == [frozenset()]
    menu.deleteLater()


def test_every_list_has_its_own_chooser(look: Look, show: Show) -> None:
    kept: list[frozenset[str]] = []
    memory = ColumnMemory(frozenset({"number"}), kept.append)
    page = QueryPage(look, lambda: datetime(2026, 9, 23), receipts_memory=memory)
    show(page)
    assert page.receipts.table.hidden_columns() == {"number"}
    menu = page.receipts.chooser.column_menu()
    by_title = {action.text(): action for action in menu.actions()}
    assert set(by_title) == {"序号", "回执时间", "申请编号"}
    by_title["序号"].trigger()
    assert kept == [frozenset({"number", "serial"})]
    menu.deleteLater()


def test_held_alt_shows_the_key_of_deleting(page: QueryPage, qtbot: QtBot) -> None:
    window = page.window().windowHandle()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    assert page.delete._is_key_held
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not page.delete._is_key_held
