"""Paints the cells of a table: words, codes, links, chips, time left and check boxes; knows no row's meaning."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.tables.chip_faces import face_of
from yuyue_desktop.ui.tables.columns import CellKind
from yuyue_desktop.ui.tables.row_model import Index, RowModel
from yuyue_desktop.ui.tables.rows import Cell, Urgency
from yuyue_desktop.ui.tables.tick_box import paint_tick_box
from yuyue_desktop.ui.widgets.chip import ChipFace, chip_size, paint_chip
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel

CELL_PADDING = 10
CHOSEN_BAR = 3
_CHIP_INSET = 8
_DUE_ICON = 15
_DUE_GAP = 5

_DUE_INKS = {Urgency.CALM: "ink2", Urgency.SOON: "amber", Urgency.LATE: "red"}
_ENDS = Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class Surroundings:
    """What the view knows and a cell needs: whether rows alternate, which column is first, what the pointer is on."""

    has_zebra: bool = False
    first_column: int = 0
    hovered: QPersistentModelIndex | None = None
    ground: str = "surface"


class CellPainter(QStyledItemDelegate):
    """One painter per table."""

    def __init__(self, look: Look, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._around = surroundings

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, RowModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        state = QStyle.StateFlag(option.state)
        self._paint_ground(painter, rect, index, is_chosen=bool(state & QStyle.StateFlag.State_Selected))
        kind = model.columns[index.column()].kind
        if kind is CellKind.TICK:
            ticked = model.data(index, Qt.ItemDataRole.CheckStateRole)
            if ticked is not None:
                paint_tick_box(painter, self._look, rect.center(), ticked)
        else:
            self._paint_content(painter, rect, kind, model.cell(index), is_pointed=self._is_pointed(index))
        if state & QStyle.StateFlag.State_HasFocus:
            ring = rect.adjusted(1, 1, -1, -1)
            panel(painter, ring, Radius.FIELD - 1, None, self._look.colour("accent"), width=FOCUS_WIDTH)
        painter.restore()

    def width(self, kind: CellKind, cell: Cell) -> float:
        """Pixels that a cell needs to show all it holds."""
        face = chip_of(kind, cell)
        if face is not None:
            return chip_size(self._look, face).width() + 2 * _CHIP_INSET
        words = QFontMetricsF(self.font(kind, cell)).horizontalAdvance(cell.text)
        icon = _DUE_ICON + _DUE_GAP if kind is CellKind.DUE and cell.urgency is not None else 0
        return 2 * CELL_PADDING + icon + words

    def font(self, kind: CellKind, cell: Cell) -> QFont:
        """The font of a cell's words."""
        is_pressing = kind is CellKind.DUE and cell.urgency in (Urgency.SOON, Urgency.LATE)
        return self._look.font(Role.LABEL, bold=is_pressing)

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index, *, is_chosen: bool) -> None:
        if is_chosen:
            painter.fillRect(rect, self._look.colour("accent_soft"))
            if index.column() == self._around.first_column:
                bar = QRectF(rect.left(), rect.top(), CHOSEN_BAR, rect.height())
                painter.fillRect(bar, self._look.colour("accent"))
        elif self._around.has_zebra and index.row() % 2:
            painter.fillRect(rect, self._look.colour("zebra"))

    def _paint_content(self, painter: QPainter, rect: QRectF, kind: CellKind, cell: Cell, *, is_pointed: bool) -> None:
        face = chip_of(kind, cell)
        if face is not None:
            size = chip_size(self._look, face)
            top = round(rect.center().y() - size.height() / 2)
            chip = QRectF(rect.left() + _CHIP_INSET, top, size.width(), size.height())
            is_underlined = is_pointed and kind is CellKind.CHIP_LINK
            paint_chip(painter, self._look, chip, face, is_underlined=is_underlined)
            return
        room = rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        if kind is CellKind.DUE and cell.urgency is not None:
            self._paint_due_sign(painter, room, cell.urgency)
            room.setLeft(room.left() + _DUE_ICON + _DUE_GAP)
        self._paint_words(painter, room, kind, cell, is_pointed=is_pointed)

    def _paint_due_sign(self, painter: QPainter, room: QRectF, urgency: Urgency) -> None:
        sign = QRectF(room.left(), room.center().y() - _DUE_ICON / 2, _DUE_ICON, _DUE_ICON)
        icon = "warning" if urgency is Urgency.LATE else "clock"
        self._look.icons.paint(painter, icon, sign, _DUE_INKS[urgency], 1.6)

    def _paint_words(self, painter: QPainter, room: QRectF, kind: CellKind, cell: Cell, *, is_pointed: bool) -> None:
        font = self.font(kind, cell)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        is_right = kind is CellKind.AMOUNT
        painter.setFont(font)
        painter.setPen(self._look.colour(_ink(kind, cell, is_pointed=is_pointed)))
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room.adjusted(0, 0, 0 if is_right else 2, 0), _ENDS | side, words)
        if kind is CellKind.LINK:
            self._paint_underline(painter, room, metrics.horizontalAdvance(words), is_pointed=is_pointed)

    def _paint_underline(self, painter: QPainter, room: QRectF, width: float, *, is_pointed: bool) -> None:
        colour = self._look.colour("accent" if is_pointed else "accent_line")
        foot = round(room.center().y() + QFontMetricsF(painter.font()).ascent() / 2 + 2)
        painter.fillRect(QRectF(room.left(), foot, round(width), 1), colour)

    def _is_pointed(self, index: Index) -> bool:
        hovered = self._around.hovered
        return hovered is not None and hovered == QPersistentModelIndex(index)


def chip_of(kind: CellKind, cell: Cell) -> ChipFace | None:
    """What a cell of a chip column shows, None for an empty cell and in other columns."""
    is_chip = kind in (CellKind.CHIP, CellKind.CHIP_LINK) and bool(cell.text)
    return (cell.face or face_of(cell.text)) if is_chip else None


def link_area(rect: QRectF, width: float) -> QRectF:
    """The part of a cell that is its link, `width` being what the cell needs."""
    return QRectF(rect.topLeft(), QPointF(min(rect.right(), rect.left() + width), rect.bottom()))


def _ink(kind: CellKind, cell: Cell, *, is_pointed: bool) -> str:
    if kind is CellKind.DUE and cell.urgency is not None:
        return _DUE_INKS[cell.urgency]
    if kind in (CellKind.QUIET, CellKind.DUE):
        return "ink2"
    if kind is CellKind.LINK:
        return "accent_hover" if is_pointed else "accent"
    return "ink"
