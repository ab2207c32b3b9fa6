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
from yuyue_desktop.ui.widgets.banner import Banner, BannerTone
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.check import Check

LAST_TRY_TITLE = "只剩最后 1 次"
LAST_TRY_ADVICE = "再输错，卡就锁住，今天无法提交。解锁要带卡和证件到电子口岸数据分中心办理。不确定密码就先取消。"
LAST_TRY_TICK = "我知道后果，仍要试这最后一次"


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
        self.confirmation = Check(look, LAST_TRY_TICK)
        self.confirmation.toggled.connect(lambda _on: self._guard())
        self._warning = Banner(look, "warning", BannerTone.RED)
        self._warning.say(LAST_TRY_TITLE, LAST_TRY_ADVICE)
        self._warning.add_below(self.confirmation)
        self._warning.hide()
        self._is_last = False
        self._is_busy = False
        self.cancel = Button(look, "取消", keys="Esc")
        self.cancel.clicked.connect(self.escape)
        self.act = Button(look, request.act, ButtonKind.PRIMARY, icon="plane", keys="Enter")
        self.act.clicked.connect(self.entry.submit)
        self.body.addWidget(FactsBox(look, request.facts))
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self._warning)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self.entry)
        self.add_buttons(request.reassurance, self.cancel, self.act)

    def show_tries(self, left: int | None, most: int = 0) -> None:
        """Say how many tries are left, before the PIN is asked; at the last one it must be confirmed first."""
        self.entry.tries.show_tries(left, most)
        self._is_last = left == 1
        self.confirmation.setChecked(False)
        self._warning.setVisible(self._is_last)
        self._guard()

    def say_wrong(self, words: str, left: int | None, most: int = 0) -> None:
        """The card refused the PIN."""
        self._is_busy = False
        self.show_tries(left, most)
        self.entry.say_wrong(words)
        if not self._is_last:
            self.entry.setFocus()

    def escape(self) -> None:
        """Nothing is signed."""
        self.entry.clear()
        self.cancelled.emit()
        self.dismiss()

    def _submit(self, pin: str) -> None:
        self._is_busy = True
        self._guard()
        self.entry.set_note("正在签名…")
        self.pin_entered.emit(pin)

    def _guard(self) -> None:
        is_shut = self._is_last and not self.confirmation.isChecked()
        self.entry.set_locked(is_shut or self._is_busy)
        self.act.setEnabled(not is_shut and not self._is_busy)
        if self._is_last and not is_shut:
            self.entry.setFocus()

    def _first_focus(self) -> QWidget:
        return self.confirmation if self._is_last else self.entry.field.editor
