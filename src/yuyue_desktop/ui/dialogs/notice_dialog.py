"""Tells what stopped an act and what to do, in one dialog with one button; knows no error."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.text import Text


class NoticeDialog(Dialog):
    """What happened is the title; the advice stands below. Enter and Esc close it."""

    def __init__(self, look: Look, window: QWidget, title: str, advice: str, *, is_practice: bool = False) -> None:
        super().__init__(look, window, title, "warning", is_practice=is_practice)
        self.body.addWidget(Text(look, advice, Role.BODY, "ink", is_wrapped=True))
        self.act = Button(look, "知道了", ButtonKind.PRIMARY, keys="Enter")
        self.act.clicked.connect(self.escape)
        self.add_buttons("", self.act)

    def escape(self) -> None:
        """Close."""
        self.dismiss()

    def _first_focus(self) -> QWidget:
        return self.act
