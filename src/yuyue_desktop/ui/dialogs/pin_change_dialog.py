"""Asks for a card's PIN and the one it is to have from now on (B15); keeps nothing, knows no card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.dialogs.facts_box import Facts, FactsBox
from yuyue_desktop.ui.dialogs.pin_entry import FULL_WIDTH_WORDS, PinEntry, length_words
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.text import Text

NEW, AGAIN = "新密码", "再输一次新密码"
NOTE = "现在的卡密码，输错会用掉一次机会"
ADVICE = "新密码只写进卡里，程序不保存。忘了要带卡和证件到电子口岸数据分中心重设。"


class PinChangeDialog(Dialog):
    """`entered` carries the PIN and the new one, once per try; `cancelled` says that the PIN stays."""

    entered = Signal(str, str)
    cancelled = Signal()

    def __init__(
        self, look: Look, window: QWidget, facts: Facts, *, least: int, most: int, is_practice: bool = False
    ) -> None:
        super().__init__(look, window, "更改卡密码", "key", is_practice=is_practice)
        self._least, self._most = least, most
        self.entry = PinEntry(look, NOTE, least=least, most=most)
        hint = f"{length_words(least, most)}，半角，区分大小写"
        self.new, self.again = (self._secret(name, hint) for name in (NEW, AGAIN))
        self._problem = Text(look, ADVICE, Role.CAPTION, "ink2", is_wrapped=True)
        self.cancel = Button(look, "取消", keys="Esc")
        self.act = Button(look, "更改", ButtonKind.PRIMARY, icon="check", keys="Enter")
        self.cancel.clicked.connect(self.escape)
        self.act.clicked.connect(self._submit)
        self.entry.opened.connect(self.act.setEnabled)
        self.entry.submitted.connect(self._hand_on)
        self.body.addWidget(FactsBox(look, facts))
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self.entry)
        for field, name in ((self.new, NEW), (self.again, AGAIN)):
            self.body.addWidget(FieldLabel(look, name, field, is_required=True), 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(field)
        self.body.addWidget(self._problem)
        self.add_buttons("", self.cancel, self.act)

    def say_wrong(self, words: str, left: int | None) -> None:
        """The card refused the PIN."""
        self._set_busy(is_busy=False)
        self.entry.show_tries(left)
        self.entry.say_wrong(words)
        self.entry.first_focus().setFocus()

    def escape(self) -> None:
        """The PIN stays as it is."""
        for field in (self.new, self.again):
            field.set_text("")
        self.entry.clear()
        self.cancelled.emit()
        self.dismiss()

    def _secret(self, name: str, hint: str) -> Field:
        field = Field(self._look, name, kind=Kind.REQUIRED, hint=hint)
        field.set_secret("显示密码")
        field.editor.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        field.editor.add_key_taker(self._take_key)
        field.edited.connect(lambda _text: self._say("", field))
        return field

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
            return True
        return False

    def _submit(self) -> None:
        """What can't be the new PIN is said before the card is asked."""
        problem, field = self._new_problem()
        if not self.entry.field.text:
            self.entry.submit()
            self.entry.first_focus().setFocus()
        elif problem:
            self._say(problem, field)
            field.setFocus()
        else:
            self.entry.submit()

    def _new_problem(self) -> tuple[str, Field]:
        new = self.new.text
        if not new.isascii():
            return FULL_WIDTH_WORDS, self.new
        if not self._least <= len(new) <= self._most:
            return f"新密码应为 {length_words(self._least, self._most)}，现为 {len(new)} 位", self.new
        if new == self.entry.field.text:
            return "新密码与现在的密码相同", self.new
        return ("", self.new) if new == self.again.text else ("两次输入的新密码不同", self.again)

    def _hand_on(self, pin: str) -> None:
        new = self.new.text
        for field in (self.new, self.again):
            field.set_text("")
        self._set_busy(is_busy=True)
        self.entered.emit(pin, new)

    def _set_busy(self, *, is_busy: bool) -> None:
        self.entry.set_locked(is_locked=is_busy)
        self.entry.set_note("正在更改…" if is_busy else NOTE)
        for field in (self.new, self.again):
            field.set_locked(is_busy)

    def _say(self, problem: str, field: Field) -> None:
        for one in (self.new, self.again):
            one.set_problem(Condition.WRONG if problem and one is field else Condition.FINE, problem)
        self._problem.setText(problem or ADVICE)
        self._problem.set_colour("red" if problem else "ink2")
        if problem:
            announce(field, problem)

    def _first_focus(self) -> QWidget:
        return self.entry.first_focus()
