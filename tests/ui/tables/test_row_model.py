"""Rows are found by their id, and updates disturb nothing that stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.tables.columns import TICK_COLUMN, CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Cell, Row

COLUMNS = (TICK_COLUMN, Column("number", "预录入编号", CellKind.LINK), Column("status", "状态", CellKind.CHIP))


def row(row_id: str, status: str = "暂存", can_tick: bool = True) -> Row:
    return Row(row_id, {"number": Cell(f"YTG{row_id}"), "status": Cell(status)}, can_tick)


def shown(model: RowModel) -> list[str]:
    return [model.row(place).id for place in range(model.rowCount())]


@pytest.fixture
def model(qapp: QCoreApplication) -> Iterator[RowModel]:
    model = RowModel(COLUMNS, qapp)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows([row("a"), row("b"), row("c", can_tick=False), row("d")])
    yield model
    tester.deleteLater()


@pytest.mark.parametrize("ids", ["abcd", "dcba", "xbayd", "", "xyz", "c", "axbxcd".replace("xc", "yc"), "dxa"])
def test_after_an_update_exactly_the_given_rows_are_there(model: RowModel, ids: str) -> None:
    model.set_rows([row(row_id) for row_id in ids])
    assert shown(model) == list(ids)
    assert [model.place(row_id) for row_id in ids] == list(range(len(ids)))


def test_a_persistent_index_follows_its_row(model: RowModel) -> None:
    index = QPersistentModelIndex(model.index(1, 1))
    model.set_rows([row("x"), row("d"), row("b", "申报"), row("y")])
    assert index.isValid()
    assert model.data(index) == "YTGb"
    assert index.row() == 2


def test_a_selection_stays_with_its_row(model: RowModel) -> None:
    selection = QItemSelectionModel(model)
    rows = QItemSelectionModel.SelectionFlag.Rows
    selection.select(model.index(3, 0), QItemSelectionModel.SelectionFlag.Select | rows)
    model.set_rows([row("d"), row("x"), row("a")])
    assert [index.row() for index in selection.selectedRows()] == [0]


def test_only_changed_rows_are_announced(model: RowModel) -> None:
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    model.set_rows([row("a"), row("b", "申报"), row("c", can_tick=False), row("d")])
    assert changed == [1]


def test_sorting_survives_an_update(model: RowModel) -> None:
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["d", "c", "b", "a"]
    model.set_rows([row("b"), row("e"), row("a")])
    assert shown(model) == ["e", "b", "a"]


def test_sort_by_orders_instead_of_the_text(model: RowModel) -> None:
    hours = {"a": 30.0, "b": 2.0, "c": 100.0}
    model.set_rows([Row(i, {"number": Cell(f"还剩 {h}", sort_by=h)}) for i, h in hours.items()] + [Row("empty")])
    model.sort(1)
    assert shown(model) == ["empty", "b", "a", "c"]


def test_only_rows_that_may_be_deleted_take_a_tick(model: RowModel) -> None:
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert not model.setData(model.index(2, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked() == ("a",)
    assert model.data(model.index(2, 0), Qt.ItemDataRole.CheckStateRole) is None


def test_ticking_all_leaves_out_rows_without_a_box(model: RowModel) -> None:
    model.tick_all(is_on=True)
    assert model.ticked() == ("a", "b", "d")
    model.tick_all(is_on=False)
    assert model.ticked() == ()


def test_a_tick_ends_when_its_row_can_no_longer_be_deleted(model: RowModel, qtbot: QtBot) -> None:
    model.tick_all(is_on=True)
    with qtbot.waitSignal(model.ticks_changed):
        model.set_rows([row("a", "申报", can_tick=False), row("b")])
    assert model.ticked() == ("b",)


def test_every_cell_says_its_column_and_content(model: RowModel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0, 2), role) == "状态：暂存"
    assert model.data(model.index(0, 0), role) == "未选"
    model.set_rows([Row("a", {})])
    assert model.data(model.index(0, 2), role) == "状态：空"
