"""How many tries a card's PIN has left, as dots and in words (B15); knows no card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.text import Text

_DOT = 9.0
_STEP = 14.0


class _Dots(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.left = 0
        self.total = 0
        self.colour = "ink2"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(round(self.total * _STEP), round(_DOT) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        colour = self._look.colour(self.colour)
        painter.setPen(QPen(colour, 1.4))
        for place in range(self.total):
            painter.setBrush(colour if place < self.left else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(place * _STEP + 1, 1, _DOT - 1, _DOT - 1))


class TriesDots(QWidget):
    """Grey while all are left, amber after a failure, red at the last one; unknown says nothing but that."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._dots = _Dots(look)
        self._words = Text(look, "", Role.LABEL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self._dots)
        row.addWidget(self._words)

    def show_tries(self, left: int | None, total: int = 0) -> None:
        """Shows `left` of `total` tries; None where the card does not tell."""
        self._dots.setVisible(left is not None and total > 0)
        if left is None:
            self._say("剩余次数读不出", "ink2", is_bold=False)
            return
        colour = "red" if left <= 1 else "amber" if left < total else "ink2"
        self._dots.left, self._dots.total, self._dots.colour = left, total, colour
        self._dots.updateGeometry()
        self._dots.update()
        self._say(f"还可试 {left} 次" if left else "卡已锁住", colour, is_bold=left < total)

    def _say(self, words: str, colour: str, *, is_bold: bool) -> None:
        self._words.setText(words)
        self._words.set_colour(colour)
        self._words.set_bold(is_bold)
        self.setAccessibleName(words)
