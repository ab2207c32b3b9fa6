"""The practice mark over everything: a hatched violet ribbon (B10); nothing like it exists outside practice."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space

RIBBON_HEIGHT = 30
FRAME_WIDTH = 3
"""Width of the violet frame round the whole window, in pixels."""

WORDS = "练习模式 · 这里的一切都不会发往海关"

_HATCH_STEP = 14
_HATCH_WIDTH = 5
_HATCH_ALPHA = 38
_ICON = 18


class PracticeRibbon(QWidget):
    """Says in words and pattern that nothing here goes to customs."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(RIBBON_HEIGHT)
        self.setAccessibleName(WORDS)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("ribbon"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("on_ribbon", _HATCH_ALPHA), _HATCH_WIDTH))
        for left in range(-RIBBON_HEIGHT, self.width(), _HATCH_STEP):
            painter.drawLine(QPointF(left, RIBBON_HEIGHT), QPointF(left + RIBBON_HEIGHT, 0))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        font = self._look.font(Role.LABEL, bold=True)
        words = QFontMetricsF(font).horizontalAdvance(WORDS)
        width = Space.L + _ICON + Space.S + words + Space.L
        plate = QRectF(round((self.width() - width) / 2), 0, round(width), self.height())
        painter.fillRect(plate, self._look.colour("ribbon"))
        icon = QRectF(plate.left() + Space.L, plate.center().y() - _ICON / 2, _ICON, _ICON)
        self._look.icons.paint(painter, "graduate", icon, "on_ribbon")
        painter.setFont(font)
        painter.setPen(self._look.colour("on_ribbon"))
        painter.drawText(plate.adjusted(Space.L + _ICON + Space.S, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, WORDS)
