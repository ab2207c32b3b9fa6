"""The table by keys and by mouse; what stays in view while rows come and go (S9, S33)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.tables.conftest import row
from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.tables.column_chooser import ColumnChooser
from yuyue_desktop.ui.tables.table_view import TableView

NUMBER, TRADER, APPLIED, STATUS = 1, 2, 3, 4


def centre(table: TableView, place: int, column: int) -> QPoint:
    rect = table.visualRect(table.rows.index(place, column))
    return QPoint(rect.left() + 30 if column else rect.center().x(), rect.center().y())


def test_enter_opens_the_row_and_on_a_chip_its_receipts(table: TableView, qtbot: QtBot) -> None:
    table.choose("id-1")
    with qtbot.waitSignal(table.cell_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["id-1", "number"]
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    with qtbot.waitSignal(table.cell_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["id-1", "status"]


def test_enter_on_a_plain_cell_opens_the_row(table: TableView, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.rows.index(2, TRADER))
    with qtbot.waitSignal(table.cell_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Enter)
    assert opened.args == ["id-2", "number"]


def test_a_click_on_a_link_opens_and_beside_it_only_chooses(table: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.cell_activated) as opened:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre(table, 3, NUMBER))
    assert opened.args == ["id-3", "number"]
    with qtbot.assertNotEmitted(table.cell_activated):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre(table, 4, APPLIED))
    assert table.chosen == "id-4"


def test_space_ticks_what_may_be_deleted_and_nothing_else(table: TableView, qtbot: QtBot) -> None:
    table.rows.set_rows([row(0), row(1, Status.DECLARED)])
    for row_id in ("id-0", "id-1"):
        table.choose(row_id)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.rows.ticked() == ("id-0",)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre(table, 0, 0))
    assert table.rows.ticked() == ()


def test_control_a_ticks_all_and_the_head_too(table: TableView, qtbot: QtBot) -> None:
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.rows.ticked()) == 40
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert table.rows.ticked() == ()


def test_a_click_on_the_head_sorts_and_a_second_turns_the_order(table: TableView, qtbot: QtBot) -> None:
    at = QPoint(table.head.sectionViewportPosition(NUMBER) + 20, 10)
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.rows.row(0).id == "id-39"
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.rows.row(0).id == "id-0"


def test_the_chosen_row_stays_chosen_and_in_its_place_on_the_screen(table: TableView, qtbot: QtBot) -> None:
    table.choose("id-20")
    before = table.visualRect(table.rows.index(20, NUMBER)).top()
    assert table.verticalScrollBar().value() > 0
    with qtbot.assertNotEmitted(table.row_chosen):
        table.rows.set_rows([row(number) for number in range(-3, 40)])
    assert table.chosen == "id-20"
    assert table.visualRect(table.rows.index(23, NUMBER)).top() == before


def test_a_chosen_row_that_goes_leaves_another_or_none(table: TableView, qtbot: QtBot) -> None:
    table.choose("id-5")
    with qtbot.waitSignal(table.row_chosen) as chosen:
        table.rows.set_rows([])
    assert chosen.args == [""]
    assert table.chosen == ""


@pytest.mark.parametrize("width", [500, 800, 1500])
def test_codes_are_never_cut_and_the_table_is_filled(table: TableView, width: int) -> None:
    table.resize(width, 300)
    metrics = table.fontMetrics()
    assert table.columnWidth(NUMBER) >= metrics.horizontalAdvance("YTG202600000000275")
    assert sum(table.columnWidth(section) for section in range(5)) >= table.viewport().width()


def test_larger_letters_widen_columns_and_rows(table: TableView, look: Look) -> None:
    width, height = table.columnWidth(NUMBER), table.rowHeight(0)
    look.choose(is_large=True)
    assert table.columnWidth(NUMBER) > width
    assert table.rowHeight(0) > height


def test_the_chooser_hides_what_may_be_hidden_and_remembers(table: TableView, look: Look, qtbot: QtBot) -> None:
    remembered: list[frozenset[str]] = []
    chooser = ColumnChooser(look, table, ["status", "number", "gone"], remembered.append)
    qtbot.addWidget(chooser)
    assert table.hidden_columns() == {"status"}
    menu = chooser.column_menu()
    by_title = {action.text(): action for action in menu.actions()}
    assert "预录入编号" not in by_title
    by_title["状态"].trigger()
    by_title["申请时间"].trigger()
    assert remembered[-1] == {"applied"} == table.hidden_columns()
    menu.deleteLater()


def test_the_chooser_sorts_without_a_mouse(table: TableView, look: Look, qtbot: QtBot) -> None:
    chooser = ColumnChooser(look, table, [], lambda _hidden: None)
    qtbot.addWidget(chooser)
    menu = chooser.column_menu()
    orders = menu.actions()[-1].menu()
    assert isinstance(orders, QMenu)
    next(action for action in orders.actions() if action.text() == "申请时间 降序").trigger()
    assert table.rows.row(0).id == "id-39"
    menu.deleteLater()


def test_screen_readers_find_a_table_with_named_cells(table: TableView) -> None:
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface.text(QAccessible.Text.Name) == "预约通关申请"
    assert interface.role() == QAccessible.Role.Table
    names = {interface.child(n).text(QAccessible.Text.Name) for n in range(min(interface.childCount(), 30))}
    assert "状态：暂存" in names
