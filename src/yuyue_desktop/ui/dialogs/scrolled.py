"""Content of a dialog that scrolls where the window is too low for all of it; knows no content."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from yuyue_desktop.ui.look.tokens import Space

_LEAST_HEIGHT = 160


class Scrolled(QScrollArea):
    """As high as what is in it, if there is room; what has the focus is in view."""

    def __init__(self, content: QLayout) -> None:
        super().__init__()
        inside = self._inside = QWidget()
        content.setContentsMargins(0, 0, Space.S, 0)
        inside.setLayout(content)
        content.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        inside.installEventFilter(self)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

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

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._inside.isAncestorOf(new):
            self.ensureWidgetVisible(new)

    def minimumSizeHint(self) -> QSize:
        """Enough to see that there is more."""
        return QSize(0, min(_LEAST_HEIGHT, self.sizeHint().height()))
