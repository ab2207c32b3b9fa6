"""A drawer at the right of the window: heading, what scrolls, a promise at its foot; knows not what is in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.scroll import Scroll
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

WIDTH = 500

_SHADOW = 16


class Drawer(QWidget):
    """`body` takes what it shows, `count` stands beside the title; `close_asked` comes from Esc and the cross."""

    close_asked = Signal()

    def __init__(self, look: Look, title: str, icon: str, promise: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(title)
        self.count = Text(look, "", Role.LABEL, "ink2")
        self.close_button = Button(look, "", ButtonKind.GHOST, icon="cross", is_small=True, name="关闭 Esc")
        self.close_button.clicked.connect(self.close_asked)
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.S)
        self._head.addWidget(IconView(look, icon, "ink", 20))
        self._head.addWidget(Text(look, title, Role.FORM_TITLE, is_bold=True))
        self._head.addWidget(self.count)
        self._head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, Space.XS, 0)
        self.body.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SHADOW + 20, Space.L, Space.L, Space.M)
        column.setSpacing(Space.M)
        column.addLayout(self._head)
        column.addWidget(self._scroll(), 1)
        column.addWidget(Text(look, promise, Role.CAPTION, "ink2", is_wrapped=True))
        look.changed.connect(self.update)

    def add_tool(self, tool: QWidget) -> None:
        """Put a button at the right of the heading."""
        self._head.addWidget(tool)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH + _SHADOW, 600)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect().adjusted(_SHADOW, 0, 0, 0), self._look.colour("zebra"))
        shade = QLinearGradient(0, 0, _SHADOW, 0)
        shade.setColorAt(0, self._look.colour("shadow", 0))
        shade.setColorAt(1, self._look.colour("shadow"))
        painter.fillRect(0, 0, _SHADOW, self.height(), shade)
        painter.fillRect(_SHADOW, 0, 1, self.height(), self._look.colour("line_strong"))

    def _scroll(self) -> Scroll:
        inside = QWidget()
        inside.setLayout(self.body)
        return Scroll(inside)
