"""The bare text of several lines inside a field: tells focus and composing; knows no look and no rule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from yuyue_desktop.domain.limits import FIELD_CHARACTERS
from yuyue_desktop.domain.typed_text import settle_lines, settled_words
from yuyue_desktop.ui.widgets.composing import committing, ends_typing
from yuyue_desktop.ui.widgets.line_editor import KeyTaker


class AreaEditor(QPlainTextEdit):
    """The bare text inside a TextArea; Tab leaves it, Enter alone is left to whoever holds it."""

    entered = Signal()
    left = Signal()
    reflowed = Signal()
    noted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._preedit = ""
        self._key_takers: list[KeyTaker] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def add_key_taker(self, taker: KeyTaker) -> None:
        """Lets `taker` see each key first, unless an input method composes."""
        self._key_takers.append(taker)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._preedit:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._preedit:
            event.accept()
            return
        if any(taker(event) for taker in self._key_takers):
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_new_line = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_new_line and not self.isReadOnly():
                self.insertPlainText("\n")
            event.setAccepted(is_new_line)
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted or dropped: without signs that nobody sees, and no more than can be read."""
        text = source.text()
        room = max(0, FIELD_CHARACTERS - self.document().characterCount())
        settled = settle_lines(text[:room])
        self.insertPlainText(settled.text)
        self.ensureCursorVisible()
        title, advice = settled_words(replace(settled, cut=max(0, len(text) - room)), FIELD_CHARACTERS)
        if title:
            self.noted.emit(title, advice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reflowed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if ends_typing(event):
            if self._preedit:
                self.inputMethodEvent(committing(self._preedit))
            self.left.emit()
