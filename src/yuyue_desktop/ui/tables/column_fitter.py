"""Gives a table's columns the widths that their cells need, so that the table is filled; knows no row's meaning."""

from __future__ import annotations

from heapq import nlargest

from PySide6.QtWidgets import QTableView

from yuyue_desktop.ui.tables.cell_painter import CellPainter, Surroundings
from yuyue_desktop.ui.tables.columns import CellKind, ColumnWidth, share_width
from yuyue_desktop.ui.tables.rows import Cell
from yuyue_desktop.ui.tables.table_header import TableHeader

ZEBRA_FROM_COLUMNS = 6
TICK_COLUMN_WIDTH = 40

_MEASURED_CELLS = 8
"""Of each column the longest texts are measured: all of 500 rows would be felt while the window is resized."""


class ColumnFitter:
    """`fit` is to be called when the width, the rows, the letters or the columns in view have changed."""

    def __init__(self, view: QTableView, head: TableHeader, cells: CellPainter, around: Surroundings) -> None:
        self._view = view
        self._head = head
        self._rows = head.rows
        self._cells = cells
        self._around = around

    def fit(self) -> None:
        """Share the view's width among the columns in view."""
        shown = self._shown()
        widths = share_width([self._wish(section) for section in shown], self._view.viewport().width())
        for section, width in zip(shown, widths, strict=True):
            if self._view.columnWidth(section) != width:
                self._view.setColumnWidth(section, width)
        self._around.first_column = next(iter(shown), 0)
        self._around.has_zebra = len(shown) >= ZEBRA_FROM_COLUMNS
        self._view.viewport().update()

    def first_words(self) -> int:
        """The first column in view that is no check box."""
        return next((i for i in self._shown() if self._rows.columns[i].kind is not CellKind.TICK), 0)

    def _shown(self) -> list[int]:
        return [i for i in range(len(self._rows.columns)) if not self._view.isColumnHidden(i)]

    def _wish(self, section: int) -> ColumnWidth:
        column = self._rows.columns[section]
        if column.kind is CellKind.TICK:
            return ColumnWidth(TICK_COLUMN_WIDTH, TICK_COLUMN_WIDTH, grows=False)
        title = self._head.title_width(section)
        sample = round(self._cells.width(column.kind, Cell(column.sample)) + 0.5)
        widest = max(sample, self._widest(section)) if column.kind.is_never_cut else sample
        preferred = max(title, widest)
        return ColumnWidth(preferred, max(title, round(preferred * column.least_share)), column.grows)

    def _widest(self, section: int) -> int:
        """Codes, times and states are never cut: the widest one in the table counts (look.md, Tables)."""
        column = self._rows.columns[section]
        cells = {self._rows.row(place).cell(column.key) for place in range(self._rows.rowCount())}
        longest = nlargest(_MEASURED_CELLS, cells, key=lambda cell: len(cell.text))
        return max((round(self._cells.width(column.kind, cell) + 0.5) for cell in longest), default=0)
