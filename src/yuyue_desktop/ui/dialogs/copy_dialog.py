"""Asks whether attachments come along when an application is copied (S11); knows no application."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.text import Text

TITLE = "复制成新草稿"
NOTE = "预约时间、编号和回执不复制"


class CopyDialog(Dialog):
    """`chosen` carries whether they come along; leaving the dialog copies nothing."""

    chosen = Signal(bool)

    def __init__(self, look: Look, window: QWidget, files: int, *, is_practice: bool = False) -> None:
        super().__init__(look, window, TITLE, "copy", is_practice=is_practice)
        self.body.addWidget(Text(look, f"原申请有 {files} 个附件，要一起复制吗？", Role.BODY, "ink", is_wrapped=True))
        self.leave = Button(look, "取消", keys="Esc")
        self.leave.clicked.connect(self.escape)
        self.without = Button(look, "不带附件")
        self.without.clicked.connect(lambda: self._choose(with_files=False))
        self.along = Button(look, "带上附件", ButtonKind.PRIMARY, keys="Enter")
        self.along.clicked.connect(lambda: self._choose(with_files=True))
        self.add_buttons(NOTE, self.leave, self.without, self.along)

    def _choose(self, *, with_files: bool) -> None:
        self.dismiss()
        self.chosen.emit(with_files)

    def _first_focus(self) -> QWidget:
        return self.along
