"""The rail as one line under the head of a narrow window: time left and how much is missing; knows no rule."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.time_content import time_content
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text


class RailLine(QWidget):
    """`asked` when the whole rail is wanted."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = IconView(look, "clock", "ink2")
        self._words = Text(look, "", Role.LABEL, is_bold=True)
        self._open = Button(look, "展开", ButtonKind.GHOST, keys="F8", is_small=True, name="展开时间与待办")
        self._open.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 2, Space.L, 2)
        row.setSpacing(Space.S)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._open)

    def show_state(self, state: FormState) -> None:
        """Says how long is left and how many things are missing."""
        content = time_content(state)
        missing = len(state.obstacles) if state.is_editable else 0
        words = f"{content.caption}：{content.figure}"
        self._words.setText(f"{words} · 差 {missing} 项" if missing else words)
        self._words.set_colour(content.colour)
        self._icon.show_icon("clock", content.colour)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        painter.fillRect(QRectF(self.rect()), self._look.colour("menu"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self._look.colour("line"))
