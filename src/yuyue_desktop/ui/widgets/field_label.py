"""The label of a field: right-aligned, with a place kept for the red star so that all labels end on one line (S10)."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import start

_STAR_ROOM = 8.0
_STAR_GAP = 2.0


class FieldLabel(QLabel):
    """A label that belongs to `buddy`; a click on it puts the focus there."""

    def __init__(self, look: Look, text: str, buddy: QWidget | None = None, *, is_required: bool = False) -> None:
        super().__init__(text)
        self._look = look
        self._is_required = is_required
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        if buddy is not None:
            self.setBuddy(buddy)
        look.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._look.font(Role.LABEL))
        width = metrics.horizontalAdvance(self.text()) + _STAR_GAP + _STAR_ROOM
        return QSize(ceil(width), ceil(metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        font = self._look.font(Role.LABEL)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink2"))
        right = self.width() - _STAR_ROOM
        place = QRectF(0, 0, right - _STAR_GAP, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._is_required:
            painter.setFont(self._look.font(Role.BODY, bold=True))
            painter.setPen(self._look.colour("red"))
            star = QRectF(right, 1, _STAR_ROOM, self.height())
            painter.drawText(star, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "*")

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
