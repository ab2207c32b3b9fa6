"""Where the PIN of a card is typed, with the tries left said before (B15); keeps nothing, knows no card.

What could not be the PIN is never handed on, so that it costs no try: full-width signs, a wrong length.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.banner import Banner, BannerTone
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.text import Text
from yuyue_desktop.ui.widgets.tries_dots import TriesDots

NAME = "卡密码"
CAPS_LOCK_WORDS = "大写锁定开着，密码区分大小写"
FULL_WIDTH_WORDS = "有全角字符，卡密码只用半角。切到半角再输，不会用掉次数"

_TALLER = 6


LAST_TRY_TITLE = "只剩最后 1 次"
LAST_TRY_ADVICE = "再输错，卡就锁住，今天无法提交。解锁要带卡和证件到电子口岸数据分中心办理。不确定密码就先取消。"
LAST_TRY_TICK = "我知道后果，仍要试这最后一次"


def length_words(least: int, most: int) -> str:
    """How long a PIN may be, in words."""
    return f"{least} 位" if least == most else f"{least} 至 {most} 位"


def _hint(least: int, most: int) -> str:
    return f"插卡后输入 {length_words(least, most)}密码，按回车确认"


class PinEntry(QWidget):
    """`submitted` carries a PIN of allowed length and signs, once; the field is empty by then.

    At the last try the field takes no input until the tick is set; `opened` follows whether it takes input.
    """

    submitted = Signal(str)
    opened = Signal(bool)

    def __init__(self, look: Look, note: str = "", *, least: int = 6, most: int = 16) -> None:
        super().__init__()
        self._least, self._most = least, most
        self._note = note
        self._is_caps_lock = False
        self._is_last = False
        self._is_locked = False
        self.confirmation = Check(look, LAST_TRY_TICK)
        self.confirmation.toggled.connect(lambda _on: self._guard())
        self._warning = _LastTryWarning(look, self.confirmation)
        self._warning.hide()
        self.field = _PinField(look, NAME, hint=_hint(least, most))
        self.tries = TriesDots(look)
        self._words = Text(look, note, Role.CAPTION, "ink2", is_wrapped=True)
        label = FieldLabel(look, NAME, self.field, is_required=True)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.tries)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._warning)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self._words)
        self.setFocusProxy(self.field)
        self.field.editor.add_key_taker(self._take_key)
        self.field.edited.connect(lambda _text: self._look_at())

    def set_length(self, least: int, most: int) -> None:
        """How long the card's PIN may be."""
        self._least, self._most = least, most
        self.field.show_hint(_hint(least, most))

    @property
    def is_last_try(self) -> bool:
        """Whether a wrong PIN would lock the card."""
        return self._is_last

    @property
    def is_open(self) -> bool:
        """Whether the field takes input."""
        return not (self._is_locked or (self._is_last and not self.confirmation.isChecked()))

    def show_tries(self, left: int | None, most: int = 0) -> None:
        """Say how many tries are left, None where the card does not tell; the last one must be confirmed first."""
        self.tries.show_tries(left, most)
        self._is_last = left == 1
        self.confirmation.setChecked(False)
        self._warning.setVisible(self._is_last)
        self._guard()

    def set_locked(self, *, is_locked: bool) -> None:
        """Take no input, e.g. while the card works or no card is there."""
        self._is_locked = is_locked
        self._guard()

    def first_focus(self) -> QWidget:
        """Where the keyboard goes first."""
        return self.confirmation if self._is_last and not self.confirmation.isChecked() else self.field.editor

    def set_note(self, note: str) -> None:
        """The quiet sentence under the field."""
        self._note = note
        self._look_at()

    def say_wrong(self, words: str) -> None:
        """The card or the gateway refused: say so and take the next try."""
        self.field.set_text("")
        self._say(words, "red", Condition.WRONG)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.set_text("")
        self._look_at()

    def submit(self) -> None:
        """Hand the PIN on if it can be one."""
        pin = self.field.text
        problem = self._problem(pin)
        if not self.is_open:
            return
        if problem:
            self._say(problem, "red", Condition.WRONG)
            self.field.setFocus()
            return
        self.field.set_text("")
        self.submitted.emit(pin)

    def _guard(self) -> None:
        self.field.set_locked(not self.is_open)
        self.opened.emit(self.is_open)
        if self.is_open and self.confirmation.hasFocus():
            self.field.setFocus()

    def _problem(self, pin: str) -> str:
        if not pin:
            return "还没有输入卡密码"
        if not pin.isascii():
            return FULL_WIDTH_WORDS
        if not self._least <= len(pin) <= self._most:
            return f"卡密码应为 {length_words(self._least, self._most)}，现为 {len(pin)} 位。没有送到卡里，不会用掉次数"
        return ""

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return True
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            is_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._is_caps_lock = text.isupper() is not is_shift
        elif event.key() == Qt.Key.Key_CapsLock:
            self._is_caps_lock = False
            self._look_at()
        return False

    def _look_at(self) -> None:
        if not self.field.text.isascii():
            self._say(FULL_WIDTH_WORDS, "amber", Condition.WARNED)
        elif self._is_caps_lock and self.field.text:
            self._say(CAPS_LOCK_WORDS, "amber", Condition.WARNED)
        else:
            self._say(self._note, "ink2", Condition.FINE)

    def _say(self, words: str, colour: str, condition: Condition) -> None:
        is_new = words != self._words.text()
        self._words.setText(words)
        self._words.set_colour(colour)
        self._words.setVisible(bool(words))
        self.field.set_problem(condition, "" if condition is Condition.FINE else words)
        if is_new and condition is not Condition.FINE:
            announce(self.field, words)


class _LastTryWarning(QWidget):
    """The red panel with the tick, and a gap under it that goes when it goes."""

    def __init__(self, look: Look, confirmation: Check) -> None:
        super().__init__()
        banner = Banner(look, "warning", BannerTone.RED)
        banner.say(LAST_TRY_TITLE, LAST_TRY_ADVICE)
        banner.add_below(confirmation)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.S)
        column.addWidget(banner)


class _PinField(Field):
    """A taller field with a key before it and an eye behind it."""

    def __init__(self, look: Look, name: str, *, hint: str) -> None:
        super().__init__(look, name, kind=Kind.REQUIRED, hint=hint)
        self.add_icon("key")
        self.set_secret("显示密码")
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)

    def show_hint(self, hint: str) -> None:
        """Another card has other limits."""
        self._hint = hint
        self.editor.setAccessibleDescription(self._description())

    def _fit_height(self) -> None:
        self.setFixedHeight(self._look.measures.field_height + _TALLER)
