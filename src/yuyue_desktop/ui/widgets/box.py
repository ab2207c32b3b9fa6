"""A card: ground, hairline and title row around a content; knows no content."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

_STRIPE = 3.5


class Panel(QWidget):
    """A rounded ground with a hairline; `stripe` colours its left edge."""

    def __init__(self, look: Look, ground: str = "surface", edge: str = "line", *, stripe: str = "") -> None:
        super().__init__()
        self._look = look
        self._ground = ground
        self._edge = edge
        self._stripe = stripe
        look.changed.connect(self.update)

    def set_tone(self, ground: str, edge: str, stripe: str = "") -> None:
        """Takes other colours."""
        self._ground, self._edge, self._stripe = ground, edge, stripe
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        panel(painter, rect, Radius.CARD, self._look.colour(self._ground), self._look.colour(self._edge))
        if self._stripe:
            shape = QPainterPath()
            shape.addRoundedRect(rect, Radius.CARD, Radius.CARD)
            painter.setClipPath(shape)
            painter.fillRect(QRectF(0, 0, _STRIPE, rect.height()), self._look.colour(self._stripe))


class Box(Panel):
    """A card with a title, a note beside it and tools at its right; what it holds goes into `body`."""

    def __init__(self, look: Look, title: str, note: str = "", *, icon: str = "", ground: str = "surface") -> None:
        super().__init__(look, ground)
        self.setAccessibleName(title)
        self._title = Text(look, title, Role.SECTION, is_bold=True)
        self._title.setMinimumHeight(look.measures.tool_height)  # heads are level, with tools or without
        self._note = Text(look, note, Role.CAPTION, "ink2")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(Space.L, 6, Space.S, 6)
        self._head.setSpacing(Space.S)
        if icon:
            self._head.addWidget(IconView(look, icon, "ink2", 18))
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(1, 0, 1, Space.XS)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str, colour: str = "ink2") -> None:
        """What stands beside the title, e.g. a count."""
        self._note.setText(note)
        self._note.set_colour(colour)

    def add_tool(self, tool: QWidget) -> None:
        """Puts a button at the right of the title row."""
        self._head.addWidget(tool)
