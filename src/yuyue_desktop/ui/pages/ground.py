"""A plain ground in one colour with hairlines at its edges; knows no content."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look


class Ground(QWidget):
    """`above` and `below` name the colours of the lines at its upper and lower edge."""

    def __init__(self, look: Look, colour: str = "surface", *, above: str = "", below: str = "") -> None:
        super().__init__()
        self._look = look
        self._colour = colour
        self._above = above
        self._below = below
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour(self._colour))
        if self._above:
            painter.fillRect(0, 0, self.width(), 1, self._look.colour(self._above))
        if self._below:
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour(self._below))
