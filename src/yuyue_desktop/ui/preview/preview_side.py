"""A PDF to look at beside the form, where the window is wide enough to go on filling in (S19); knows no form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.preview.preview_pane import KEYS, PreviewedFile, PreviewPane
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.text import Text


class PreviewSide(QWidget):
    """Esc, while the keyboard is in it, and its button close it; the keyboard then goes back to where it came from."""

    closed = Signal()

    def __init__(self, look: Look, file: PreviewedFile) -> None:
        super().__init__()
        self._look = look
        self._opener = QApplication.focusWidget()
        self.setAccessibleName(f"预览 {file.attachment.name}")
        self.pane = PreviewPane(look, file, is_narrow=True)
        self._close = Button(look, "关闭", ButtonKind.GHOST, icon="cross", keys="Esc", is_small=True)
        self._close.clicked.connect(self.shut)
        head = QHBoxLayout()
        head.addWidget(Text(look, "预览", Role.SECTION, is_bold=True), 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self.pane, 1)
        column.addWidget(Text(look, KEYS, Role.CAPTION, "ink2", is_wrapped=True))
        look.changed.connect(self.update)

    def take_focus(self) -> None:
        """The keyboard turns the pages."""
        self.pane.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Take it away."""
        opener, focused = self._opener, QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if had_focus and opener is not None and isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._look.colour("line"))
