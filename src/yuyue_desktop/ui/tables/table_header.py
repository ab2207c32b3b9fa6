"""The head of a table: titles, the sorted column, the box that ticks all; knows no row's meaning."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.tables.columns import CellKind
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.tick_box import paint_tick_box

_PADDING = 10
_ARROW = 14
_ARROW_GAP = 3
_ASCENDING = Qt.SortOrder.AscendingOrder
_DESCENDING = Qt.SortOrder.DescendingOrder


class TableHeader(QHeaderView):
    """A click sorts by a column, a second one turns the order; in the tick column it ticks all or none."""

    def __init__(self, look: Look, rows: RowModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.rows = rows
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        # Qt turns its own indicator with every click, in columns that are not sorted too: it is not asked.
        self._sorted = -1
        self._order = _DESCENDING
        self.sectionClicked.connect(self._press)
        rows.ticks_changed.connect(self.viewport().update)
        self._height = look.measures.table_head_height
        look.changed.connect(self.viewport().update)

    def set_height(self, height: int) -> None:
        """Pixels; a smaller head stands over smaller rows."""
        self._height = height
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def title_width(self, section: int) -> int:
        """Pixels that a title needs, with room for the arrow where the column can be sorted."""
        column = self.rows.columns[section]
        words = QFontMetricsF(self._look.font(Role.CAPTION, bold=True)).horizontalAdvance(column.title)
        return round(words + 2 * _PADDING + (_ARROW + _ARROW_GAP if column.is_sortable else 0))

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """By which column the rows are sorted, -1 for none, and in which order."""
        return self._sorted, self._order

    def sort_by(self, section: int, order: Qt.SortOrder) -> None:
        """Order the rows and show so."""
        self._sorted, self._order = section, order
        self.rows.sort(section, order)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, self._look.colour("menu"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.colour("line_strong"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.rows.columns[section].kind is CellKind.TICK:
            if self.rows.can_tick_any():
                paint_tick_box(painter, self._look, QPointF(QRectF(rect).center()), self._tick_state())
        else:
            self._paint_title(painter, QRectF(rect), section)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, section: int) -> None:
        is_sorted = section == self._sorted
        column = self.rows.columns[section]
        font = self._look.font(Role.CAPTION, bold=is_sorted)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink" if is_sorted else "ink2"))
        words = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        is_right = column.kind is CellKind.AMOUNT
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            words.adjusted(0, 0, 0 if is_right else 2, 0), Qt.AlignmentFlag.AlignVCenter | side, column.title
        )
        if is_sorted:
            left = words.left() + QFontMetricsF(font).horizontalAdvance(column.title) + _ARROW_GAP
            arrow = QRectF(left, words.center().y() - _ARROW / 2, _ARROW, _ARROW)
            self._look.icons.paint(painter, "sort_down" if self._order is _DESCENDING else "sort_up", arrow, "ink", 2)

    def _tick_state(self) -> Qt.CheckState:
        ticked = len(self.rows.ticked())
        tickable = sum(self.rows.row(place).can_tick for place in range(self.rows.rowCount()))
        if not ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if ticked == tickable else Qt.CheckState.PartiallyChecked

    def _press(self, section: int) -> None:
        column = self.rows.columns[section]
        if column.kind is CellKind.TICK:
            self.rows.tick_all(is_on=self._tick_state() is not Qt.CheckState.Checked)
        elif column.is_sortable:
            is_turned = section == self._sorted and self._order is _DESCENDING
            self.sort_by(section, _ASCENDING if is_turned else _DESCENDING)
