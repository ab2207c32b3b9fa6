"""The product's mark in front of its name; knows nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.painting import start

_SIDE = 24
_CORNER = 6
_STROKE = 2.0


class Mark(QWidget):
    """A gate with a clock's hand on a blue ground."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(_SIDE, _SIDE)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        self._look.icons.paint(painter, "mark", QRectF(self.rect()), "on_accent", _STROKE)
