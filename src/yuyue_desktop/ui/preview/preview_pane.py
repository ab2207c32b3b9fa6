"""A PDF to look at: its name and numbers, its pages as they look, each page's size beside them (S19); reads no file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PageSize
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.preview.page_list import PageList
from yuyue_desktop.ui.preview.page_scroller import PageScroller
from yuyue_desktop.ui.shell.progress_line import PATIENCE_MS
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.file_name import FileName
from yuyue_desktop.ui.widgets.text import Text

KEYS = "PgUp PgDn 翻屏 · ← → 上一页、下一页 · Ctrl 加 + − 0 缩放"
NARROW_LIST = 164
"""Pixels of the pages' sizes in a narrow pane: their bars get shorter, so that the page itself can be read."""


@dataclass(frozen=True, slots=True)
class PreviewedFile:
    """What is told of the file: `summary` in numbers, `problem` what breaks a limit, empty for none."""

    attachment: Attachment
    limits: AttachmentLimits
    summary: str
    problem: str = ""


class PreviewPane(QWidget):
    """Whoever made it hears `pages.wanted` and shows what is drawn; in a `is_narrow` one the words take two lines."""

    def __init__(self, look: Look, file: PreviewedFile, *, is_narrow: bool = False) -> None:
        super().__init__()
        self._look = look
        self._pages_count = len(file.attachment.pages)
        self.list = PageList(look)
        self.list.show_pages(file.attachment.pages, file.limits.page_bytes)
        self.pages = PageScroller(look)
        self._place = Text(look, "", Role.LABEL, "ink2")
        self._zoom = Text(look, "适合宽度", Role.LABEL, "ink2")
        if is_narrow:
            self.list.setFixedWidth(NARROW_LIST)
        self._lay_out(file, is_narrow=is_narrow)
        self.pages.current_changed.connect(self._show_place)
        self.pages.zoom_changed.connect(lambda zoom: self._zoom.setText("适合宽度" if zoom == 1 else f"{zoom:.0%}"))
        self.list.chosen.connect(self.pages.go_to)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.pages.say("正在打开…"))
        self._patience.start()

    def show_pages(self, sizes: tuple[PageSize, ...]) -> None:
        """The file is open."""
        self._patience.stop()
        self._pages_count = len(sizes)
        self.pages.show_pages(sizes)
        self._show_place(0)

    def show_error(self, error: YuyueError) -> None:
        """The file can't be shown."""
        self._patience.stop()
        self.pages.say(str(error_words(error)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1, Qt.Key.Key_0: 0,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pages.step_zoom(step)
            return
        super().keyPressEvent(event)

    def _show_place(self, page: int) -> None:
        self._place.setText(f"第 {page + 1} / {self._pages_count} 页")
        self.list.follow(page)

    def _lay_out(self, file: PreviewedFile, *, is_narrow: bool) -> None:
        name = FileName(self._look, file.attachment.name, Role.BODY, is_bold=True)
        words, tools = self._words(file), self._tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(name, 1)
        column.addLayout(head)
        if is_narrow:
            words.addStretch(1)
            column.addLayout(words)
        else:
            head.addLayout(words)
            head.addSpacing(Space.M)
        head.addLayout(tools)
        middle = QHBoxLayout()
        middle.setSpacing(Space.S)
        middle.addWidget(self.list)
        middle.addWidget(self.pages, 1)
        column.addLayout(middle, 1)

    def _words(self, file: PreviewedFile) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(Text(self._look, file.summary, Role.LABEL, "ink2"))
        if file.problem:
            row.addWidget(Text(self._look, file.problem, Role.LABEL, "red", is_bold=True))
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._place)
        for icon, words, step in (("minus", "缩小", -1), ("fit", "适合宽度", 0), ("plus", "放大", 1)):
            button = Button(self._look, "", ButtonKind.GHOST, icon=icon, is_small=True, name=words)
            button.clicked.connect(lambda _checked=False, step=step: self.pages.step_zoom(step))
            row.addWidget(button)
        row.addWidget(self._zoom)
        return row
