"""The line at the window's bottom: the red hint of the field in focus (S10), whether the draft is saved, the help key.

Nothing but field hints is shown in red here; knows no field and no draft.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.key_button import KeyButton
from yuyue_desktop.ui.shell.line_of_words import LineOfWords


class HintLine(QWidget):
    """`help_asked` comes from the key at the right end."""

    help_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.hint = LineOfWords(look, "info", "red", Role.LABEL)
        self.saved = LineOfWords(look, "check", "green", Role.CAPTION, ink="ink2")
        self.saved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.unsaved = LineOfWords(look, "alert", "amber", Role.CAPTION)
        self.unsaved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.unsaved.hide()
        self._help = KeyButton(look, "Alt+K", "快捷键")
        self._help.clicked.connect(self.help_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 1, Space.M, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.hint, 1)
        row.addWidget(self.unsaved)
        row.addWidget(self.saved)
        row.addWidget(self._help)
        look.changed.connect(self._dress)
        self._dress()

    def show_hint(self, text: str) -> None:
        """Say how the field in focus is filled in; empty text says nothing."""
        self.hint.show_text(text)

    def show_saved(self, moment: str) -> None:
        """Say since when everything typed is on the disk (`HH:MM:SS`); empty text says nothing."""
        self.saved.show_text(f"已保存 {moment}" if moment else "")

    def show_unsaved(self, words: str) -> None:
        """Say why what was typed is not on the disk, in place of when it was saved; empty text says nothing."""
        self.unsaved.show_text(words)
        self.unsaved.setVisible(bool(words))
        self.saved.setVisible(not words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("menu"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))

    def _dress(self) -> None:
        self.setFixedHeight(self._look.measures.hint_height)
        self.update()
