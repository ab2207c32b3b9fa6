"""随附补充材料: the files of an application against the limits (S19); reads no file itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.limits import AttachmentLimits, attachment_limits
from yuyue_desktop.ui.forms.file_intake import FileIntake
from yuyue_desktop.ui.forms.file_words import file_words
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.file_name import FileName
from yuyue_desktop.ui.widgets.page_bars import PageBars
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

_BARS_WIDTH = 170


class UploadBar(FileIntake):
    """The button 上传PDF and how many files there are."""

    upload_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.button = Button(look, "上传PDF", ButtonKind.OUTLINED, icon="upload")
        self.button.clicked.connect(self.upload_asked)
        self._count = Text(look, "", Role.LABEL, "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.button)
        row.addWidget(self._count, 1)

    def show_count(self, count: int, limit: int, *, is_editable: bool) -> None:
        """Says how many there are and may be."""
        have = f"已有 {count} 个" if count else "还没有"
        self._count.setText(f"{have}（最多可上传{limit}个PDF文件）" if is_editable else f"共 {count} 个")
        self.button.setVisible(is_editable)
        self.setAcceptDrops(is_editable)


class _FileRow(Panel):
    def __init__(self, look: Look, attachment: Attachment, limits: AttachmentLimits, *, is_editable: bool) -> None:
        said = file_words(attachment, limits)
        self.is_wrong = is_wrong = bool(said.problem)
        super().__init__(look, "red_soft" if is_wrong else "menu", "red_line" if is_wrong else "line")
        self.attachment = attachment
        self.setAccessibleName(f"{attachment.name}，{said.detail}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(FileName(look, attachment.name))
        words.addWidget(Text(look, said.detail, Role.CAPTION, "red" if is_wrong else "ink2"))
        bars = PageBars(look)
        bars.show_pages(attachment.pages, limits.page_bytes)
        self.preview = Button(look, "预览", ButtonKind.GHOST, icon="eye", is_small=True, name=f"预览 {attachment.name}")
        self.fit = Button(look, "自动压缩", ButtonKind.OUTLINED, icon="fit", is_small=True)
        self.fit.setVisible(is_editable and said.is_fittable)
        self.remove = Button(look, "", ButtonKind.GHOST, icon="trash", is_small=True, name=f"移除 {attachment.name}")
        self.remove.setVisible(is_editable)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 1, Space.XS, 1)
        row.setSpacing(Space.M)
        row.addWidget(IconView(look, "alert" if is_wrong else "file", "red" if is_wrong else "ink2", 18))
        row.addLayout(words, 1)
        row.addWidget(_held(bars, Qt.AlignmentFlag.AlignLeft, _BARS_WIDTH))
        row.addWidget(_held(self.fit, Qt.AlignmentFlag.AlignRight, self.fit.sizeHint().width()))
        row.addWidget(self.preview)
        row.addWidget(self.remove)


def _held(widget: QWidget, side: Qt.AlignmentFlag, width: int) -> QWidget:
    """Keeps the same place in every row, whether or not its widget is shown."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, side)
    holder.setFixedWidth(width)
    return holder


class AttachmentsPanel(FileIntake):
    """One row per file; `changed` carries the files that stay when one was removed.

    `offer_acts` says which of 预览 and 自动压缩 there is somebody to do; both are offered until then.
    """

    changed = Signal(tuple)
    preview_asked = Signal(str)
    fit_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._attachments: tuple[Attachment, ...] | None = None
        self._is_editable = False
        self._can_preview = self._can_fit = True
        self._rows: list[_FileRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self.setAccessibleName("随附补充材料")

    def offer_acts(self, *, can_preview: bool, can_fit: bool) -> None:
        """Show only acts that lead somewhere."""
        self._can_preview, self._can_fit = can_preview, can_fit
        for row in self._rows:
            self._limit(row)

    def show_attachments(self, attachments: Sequence[Attachment], today: date, *, is_editable: bool) -> None:
        """Shows the files; `today` decides which limits hold."""
        if (tuple(attachments), is_editable) == (self._attachments, self._is_editable):
            return
        self._attachments, self._is_editable = tuple(attachments), is_editable
        self.setAcceptDrops(is_editable)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        limits = attachment_limits(today)
        self._rows = [_FileRow(self._look, file, limits, is_editable=is_editable) for file in attachments]
        for row in self._rows:
            self._connect(row)
            self._limit(row)
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def focus_first_wrong(self) -> None:
        """Puts the focus on the first file that breaks a limit, on the act that mends it."""
        wrong = [row for row in self._rows if row.is_wrong] or self._rows
        for row in wrong[:1]:
            acts = (row.fit, row.preview, row.remove)
            next(act for act in acts if not act.isHidden()).setFocus()

    def _limit(self, row: _FileRow) -> None:
        if not self._can_preview:
            row.preview.hide()
        if not self._can_fit:
            row.fit.hide()

    def _connect(self, row: _FileRow) -> None:
        file = row.attachment
        row.preview.clicked.connect(lambda: self.preview_asked.emit(file.sha256))
        row.fit.clicked.connect(lambda: self.fit_asked.emit(file.sha256))
        row.remove.clicked.connect(lambda: self._remove(file))

    def _remove(self, file: Attachment) -> None:
        self.changed.emit(tuple(other for other in self._attachments or () if other != file))
