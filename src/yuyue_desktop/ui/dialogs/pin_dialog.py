"""Asks for the card's PIN before it signs (S3, S4, B15); knows no card: what is true of it is told."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.dialogs.facts_box import Facts, FactsBox
from yuyue_desktop.ui.dialogs.pin_entry import PinEntry
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.widgets.button import Button, ButtonKind


@dataclass(frozen=True, slots=True)
class PinRequest:
    """What the PIN is for: `facts` say what, until when and with which card; `act` is the button's word."""

    facts: Facts
    act: str = "签名并提交"
    title: str = "用卡签名"
    note: str = "密码只用于这一次签名，不保存。"
    reassurance: str = "草稿已保存，取消不会丢内容"
    least_length: int = 6
    most_length: int = 16


class PinDialog(Dialog):
    """`pin_entered` carries the PIN, once per try; `cancelled` says that nothing is to be signed.

    The caller dismisses it when the card has signed, or when the card was pulled out.
    """

    pin_entered = Signal(str)
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget, request: PinRequest, *, is_practice: bool = False) -> None:
        super().__init__(look, window, request.title, "certificate", is_practice=is_practice)
        self.entry = PinEntry(look, request.note, least=request.least_length, most=request.most_length)
        self.entry.submitted.connect(self._submit)
        self.confirmation = self.entry.confirmation
        self.cancel = Button(look, "取消", keys="Esc")
        self.cancel.clicked.connect(self.escape)
        self.act = Button(look, request.act, ButtonKind.PRIMARY, icon="plane", keys="Enter")
        self.act.clicked.connect(self.entry.submit)
        self.entry.opened.connect(self.act.setEnabled)
        self.body.addWidget(FactsBox(look, request.facts))
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self.entry)
        self.add_buttons(request.reassurance, self.cancel, self.act)

    def show_tries(self, left: int | None, most: int = 0) -> None:
        """Say how many tries are left, before the PIN is asked; at the last one it must be confirmed first."""
        self.entry.show_tries(left, most)

    def say_wrong(self, words: str, left: int | None, most: int = 0) -> None:
        """The card refused the PIN."""
        self.entry.set_locked(is_locked=False)
        self.show_tries(left, most)
        self.entry.say_wrong(words)
        self.entry.first_focus().setFocus()

    def escape(self) -> None:
        """Nothing is signed."""
        self.entry.clear()
        self.cancelled.emit()
        self.dismiss()

    def _submit(self, pin: str) -> None:
        self.entry.set_locked(is_locked=True)
        self.entry.set_note("正在签名…")
        self.pin_entered.emit(pin)

    def _first_focus(self) -> QWidget:
        return self.entry.first_focus()
