"""The bubble of one field: comes when the clerk pauses at a wrong value, goes when she types on; knows no rule."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.callout import Callout
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.text_area import TextArea

PATIENCE_MS = 600
"""How long after the last key a wrong value is called wrong."""


class FieldBubble(QObject):
    """For fields outside the catalogue's judgement; an empty title says that the value is fine."""

    def __init__(self, look: Look, field: Field | TextArea) -> None:
        super().__init__(field)
        self._field = field
        self._words = ("", "")
        self._callout = Callout(look)
        self._pause = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._pause.timeout.connect(self._show)
        field.entered.connect(self._show)
        field.left.connect(self._leave)
        field.editor.add_key_taker(self._take_key)

    @property
    def is_shown(self) -> bool:
        """Whether the bubble is in view."""
        return self._callout.is_shown

    def say(
        self, title: str, advice: str = "", condition: Condition = Condition.WRONG, *, is_due: bool = False
    ) -> None:
        """Take the newest judgement; the bubble follows after the pause, or at once where it `is_due`."""
        self._words = (title, advice)
        sentence = "。".join(part for part in self._words if part)
        self._field.set_problem(condition if title else Condition.FINE, sentence)
        if is_due:
            self._pause.stop()
            self._show()
        else:
            self._callout.hide()
            self._pause.start()

    def _show(self) -> None:
        if self._field.condition is not Condition.WRONG or not self._field.editor.hasFocus():
            self._callout.hide()
            return
        self._callout.show_at(self._field, *self._words)

    def _leave(self) -> None:
        self._pause.stop()
        self._callout.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape or not self.is_shown:
            return False
        self._callout.hide()
        return True
