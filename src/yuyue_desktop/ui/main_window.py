"""The one window: the sign-in page or the work of a session, and what a window itself must do; knows no service."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.frame import LEAST_SIZE

FIRST_SIZE = QSize(1366, 768)
TITLE = "预约通关"
PRACTICE_TITLE = "练习 · 预约通关"
"""Both end with the program's display name, which Qt would otherwise put behind them."""


class MainWindow(QWidget):
    """`closing` comes before the window goes, so that what is typed can be put on the disk.

    The window then waits for `release`, or for `stay`; `overdue` comes when neither was said after `patience_ms`: no
    patience ends by itself in something typed being lost (B2).
    """

    closing = Signal()
    overdue = Signal()

    def __init__(self, look: Look, *, is_practice: bool = False, patience_ms: int = 5000) -> None:
        super().__init__()
        self._look = look
        self._stack = QStackedWidget()
        self._is_released = False
        self._is_closing = False
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self.overdue)
        self.setWindowTitle(PRACTICE_TITLE if is_practice else TITLE)
        self.setMinimumSize(*LEAST_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._fit_screen()

    def show_content(self, content: QWidget) -> None:
        """Show the sign-in page or the work of a session; what was shown before is deleted."""
        former = self._stack.currentWidget()
        self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()

    def come_to_front(self) -> None:
        """A second start wants this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def release(self) -> None:
        """Everything is on the disk: the window may go."""
        self._is_released = True
        self._patience.stop()
        if self._is_closing:
            self.close()

    def stay(self) -> None:
        """The clerk would rather not close now."""
        self._is_closing = False
        self._patience.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_released:
            event.accept()
            return
        event.ignore()
        if not self._is_closing:
            self._is_closing = True
            self._patience.start()
            self.closing.emit()
            event.setAccepted(self._is_released)  # nothing to wait for: released while it was told

    def _fit_screen(self) -> None:
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(FIRST_SIZE.boundedTo(room))
