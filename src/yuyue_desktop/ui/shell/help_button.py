"""The blue round button that opens the key help (S11); knows nothing of the help."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, start

_SIDE = 32
_DISC = 26
_ICON = 18


class HelpButton(QAbstractButton):
    """A keyboard drawn on a blue disc."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("快捷键说明")
        self.setToolTip("快捷键说明 Alt+K")
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        centre = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent_hover" if self.underMouse() else "accent"))
        painter.drawEllipse(centre, _DISC / 2, _DISC / 2)
        icon = QRectF(centre.x() - _ICON / 2, centre.y() - _ICON / 2, _ICON, _ICON)
        self._look.icons.paint(painter, "keyboard", icon, "on_accent")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent"), FOCUS_WIDTH))
            painter.drawEllipse(centre, _SIDE / 2 - 1, _SIDE / 2 - 1)
