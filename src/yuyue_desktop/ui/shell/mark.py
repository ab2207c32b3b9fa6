"""The product's mark in front of its name; knows nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.painting import start

_SIDE = 24
_CORNER = 6
_STROKE = 2.0


def paint_mark(painter: QPainter, look: Look, rect: QRectF) -> None:
    """A gate with a clock's hand on a blue ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    painter.drawRoundedRect(rect, _CORNER, _CORNER)
    look.icons.paint(painter, "mark", rect, "on_accent", _STROKE)


class Mark(QWidget):
    """The mark as a widget."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(_SIDE, _SIDE)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_mark(start(self), self._look, QRectF(self.rect()))
