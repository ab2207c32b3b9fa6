"""A key in its cap with a word beside it, pressed like a button; knows no act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, KEY_CAP_HEIGHT, key_cap, key_cap_width, panel, start

_HEIGHT = 26
_GAP = 6
_CORNER = 3.5


class KeyButton(QAbstractButton):
    """For example ⟨Alt+K⟩ 快捷键."""

    def __init__(self, look: Look, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._key = key
        self.setText(text)
        self.setAccessibleName(f"{text} {key}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font(Role.CAPTION)).horizontalAdvance(self.text())
        return QSize(round(2 + key_cap_width(self._look, self._key) + _GAP + words + 3), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        look = self._look
        cap = QRectF(2, round((self.height() - KEY_CAP_HEIGHT) / 2), key_cap_width(look, self._key), KEY_CAP_HEIGHT)
        panel(painter, cap, _CORNER, look.colour("surface"))
        ink = look.colour("accent" if self.underMouse() else "ink3")
        key_cap(painter, look, cap, self._key, ink=ink, edge=look.colour("line_strong"))
        painter.setPen(ink)
        painter.setFont(self._look.font(Role.CAPTION))
        words = QRectF(cap.right() + _GAP, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            panel(painter, QRectF(self.rect()), _CORNER, None, look.colour("accent"), width=FOCUS_WIDTH)
