"""The program's sign beside the system's clock: what is due, and messages while the window is away (B4, S32).

Where the system has no such place nothing happens; knows no receipt.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.mark import paint_mark

TITLE = "预约通关"
_ICON_PIXELS = 32


class Tray(QObject):
    """`opened`: the clerk wants the window. `is_there` is False where the system has no place for it."""

    opened = Signal()

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.words = TITLE
        self._icon = _icon(look, self) if QSystemTrayIcon.isSystemTrayAvailable() else None
        if self._icon is not None:
            self._icon.activated.connect(lambda _reason: self.opened.emit())
            self._icon.messageClicked.connect(self.opened)
        self.show_counts(0, 0)

    @property
    def is_there(self) -> bool:
        """Whether anything can be seen of it."""
        return self._icon is not None

    def show_counts(self, feedback: int, unread: int) -> None:
        """How many feedbacks are due and receipts unread; nothing of either for somebody who is signed out."""
        parts = [f"待反馈 {feedback} 份"] if feedback else []
        parts += [f"未读回执 {unread} 条"] if unread else []
        self.words = " · ".join([TITLE, *parts])
        if self._icon is not None:
            self._icon.setToolTip(self.words)
            self._icon.show()

    def tell(self, title: str, text: str) -> None:
        """Say something beside the clock."""
        if self._icon is not None:
            self._icon.showMessage(title, text, self._icon.icon())


def _icon(look: Look, parent: QObject) -> QSystemTrayIcon:
    picture = QPixmap(_ICON_PIXELS, _ICON_PIXELS)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, look, QRectF(picture.rect()))
    painter.end()
    return QSystemTrayIcon(QIcon(picture), parent)
