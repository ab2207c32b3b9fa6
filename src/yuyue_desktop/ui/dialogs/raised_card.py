"""A card raised over the ground by its shadow; knows no content."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius
from yuyue_desktop.ui.widgets.painting import panel, soft_shadow, start

SHADOW = 18
"""Pixels round the card that its shadow fades out in: its layout keeps them free."""


class RaisedCard(QWidget):
    """Ground, edge and shadow as dialogs have them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        soft_shadow(painter, self._look, rect, Radius.DIALOG, reach=SHADOW)
        panel(painter, rect, Radius.DIALOG, self._look.colour("surface"), self._look.colour("line_strong"))
