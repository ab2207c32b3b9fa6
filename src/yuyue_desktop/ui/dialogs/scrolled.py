"""Content of a dialog that scrolls where the window is too low for all of it; knows no content."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.widgets.scroll import Scroll

_LEAST_HEIGHT = 160


class Scrolled(Scroll):
    """As high as what is in it, if there is room; what has the focus is in view."""

    def __init__(self, content: QLayout) -> None:
        inside = self._inside = QWidget()
        super().__init__(inside)
        content.setContentsMargins(0, 0, Space.S, 0)
        inside.setLayout(content)
        content.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All of the content, at the width that it has."""
        inside = self._inside
        wanted = inside.sizeHint()
        height = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else wanted.height()
        return QSize(wanted.width(), max(height, 0) or wanted.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Enough to see that there is more."""
        return QSize(0, min(_LEAST_HEIGHT, self.sizeHint().height()))
