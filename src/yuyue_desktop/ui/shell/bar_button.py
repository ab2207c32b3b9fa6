"""A state or act in the top bar: sign and word, boxed and bold when something is not fine; knows no state's meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start

_ICON = 16
_ICON_STROKE = 1.6
_ICON_GAP = 6


class BarButton(QAbstractButton):
    """Words and sign change with `show_state`; the button is as wide as they are."""

    def __init__(self, look: Look, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._is_alert = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_state(icon, text)
        look.changed.connect(self._dress)

    @property
    def is_alert(self) -> bool:
        """Whether it shows something that is not fine."""
        return self._is_alert

    def show_state(self, icon: str, text: str, *, is_alert: bool = False) -> None:
        """Show a sign and a word; `is_alert` boxes them in amber."""
        self._icon, self._is_alert = icon, is_alert
        self.setText(text)
        self.setAccessibleName(text)
        self._dress()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return QSize(round(Space.S + _ICON + _ICON_GAP + words + Space.S + 0.5), self._look.measures.tool_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        ink = "amber" if self._is_alert else "ink2"
        middle = box.center().y()
        self._look.icons.paint(
            painter, self._icon, QRectF(Space.S, middle - _ICON / 2, _ICON, _ICON), ink, _ICON_STROKE
        )
        painter.setFont(self._font())
        painter.setPen(self._look.colour(ink))
        words = QRectF(self.rect()).adjusted(Space.S + _ICON + _ICON_GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        look = self._look
        if self._is_alert:
            panel(painter, box, Radius.FIELD, look.colour("amber_soft"), look.colour("amber_line"))
        elif self.underMouse() or self.isDown():
            panel(painter, box, Radius.FIELD, look.colour("press"))
        if self.hasFocus():
            panel(painter, box, Radius.FIELD, None, look.colour("accent"), width=FOCUS_WIDTH)

    def _font(self) -> QFont:
        return self._look.font(Role.LABEL, bold=self._is_alert)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
