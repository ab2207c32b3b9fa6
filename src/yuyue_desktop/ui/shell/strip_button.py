"""A sign-only button of the tab strip; knows no tab."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start

_SIZE = QSize(28, 28)
_ICON = 16


class StripButton(QAbstractButton):
    """A sign with an accessible name; quiet where it leads nowhere further."""

    def __init__(self, look: Look, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._is_quiet = False
        self.setFixedSize(_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(name)
        look.changed.connect(self.update)

    def set_quiet(self, is_quiet: bool) -> None:
        """Draw the sign as one that leads nowhere further."""
        self._is_quiet = is_quiet
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            panel(painter, ground, Radius.FIELD, self._look.colour("press"))
        if self.hasFocus():
            panel(painter, ground, Radius.FIELD, None, self._look.colour("accent"), width=FOCUS_WIDTH)
        centre = ground.center()
        icon = QRectF(centre.x() - _ICON / 2, centre.y() - _ICON / 2, _ICON, _ICON)
        self._look.icons.paint(painter, self._icon, icon, "ink_off" if self._is_quiet else "ink2", 1.8)
