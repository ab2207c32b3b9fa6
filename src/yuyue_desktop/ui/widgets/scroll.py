"""A part of the window that scrolls: no frame, no stop of Tab, what gets the focus is in view; knows no content."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from yuyue_desktop.ui.widgets.focus import watch_focus


class Scroll(QScrollArea):
    """As wide as its place; it scrolls sideways too unless `is_upright`. The ground is that of what it lies on."""

    def __init__(self, content: QWidget, *, is_upright: bool = True) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if is_upright:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        # Qt itself follows Tab from stop to stop inside, not into the area from what is beside it.
        watch_focus(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        is_inside = new is not None and self._content.isAncestorOf(new)
        if new is not None and is_inside and not QApplication.mouseButtons():  # what is pressed must not move away
            self.ensureWidgetVisible(new)
