"""A field of several lines that grows with its text; Ctrl+Enter is a new line, Enter is the form's (S11)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextCursor

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.area_editor import AreaEditor
from yuyue_desktop.ui.widgets.field_frame import FieldFrame


class TextArea(FieldFrame):
    """Text of `least_lines` to `most_lines` lines, then it scrolls."""

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        kind: Kind = Kind.OPTIONAL,
        hint: str = "",
        placeholder: str = "",
        least_lines: int = 1,
        most_lines: int = 4,
    ) -> None:
        self._area = AreaEditor()
        self._least_lines = least_lines
        self._most_lines = most_lines
        self._settled = ""
        self._known = ""
        super().__init__(look, name, self._area, kind, hint)
        self._area.setPlaceholderText(placeholder)
        self._area.textChanged.connect(self._change)
        self._area.reflowed.connect(self._fit_height)

    @property
    def editor(self) -> AreaEditor:
        """The area that takes the keys."""
        return self._area

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._area.toPlainText()

    def set_text(self, text: str) -> None:
        """Shows a value that did not come from the clerk's keys; the caret stays if nothing changes."""
        self._known = text
        if text != self.text:
            self._area.setPlainText(text)
        self._settled = text

    def insert(self, text: str) -> None:
        """Puts a ready text in place of what stands there, as if it were typed; undo brings the old one back."""
        cursor = self._area.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def _change(self) -> None:
        self._fit_height()
        if self.text != self._known:  # what an input method only holds is told as a change too
            self._known = self.text
            self.edited.emit(self._known)

    def _settle(self) -> None:
        if self.text != self._settled:
            self._settled = self.text
            self.committed.emit(self._settled)

    def _fit_height(self) -> None:
        line = QFontMetrics(self._look.font()).lineSpacing()
        written = round(self._area.document().size().height())
        lines = min(max(written, self._least_lines), self._most_lines)
        is_scrolled = written > self._most_lines
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_scrolled else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._area.setVerticalScrollBarPolicy(policy)
        least = self._look.measures.field_height
        padding = max(0, (least - line) // 2)
        margins = self._row.contentsMargins()
        margins.setTop(padding)
        margins.setBottom(padding)
        self._row.setContentsMargins(margins)
        self.setFixedHeight(max(least, lines * line + 2 * padding))
