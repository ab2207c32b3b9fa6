"""Asks before something that can't be taken back, with the focus on the harmless answer; knows no act."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.dialogs.facts_box import Facts, FactsBox
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `title` is the act, `consequence` what follows from it, `act` the word of the button that does it.

    `is_final` marks what can't be taken back: its button is red and the focus is on the other one.
    """

    title: str
    consequence: str
    act: str
    icon: str = "info"
    facts: Facts = ()
    keep: str = "取消"
    note: str = ""
    is_final: bool = True


class ConfirmDialog(Dialog):
    """`answered` carries whether the clerk wants it, once."""

    answered = Signal(bool)

    def __init__(self, look: Look, window: QWidget, question: Question, *, is_practice: bool = False) -> None:
        super().__init__(look, window, question.title, question.icon, is_practice=is_practice)
        self._is_final = question.is_final
        if question.facts:
            self.body.addWidget(FactsBox(look, question.facts))
        self.body.addWidget(Text(look, question.consequence, Role.BODY, "ink", is_wrapped=True))
        self.keep = Button(look, question.keep, keys="Esc")
        self.keep.clicked.connect(self.escape)
        kind = ButtonKind.DANGER_FILLED if question.is_final else ButtonKind.PRIMARY
        self.act = Button(look, question.act, kind, keys="" if question.is_final else "Enter")
        self.act.clicked.connect(lambda: self._answer(is_wanted=True))
        self.add_buttons(question.note, self.keep, self.act)

    def escape(self) -> None:
        """No."""
        self._answer(is_wanted=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: self.keep, Qt.Key.Key_Right: self.act}
        if Qt.Key(event.key()) in steps:
            steps[Qt.Key(event.key())].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _answer(self, *, is_wanted: bool) -> None:
        self.dismiss()
        self.answered.emit(is_wanted)

    def _first_focus(self) -> QWidget:
        return self.keep if self._is_final else self.act
