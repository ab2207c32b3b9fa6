"""A sign with one line of words, cut only where there is no room for them; knows no occasion."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role

_ICON = 15
_ICON_GAP = 6


class LineOfWords(QWidget):
    """A sign and one line of words, cut with an ellipsis only where the window is too narrow; nothing while empty."""

    def __init__(self, look: Look, icon: str, colour: str, role: Role, *, ink: str = "") -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._colour = colour
        self._ink = ink or colour
        self._role = role
        self.text = ""
        look.changed.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        """Show these words."""
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.text:
            return
        painter = QPainter(self)
        icon = QRectF(0, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._look.icons.paint(painter, self._icon, icon, self._colour, 1.7)
        font = self._look.font(self._role)
        painter.setFont(font)
        painter.setPen(self._look.colour(self._ink))
        room = QRectF(self.rect()).adjusted(_ICON + _ICON_GAP, 0, 0, 0)
        shown = QFontMetricsF(font).elidedText(self.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        self.setToolTip(self.text if shown != self.text else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._look.font(self._role))
        width = _ICON + _ICON_GAP + metrics.horizontalAdvance(self.text) + 1 if self.text else 0
        return QSize(round(width), round(metrics.height()))
