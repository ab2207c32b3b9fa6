"""A field of one line of text in every kind and state (S10); knows no rule and no code table."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.domain.numbers import narrowed
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_desktop.ui.widgets.line_editor import LineEditor


class Field(FieldFrame):
    """A line of text; `is_narrow` takes full-width signs as half-width and trims blanks on leaving."""

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        kind: Kind = Kind.OPTIONAL,
        hint: str = "",
        placeholder: str = "",
        length: int = 0,
        is_narrow: bool = False,
    ) -> None:
        self._line = LineEditor(is_narrow=is_narrow)
        self._is_narrow = is_narrow
        self._settled = ""
        super().__init__(look, name, self._line, kind, hint)
        self._line.setPlaceholderText(placeholder)
        self._line.length = length
        self._line.textEdited.connect(lambda _text: self.edited.emit(self._line.text()))
        self._line.returnPressed.connect(lambda: self._commit(is_asked=True))

    @property
    def editor(self) -> LineEditor:
        """The line that takes the keys."""
        return self._line

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Shows a value that did not come from the clerk's keys; the caret stays if nothing changes."""
        if text != self._line.text():
            self._line.setText(text)
            self._line.setCursorPosition(0)
        self._settled = text

    def set_placeholder(self, text: str) -> None:
        """What an empty field shows."""
        self._line.setPlaceholderText(text)

    def set_secret(self, reveal_name: str) -> None:
        """Shows dots, with an eye that shows the text while it is on."""
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        eye = self.add_tool("eye", reveal_name)
        eye.setCheckable(True)
        eye.make_stop()

        def reveal(is_shown: bool) -> None:
            self._line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
            eye.show_icon("eye_off" if is_shown else "eye")

        eye.toggled.connect(reveal)

    def _settle(self) -> None:
        self._commit(is_asked=False)

    def _commit(self, *, is_asked: bool) -> None:
        text = self._line.text()
        trimmed = narrowed(text) if self._is_narrow else text.strip()
        if trimmed != text and self._line.echoMode() is QLineEdit.EchoMode.Normal and not self._line.isReadOnly():
            self._line.replace_all(trimmed)
            self.edited.emit(trimmed)
        if is_asked or self._line.text() != self._settled:
            self._settled = self._line.text()
            self.committed.emit(self._settled)
