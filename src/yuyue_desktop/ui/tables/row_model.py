"""The rows of a table, found by their id: selection and scroll survive updates; knows no colour and no domain type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.rows import Cell, Row

Index = QModelIndex | QPersistentModelIndex
SortKey = tuple[int, str | int | float | datetime]

ACTS = "操作"
NOTHING_TO_DO = "没有操作"
"""What screen readers hear of a column that needs no title for the eye, and of a cell in it without an act."""

_NO_INDEX = QModelIndex()
_ASCENDING = Qt.SortOrder.AscendingOrder


class RowModel(QAbstractTableModel):
    """Table model over `Row`s; an update moves, changes, adds and removes only what differs.

    `ticks_changed` comes with every change of the ticked rows, those included that an update took away.
    """

    ticks_changed = Signal()
    about_to_replace = Signal()
    replaced = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._ticked: set[str] = set()
        self._sort_column: Column | None = None
        self._sort_order = _ASCENDING

    # what is there

    def row(self, place: int) -> Row:
        """The row at a place, from 0."""
        return self._rows[place]

    def place(self, row_id: str) -> int | None:
        """Where a row stands, None where it is not."""
        return self._places.get(row_id)

    def cell(self, index: Index) -> Cell:
        """The cell at an index."""
        return self._rows[index.row()].cell(self.columns[index.column()].key)

    def ticked(self) -> tuple[str, ...]:
        """Ids of the ticked rows, in the order shown."""
        return tuple(row.id for row in self._rows if row.id in self._ticked)

    def can_tick_any(self) -> bool:
        """Whether any row has a check box."""
        return any(row.can_tick for row in self._rows)

    # changes

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows; ids are unique. Rows that stay keep their selection, tick and persistent index."""
        wanted = self._sorted(rows)
        self.about_to_replace.emit()
        self._remove_all_but({row.id for row in wanted})
        self._reorder_kept(wanted)
        self._insert_missing(wanted)
        self._change_cells(wanted)
        self._forget_lost_ticks()
        self.replaced.emit()

    def set_ticked(self, row_ids: Iterable[str]) -> None:
        """Tick exactly these rows; those without a check box are left out."""
        wanted = set(row_ids)
        self._ticked = {row.id for row in self._rows if row.can_tick and row.id in wanted}
        for number, column in enumerate(self.columns):
            if column.kind is CellKind.TICK and self._rows:
                self.dataChanged.emit(self.index(0, number), self.index(len(self._rows) - 1, number))
        self.ticks_changed.emit()

    def tick_all(self, *, is_on: bool) -> None:
        """Tick all rows that have a check box, or none."""
        self.set_ticked([row.id for row in self._rows if row.can_tick] if is_on else [])

    def toggle(self, row_id: str) -> None:
        """Turn the tick of one row."""
        self.set_ticked(self._ticked ^ {row_id})

    # QAbstractTableModel

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if column.kind is CellKind.TICK:
            return self._tick_data(row, role)
        text = row.cell(column.key).text
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}：{text or '空'}" if column.title else text or NOTHING_TO_DO
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        title = self.columns[section].title
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole:
                return title or ACTS
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].kind is CellKind.TICK and self._rows[index.row()].can_tick:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        row_id = self._rows[index.row()].id
        is_on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.set_ticked(self._ticked | {row_id} if is_on else self._ticked - {row_id})
        return True

    def sort(self, column: int, order: Qt.SortOrder = _ASCENDING) -> None:
        """Order by a column; rows that are equal in it keep their order. A column of -1 leaves the given order."""
        self._sort_column = self.columns[column] if 0 <= column < len(self.columns) else None
        self._sort_order = order
        self._reorder_kept(self._sorted(self._rows))

    # how an update is done

    def _tick_data(self, row: Row, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ("已选" if row.id in self._ticked else "未选") if row.can_tick else "不能选"
        if role == Qt.ItemDataRole.CheckStateRole and row.can_tick:
            return Qt.CheckState.Checked if row.id in self._ticked else Qt.CheckState.Unchecked
        return None

    def _sorted(self, rows: Iterable[Row]) -> list[Row]:
        column = self._sort_column
        if column is None:
            return list(rows)
        return sorted(rows, key=lambda row: _sort_key(row.cell(column.key)), reverse=self._sort_order is not _ASCENDING)

    def _remove_all_but(self, kept: set[str]) -> None:
        for first, last in _runs_backwards([row.id not in kept for row in self._rows]):
            self.beginRemoveRows(_NO_INDEX, first, last)
            del self._rows[first : last + 1]
            self._number_rows()
            self.endRemoveRows()

    def _reorder_kept(self, wanted: Sequence[Row]) -> None:
        order = [row.id for row in wanted if row.id in self._places]
        if order == [row.id for row in self._rows]:
            return
        self.layoutAboutToBeChanged.emit()
        persistent = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in persistent]
        self._rows = [self._rows[self._places[row_id]] for row_id in order]
        self._number_rows()
        pairs = zip(ids, persistent, strict=True)
        moved = [self.index(self._places[row_id], index.column()) for row_id, index in pairs]
        self.changePersistentIndexList(persistent, moved)
        self.layoutChanged.emit()

    def _insert_missing(self, wanted: Sequence[Row]) -> None:
        missing = [row.id not in self._places for row in wanted]
        for first, last in reversed(list(_runs_backwards(missing))):
            self.beginInsertRows(_NO_INDEX, first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self._number_rows()
            self.endInsertRows()

    def _change_cells(self, wanted: Sequence[Row]) -> None:
        for place, row in enumerate(wanted):
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def _forget_lost_ticks(self) -> None:
        left = {row.id for row in self._rows if row.can_tick} & self._ticked
        if left != self._ticked:
            self._ticked = left
            self.ticks_changed.emit()

    def _number_rows(self) -> None:
        self._places = {row.id: place for place, row in enumerate(self._rows)}


def _sort_key(cell: Cell) -> SortKey:
    """Empty cells first; a column's `sort_by` values are of one type."""
    if cell.sort_by is not None:
        return (1, cell.sort_by)
    return (1 if cell.text else 0, cell.text)


def _runs_backwards(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of every run of marked places, last run first."""
    last = None
    for place in range(len(marks) - 1, -2, -1):
        is_marked = place >= 0 and marks[place]
        if is_marked and last is None:
            last = place
        elif not is_marked and last is not None:
            yield place + 1, last
            last = None
