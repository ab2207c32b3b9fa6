"""随附单据编辑 (S19): 【添加文件】, a row for each file with its verdict, 【上传/保存】; reads and checks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.forms.file_intake import DROPPED_NO_FILE, NO_FILE_ADVICE, PASTED_NO_FILE, local_files
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.progress_line import HEIGHT as PROGRESS_HEIGHT
from yuyue_desktop.ui.shell.progress_line import ProgressLine
from yuyue_desktop.ui.upload.upload_list import UploadList
from yuyue_desktop.ui.upload.upload_row import UploadLine
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.text import Text

WIDTH = 780
_LIST_HEIGHT = 300
_LIST_SHARE = 0.42  # of the window's height, where that is low


class UploadDialog(Dialog):
    """`files_given` carries paths that were chosen, dropped or pasted; `saved` is 上传/保存, `left` 取消."""

    files_given = Signal(list)
    saved = Signal()
    left = Signal()

    def __init__(self, look: Look, window: QWidget, limits: str, *, is_practice: bool = False) -> None:
        super().__init__(look, window, "随附单据编辑", "upload", is_practice=is_practice, width=WIDTH)
        self.setAcceptDrops(True)
        self.add = Button(look, "添加文件", ButtonKind.OUTLINED, icon="plus")
        self.add.clicked.connect(self._choose)
        self.files = UploadList(look)
        self.files.focus_lost.connect(self.add.setFocus)
        self._note = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        self._progress = ProgressLine(look)
        self.save = Button(look, "上传/保存", ButtonKind.PRIMARY, keys="Enter")
        self.save.clicked.connect(self.saved)
        leave = Button(look, "取消", keys="Esc")
        leave.clicked.connect(self.escape)
        self._add_content(limits)
        self.add_buttons("原文件不会改动；保存之前单据也不变。", leave, self.save)

    @property
    def note(self) -> str:
        """What is said of all files together."""
        return self._note.text()

    def show_lines(self, lines: Sequence[UploadLine], note: str, *, is_busy: bool) -> None:
        """The files, what is said of them together, and whether some are still on their way."""
        self.files.show_lines(lines)
        self._say(note)
        self._progress.show_busy(is_busy=is_busy)

    def escape(self) -> None:
        """取消: nothing is taken over."""
        self.dismiss()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(local_files(QGuiApplication.clipboard().mimeData()), PASTED_NO_FILE)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(local_files(event.mimeData()), DROPPED_NO_FILE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.files.setFixedHeight(min(_LIST_HEIGHT, round(self.height() * _LIST_SHARE)))

    def _first_focus(self) -> QWidget:
        return self.save if self.files.rows else self.add

    def _choose(self) -> None:
        """【添加文件】→【打开】: the system's own dialog; several files may be chosen."""
        dialog = QFileDialog(self.window(), "添加文件", "", "PDF 文件 (*.pdf *.PDF)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._take([Path(name) for name in names], ""))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, files: list[Path], otherwise: str) -> None:
        if not files:
            self._say(f"{otherwise}。{NO_FILE_ADVICE}", is_wrong=True)
            return
        self.files_given.emit(files)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, *, is_wrong: bool = False) -> None:
        self._note.setText(words)
        self._note.set_colour("red" if is_wrong else "ink2")

    def _add_content(self, limits: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self.add)
        head.addWidget(Text(self._look, limits, Role.CAPTION, "ink2", is_wrapped=True), 1)
        line = QWidget()
        line.setFixedHeight(PROGRESS_HEIGHT)  # its place is kept while nothing is under way
        place = QVBoxLayout(line)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self._progress)
        self._note.setMinimumHeight(2 * self._note.fontMetrics().height())
        self.body.addLayout(head)
        for part in (line, self.files, self._note):
            self.body.addWidget(part)
