"""What the window shows until the store is open: the product's name, and what it waits for; knows no store."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.mark import Mark
from yuyue_desktop.ui.shell.practice_ribbon import FRAME_WIDTH, RIBBON_HEIGHT, PracticeRibbon
from yuyue_desktop.ui.shell.progress_line import PATIENCE_MS, ProgressLine
from yuyue_desktop.ui.shell.top_bar import PRODUCT_NAME
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.text import Text


class OpeningPage(QWidget):
    """`wait` and `rest` may be called in any order; a short wait says nothing."""

    def __init__(self, look: Look, *, is_practice: bool = False) -> None:
        super().__init__()
        self._look = look
        self._is_practice = is_practice
        self._awaited = ""
        self._words = Text(look, "", Role.BODY, "ink2")
        self._progress = ProgressLine(look, self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say)
        look.changed.connect(self.update)
        self._lay_out()

    def wait(self, words: str) -> None:
        """Something takes its time: say what, once it takes long enough to be noticed."""
        self._awaited = words
        self._progress.show_busy(is_busy=True)
        self._patience.start()

    def rest(self) -> None:
        """Nothing is waited for."""
        self._patience.stop()
        self._progress.show_busy(is_busy=False)
        self._words.setText("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("ribbon" if self._is_practice else "chrome"))
        edge = FRAME_WIDTH if self._is_practice else 0
        painter.fillRect(self.rect().adjusted(edge, 0, -edge, -edge), self._look.colour("chrome"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = RIBBON_HEIGHT if self._is_practice else 0
        self._progress.setGeometry(0, top, self.width(), self._progress.height())

    def _say(self) -> None:
        self._words.setText(self._awaited)
        announce(self, self._awaited)

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(Space.S)
        name.addStretch(1)
        name.addWidget(Mark(self._look))
        name.addWidget(Text(self._look, PRODUCT_NAME, Role.PAGE_TITLE, is_bold=True))
        name.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        if self._is_practice:
            column.addWidget(PracticeRibbon(self._look))
        column.addStretch(2)
        column.addLayout(name)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
