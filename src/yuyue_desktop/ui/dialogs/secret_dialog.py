"""Asks for something that opens: a password, once or twice for a new one, or a code; knows not what it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.text import Text

NOT_THE_SAME = "两次输入的不一样，请再输一次"


def no_problem(_secret: str) -> str:
    """Anything may be what opens."""
    return ""


@dataclass(frozen=True, slots=True)
class SecretRequest:
    """What is asked for and why; `note` is the quiet line under the field.

    `again` names a second field for the same, where it is set for the first time; `other` is the word of the button
    that leads another way; `problem` tells in words why something can't be it, before it is handed on. What is not
    `is_hidden` stays in the field when it was wrong, to be corrected.
    """

    title: str
    explanation: str
    name: str
    note: str
    act: str = "打开"
    busy: str = "正在打开…"
    again: str = ""
    other: str = ""
    is_hidden: bool = True
    problem: Callable[[str], str] = no_problem


class SecretDialog(Dialog):
    """`entered` carries what was typed, once per try; the caller dismisses it when that opened.

    `other_wanted` and `cancelled` come after it went by itself.
    """

    entered = Signal(str)
    other_wanted = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, window: QWidget, request: SecretRequest, *, is_practice: bool = False) -> None:
        super().__init__(look, window, request.title, "lock", is_practice=is_practice)
        self._request = request
        self._is_busy = False
        self._words = Text(look, request.note, Role.CAPTION, "ink2", is_wrapped=True)
        self.fields = [self._field(name) for name in (request.name, request.again) if name]
        self.leave = Button(look, "退出", keys="Esc")
        self.leave.clicked.connect(self.escape)
        self.other = Button(look, request.other)
        self.other.clicked.connect(self._go_other_way)
        self.act = Button(look, request.act, ButtonKind.PRIMARY, keys="Enter")
        self.act.clicked.connect(self._submit)
        self.body.addWidget(Text(look, request.explanation, Role.BODY, "ink", is_wrapped=True))
        self.body.addSpacing(Space.XS)
        for field in self.fields:
            self.body.addLayout(self._labelled(field))
        self.body.addWidget(self._words)
        self.add_buttons("", self.leave, *([self.other] if request.other else []), self.act)

    def say_wrong(self, words: str) -> None:
        """It did not open: say why at the field and take the next try."""
        self._set_busy(is_busy=False)
        if self._request.is_hidden:
            self._clear()
        self._say(self.fields[0], words)

    def escape(self) -> None:
        """Nothing is opened."""
        self._clear()
        self.dismiss()
        self.cancelled.emit()

    def _go_other_way(self) -> None:
        self._clear()
        self.dismiss()
        self.other_wanted.emit()

    def _submit(self) -> None:
        secret, *again = (field.text for field in self.fields)
        if self._is_busy or self._is_refused(secret):
            return
        if again and again != [secret]:
            self._say(self.fields[1], NOT_THE_SAME if again[0] else f"请{self._request.again}")
        else:
            self._set_busy(is_busy=True)
            self.entered.emit(secret)

    def _is_refused(self, secret: str) -> bool:
        problem = self._request.problem(secret) if secret else f"还没有输入{self._request.name}"
        if problem:
            self._say(self.fields[0], problem)
        return bool(problem)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for field in self.fields:
            field.set_locked(is_busy)
        self.other.setEnabled(not is_busy)
        self._words.setText(self._request.busy if is_busy else self._request.note)
        self._words.set_colour("ink2")

    def _say(self, field: Field, words: str) -> None:
        field.set_problem(Condition.WRONG, words)
        self._words.setText(words)
        self._words.set_colour("red")
        announce(field, words)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_problem(self) -> None:
        for field in self.fields:
            field.set_problem(Condition.FINE)
        self._words.setText(self._request.note)
        self._words.set_colour("ink2")

    def _clear(self) -> None:
        for field in self.fields:
            field.set_text("")

    def _field(self, name: str) -> Field:
        field = Field(
            self._look, name, kind=Kind.REQUIRED, hint=self._request.note, is_narrow=not self._request.is_hidden
        )
        field.add_icon("key")
        if self._request.is_hidden:
            field.set_secret("显示密码")
            field.editor.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        field.edited.connect(lambda _text: self._forget_problem())
        field.editor.returnPressed.connect(lambda: self._go_on(field))
        return field

    def _labelled(self, field: Field) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        label = FieldLabel(self._look, field.editor.accessibleName(), field, is_required=True)
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(field)
        return column

    def _go_on(self, field: Field) -> None:
        """Enter: the next field, or the act."""
        if field is self.fields[-1] or self.fields[-1].text:
            self._submit()
        elif not self._is_refused(field.text):
            self.fields[-1].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _first_focus(self) -> QWidget:
        return self.fields[0].editor
