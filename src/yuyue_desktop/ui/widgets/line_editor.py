"""The bare line of text inside a field: tells focus, composing and special keys; knows no look and no rule."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QToolTip

from yuyue_desktop.domain.limits import FIELD_CHARACTERS
from yuyue_desktop.domain.typed_text import settle_line, settled_words
from yuyue_desktop.ui.widgets.composing import committing, ends_typing

_INSET = 2
"""Pixels that a line edit keeps free beside its letters."""

_DOTS = "…"
_ACTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""A key held with one of these acts and writes nothing."""

KeyTaker = Callable[[QKeyEvent], bool]
"""Looks at a key before the line does and answers whether it took it."""


class LineEditor(QLineEdit):
    """A frameless line edit; while an input method composes, no key acts and no shortcut fires (S11).

    With `is_whole` set, Backspace clears the text at once, as a picked value has no single characters; with
    `is_typed_over` set too, what is typed takes the whole text's place. A text that has
    no room ends in an ellipsis on `ground` while nobody edits it, and its tooltip says it whole. `length` is what it
    takes at most, 0 for as much as a line can hold; `noted` carries title and advice where something was left out.
    """

    entered = Signal()
    left = Signal()
    noted = Signal(str, str)

    def __init__(self, *, is_narrow: bool = False) -> None:
        super().__init__()
        self.setFrame(False)
        self.is_whole = False
        self.is_typed_over = False
        self.ground = QColor()
        self._is_narrow = is_narrow
        self._preedit = ""
        self._key_takers: list[KeyTaker] = []
        self.length = 0
        self.setMaxLength(FIELD_CHARACTERS)
        self.textEdited.connect(self._settle_typing)
        self.inputRejected.connect(self._note_overflow)

    @property
    def is_cut(self) -> bool:
        """Whether the text has no room and nobody is editing it, so that its end can't be seen."""
        is_plain = self.echoMode() is QLineEdit.EchoMode.Normal
        return is_plain and not self.hasFocus() and self.fontMetrics().horizontalAdvance(self.text()) > self._room

    @property
    def _room(self) -> int:
        """Pixels that the letters have, without the line edit's own margins."""
        return self.contentsRect().width() - 2 * _INSET

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds text that is not yet in the line."""
        return bool(self._preedit)

    def add_key_taker(self, taker: KeyTaker) -> None:
        """Lets `taker` see each key first, unless an input method composes."""
        self._key_takers.append(taker)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._preedit:
            event.accept()
            return True
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text() if self.is_cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_cut or not self.ground.isValid():
            return
        metrics = self.fontMetrics()
        kept = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room).removesuffix(_DOTS)
        rest = self.contentsRect().adjusted(_INSET + metrics.horizontalAdvance(kept), 0, 0, 0)
        painter = QPainter(self)
        painter.fillRect(rest, self.ground)
        painter.setPen(self.palette().text().color())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _DOTS)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        if event.preeditString() or event.commitString():
            self._make_way()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._preedit:
            event.accept()
            return
        if any(taker(event) for taker in self._key_takers):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Backspace and self.is_whole and not self.isReadOnly():
            self._clear_whole()
            return
        if event.matches(QKeySequence.StandardKey.Undo) and self.isUndoAvailable() and not self.isReadOnly():
            self._go_back()
            return
        is_writing = bool(event.text()) and event.text().isprintable()
        if is_writing and event.modifiers() & _ACTING == Qt.KeyboardModifier.AltModifier:
            # Alt with a letter acts, here or in the window; Qt would write the letter where nothing takes it.
            event.ignore()
            return
        if is_writing and not event.modifiers() & _ACTING:
            self._make_way()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.end(False)  # noqa: FBT003 - Qt's own order of arguments
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if ends_typing(event):
            if self._preedit:
                self.inputMethodEvent(committing(self._preedit))
            self.left.emit()

    def _make_way(self) -> None:
        if self.is_whole and self.is_typed_over and not self.isReadOnly():
            self.selectAll()

    def replace_all(self, text: str) -> None:
        """Another text in place of what stands here; unlike `setText` it can be undone. Nothing counts as typed."""
        self.selectAll()
        self.insert(text)

    def _clear_whole(self) -> None:
        self.is_whole = False
        self.replace_all("")
        self.textEdited.emit("")

    def _note_overflow(self) -> None:
        if len(self.text()) >= FIELD_CHARACTERS:
            self.noted.emit(f"太长：最多 {FIELD_CHARACTERS} 个字符", "多出的没有填进去。Ctrl+Z 恢复")

    def _settle_typing(self, typed: str) -> None:
        """What was typed or pasted, as it may stand here. It is one more step: undo brings back what was before."""
        if self.echoMode() is not QLineEdit.EchoMode.Normal:
            return  # a secret is what it is
        settled = settle_line(typed, is_narrow=self._is_narrow, length=self.length)
        if settled.text != typed:
            before = settle_line(typed[: self.cursorPosition()], is_narrow=self._is_narrow).text
            self.replace_all(settled.text)
            self.setCursorPosition(len(before))
        title, advice = settled_words(settled, self.length)
        if title:
            self.noted.emit(title, advice)

    def _is_settled(self) -> bool:
        text = self.text()
        return settle_line(text, is_narrow=self._is_narrow, length=self.length).text == text

    def _go_back(self) -> None:
        """Undo, to the nearest text that may stand here."""
        with QSignalBlocker(self):
            self.undo()
            while not self._is_settled() and self.isUndoAvailable():
                self.undo()
        self.textChanged.emit(self.text())
        self.textEdited.emit(self.text())
