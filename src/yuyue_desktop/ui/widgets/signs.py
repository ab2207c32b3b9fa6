"""Small signs that stand beside words: an icon, the disc of an error, a key cap; knows no field."""

from __future__ import annotations

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import LARGE_STEP
from yuyue_desktop.ui.widgets.painting import KEY_CAP_HEIGHT, key_cap, key_cap_width, start


class IconView(QWidget):
    """One icon in a token's colour; decoration, so that screen readers pass it by."""

    def __init__(self, look: Look, name: str, colour: str = "ink2", size: int = 16) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._colour = colour
        self.setFixedSize(size, size)
        look.changed.connect(self.update)

    def show_icon(self, name: str, colour: str) -> None:
        """Takes another icon or colour."""
        self._name = name
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        self._look.icons.paint(painter, self._name, QRectF(self.rect()), self._colour)


class Mark(StrEnum):
    """What a problem does: an error blocks, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class ProblemSign(QWidget):
    """A white `!` in a red disc, or an amber triangle: the sign beside the colour (S10)."""

    _SIZE = 18

    def __init__(self, look: Look, mark: Mark = Mark.ERROR) -> None:
        super().__init__()
        self._look = look
        self._mark = mark
        self.setFixedSize(self._SIZE, self._SIZE)
        look.changed.connect(self.update)

    def set_mark(self, mark: Mark) -> None:
        """Error or warning."""
        self._mark = mark
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        if self._mark is Mark.WARNING:
            self._look.icons.paint(painter, "warning", rect, "amber")
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("red"))
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setBrush(self._look.colour("surface"))
        middle = rect.center()
        painter.drawRoundedRect(QRectF(middle.x() - 1, middle.y() - 5, 2, 6.5), 1, 1)
        painter.drawEllipse(QRectF(middle.x() - 1.2, middle.y() + 3, 2.4, 2.4))


class KeyCap(QWidget):
    """Keys in a cap, e.g. F8."""

    def __init__(self, look: Look, keys: str) -> None:
        super().__init__()
        self._look = look
        self._keys = keys
        self.setAccessibleName(keys)
        self._fit()
        look.changed.connect(self._fit)

    def _fit(self) -> None:
        height = KEY_CAP_HEIGHT + (LARGE_STEP if self._look.is_large else 0)
        self.setFixedSize(ceil(key_cap_width(self._look, self._keys)), ceil(height))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        look = self._look
        key_cap(
            painter, look, QRectF(self.rect()), self._keys, ink=look.colour("ink3"), edge=look.colour("line_strong")
        )
