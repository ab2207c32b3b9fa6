"""The table of the window: chosen row, links, ticks, columns that fit; knows no row's meaning (S9, S33).

Keys: arrows move, Enter does what the cell does (or the row's first link), Space ticks, Ctrl+A ticks all.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QToolTip, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.tables.cell_painter import CellPainter, Surroundings, link_area
from yuyue_desktop.ui.tables.column_fitter import ColumnFitter
from yuyue_desktop.ui.tables.columns import CellKind
from yuyue_desktop.ui.tables.row_model import Index, RowModel
from yuyue_desktop.ui.tables.scroll_anchor import ScrollAnchor
from yuyue_desktop.ui.tables.table_header import TableHeader
from yuyue_desktop.ui.widgets.empty_state import NO_ROWS
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel

_SMALLER_HEAD = 4


class RowSize(StrEnum):
    """How high rows are: the value names a measure of the look."""

    FULL = "row_height"
    RECEIPT = "receipt_row_height"
    GOODS = "goods_row_height"


class TableView(QTableView):
    """Shows a RowModel.

    `cell_activated` carries row id and column key of a link, a chip or, by Enter on a plain cell, the row's first link;
    `row_chosen` the id of the chosen row, empty when there is none; `columns_changed` follows hiding and showing.
    """

    cell_activated = Signal(str, str)
    row_chosen = Signal(str)
    columns_changed = Signal()

    def __init__(
        self, look: Look, name: str, rows: RowModel, size: RowSize = RowSize.FULL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._pressed = QPersistentModelIndex()
        self._around = Surroundings()
        self._cells = CellPainter(look, self._around, self)
        self._empty_words = NO_ROWS
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(self._cells)
        self.head = TableHeader(look, rows, self)
        self.setHorizontalHeader(self.head)
        self.setAccessibleName(name)
        self._set_behaviour()
        self._columns = ColumnFitter(self, self.head, self._cells, self._around)
        self._anchor = ScrollAnchor(self, rows)
        rows.replaced.connect(self._columns.fit)
        rows.replaced.connect(self._describe)
        look.changed.connect(self._dress)
        self._dress()
        self._describe()

    @property
    def chosen(self) -> str:
        """Id of the chosen row, empty when there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()).id if index.isValid() and self.selectionModel().hasSelection() else ""

    def choose(self, row_id: str) -> None:
        """Choose a row and bring it into view; one that is not there chooses nothing."""
        place = self.rows.place(row_id)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place, max(self.currentIndex().column(), self._columns.first_words())))

    def show_words(self, words: str) -> None:
        """What stands in place of rows while there are none."""
        self._empty_words = words
        self._describe()
        self.viewport().update()

    def _describe(self) -> None:
        """What is painted in place of rows is read aloud too."""
        self.setAccessibleDescription("" if self.rows.rowCount() else self._empty_words)

    def hidden_columns(self) -> frozenset[str]:
        """Keys of the columns that are hidden."""
        return frozenset(c.key for i, c in enumerate(self.rows.columns) if self.isColumnHidden(i))

    def hide_columns(self, keys: frozenset[str]) -> None:
        """Hide exactly these columns, as far as they may be hidden."""
        for section, column in enumerate(self.rows.columns):
            self.setColumnHidden(section, column.is_optional and column.key in keys)
        self._columns.fit()
        self.columns_changed.emit()

    def full_height(self) -> int:
        """Pixels that show all rows without scrolling."""
        rows = max(self.rows.rowCount(), 1) * self.verticalHeader().defaultSectionSize()
        return self.head.height() + rows + 1

    # QTableView

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or current.isValid() != previous.isValid():
            self.row_chosen.emit(self.rows.row(current.row()).id if current.isValid() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not event.modifiers():
            self._activate(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.rows.toggle(self.rows.row(index.row()).id)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.rows.tick_all(is_on=True)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid() or self._pressed != index:
            return
        if self.rows.columns[index.column()].kind is CellKind.TICK:
            self.rows.toggle(self.rows.row(index.row()).id)
        elif self._is_on_link(index, event.position().toPoint()):
            self._activate(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.rows.columns[index.column()].kind.is_link:
            self._activate(index)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            return self._show_whole_text(event)
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._point_at(event.position().toPoint())
        elif event.type() is QEvent.Type.Leave:
            self._point_at(QPoint(-1, -1))
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        count = self.rows.rowCount()
        if not count:
            painter.setFont(self._look.font(Role.LABEL))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._empty_words)
            if self.hasFocus():  # no cell is there to show it
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                ring = QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1)
                panel(painter, ring, Radius.FIELD - 1, None, self._look.colour("accent"), width=FOCUS_WIDTH)
            return
        foot = self.rowViewportPosition(count - 1) + self.rowHeight(count - 1)
        painter.fillRect(0, foot, self.viewport().width(), 1, self._look.colour("line"))

    # how it behaves

    def _set_behaviour(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)

    def _activate(self, index: QModelIndex) -> None:
        """What Enter does: the cell's own link, else the row's first."""
        row = self.rows.row(index.row())
        links = [column for column in self.rows.columns if column.kind.is_link and row.cell(column.key).text]
        own = self.rows.columns[index.column()]
        target = own if own in links else next(iter(links), None)
        if target is not None:
            self.cell_activated.emit(row.id, target.key)

    def _is_on_link(self, index: QModelIndex, point: QPoint) -> bool:
        kind, cell = self.rows.columns[index.column()].kind, self.rows.cell(index)
        area = link_area(QRectF(self.visualRect(index)), self._cells.width(kind, cell))
        return kind.is_link and bool(cell.text) and area.contains(point)

    def _point_at(self, point: QPoint) -> None:
        index = self.indexAt(point)
        is_link = index.isValid() and self._is_on_link(index, point)
        before, self._around.hovered = self._around.hovered, QPersistentModelIndex(index) if is_link else None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor)
        if before != self._around.hovered:
            self.viewport().update()

    def _show_whole_text(self, event: QHelpEvent) -> bool:
        """Only what is cut has a tool tip, and it is never the only copy (the accessible text has it too)."""
        index = self.indexAt(event.pos())
        if index.isValid():
            kind, cell = self.rows.columns[index.column()].kind, self.rows.cell(index)
            is_cut = self._cells.width(kind, cell) > self.columnWidth(index.column())
            QToolTip.showText(event.globalPos(), cell.text if is_cut else "", self.viewport())
        return True

    def _dress(self) -> None:
        measures = self._look.measures
        self.verticalHeader().setDefaultSectionSize(getattr(measures, self._size))
        smaller = 0 if self._size is RowSize.FULL else _SMALLER_HEAD
        self.head.set_height(measures.table_head_height - smaller)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._look.colour("surface"))
        self.setPalette(palette)
        self._columns.fit()
