"""A field whose value is searched and picked from a list (S14, S15, S20); what can be found is injected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.pick_list import Match, PickList

Find = Callable[[str], Sequence[Match]]
"""Answers the offers for what was typed, best first; for an empty text what an opened list shows."""


class Opening(StrEnum):
    """What opens the list besides Space and the arrow keys."""

    TYPING = "typing"
    ENTER = "enter"


class PickField(Field):
    """Type to search, Enter takes the chosen row, Esc keeps what was typed, Space opens the whole list.

    `picked` carries the row that was taken, by hand or because its code or its name, if no other row has that name,
    was typed in full; Backspace then clears the value whole (S11). What is typed without picking stays as it is:
    tables age (N7).
    """

    picked = Signal(Match)

    def __init__(
        self,
        look: Look,
        name: str,
        find: Find,
        *,
        kind: Kind = Kind.REQUIRED,
        hint: str = "",
        placeholder: str = "",
        length: int = 0,
        is_narrow: bool = True,
        opening: Opening = Opening.TYPING,
        least_typed: int = 1,
        no_match: str = "没有找到。可以照填，提交前会提醒",
    ) -> None:
        super().__init__(look, name, kind=kind, hint=hint, placeholder=placeholder, length=length, is_narrow=is_narrow)
        self._find = find
        self._opening = opening
        self._least_typed = least_typed
        self._no_match = no_match
        self._list: PickList | None = None
        self._last_pick = ("", Match("", ""))
        self._arrow = self.add_tool("down" if opening is Opening.TYPING else "search", f"{name}：打开列表")
        self._arrow.clicked.connect(self._toggle)
        self.editor.is_typed_over = True
        self.editor.add_key_taker(self._take_key)
        self.edited.connect(self._search)

    @property
    def is_open(self) -> bool:
        """Whether the list is in view."""
        return self._list is not None and self._list.isVisible()

    @property
    def matches(self) -> Sequence[Match]:
        """What the typed text finds now."""
        return self._find(self.text)

    def show_picked(self, code: str, name: str) -> None:
        """Shows a picked value; Backspace clears it whole."""
        text = "  ".join(part for part in (code, name) if part)
        self._last_pick = (text, Match(code, name))
        self.set_text(text)
        self.editor.is_whole = True

    def show_typed(self, text: str) -> None:
        """Shows a text that no table explains."""
        self.set_text(text)
        self.editor.is_whole = False

    def open(self) -> None:
        """Opens the list: everything when the field is empty or holds a picked value, else what fits."""
        is_search = bool(self.text) and not self.editor.is_whole
        self._offer(self._find(self.text if is_search else ""))

    def close_list(self) -> None:
        """Closes the list and keeps what is in the field."""
        if self._list is not None:
            self._list.hide()

    def _search(self, text: str) -> None:
        picked_text, match = self._last_pick
        if text and text == picked_text:
            # Undo brought back the value that was picked before.
            self.close_list()
            self.editor.is_whole = True
            self.picked.emit(match)
            return
        self.editor.is_whole = False
        if self._opening is Opening.TYPING and len(text) >= self._least_typed:
            self._offer(self._find(text))
        else:
            self.close_list()

    def _offer(self, matches: Sequence[Match]) -> None:
        if self._list is None or self._list.parentWidget() is not self.window():
            self._list = PickList(self._look, self.window(), self._no_match)
            self._list.taken.connect(self._take)
            self._list.closed.connect(lambda: self._show_arrow(is_searching=False))
        self._list.offer(matches, self)
        self._show_arrow(is_searching=True)
        first = f"第 1 项 {matches[0].sentence}" if matches else self._no_match
        announce(self.editor, f"{len(matches)} 项。{first}" if matches else first)

    def _take(self, match: Match) -> None:
        self.close_list()
        self.show_picked(match.code, match.taken_name)
        self.picked.emit(match)

    def _toggle(self) -> None:
        self.editor.setFocus()
        if self.is_open:
            self.close_list()
        else:
            self.open()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.editor.isReadOnly():
            return False
        return self._take_open_key(event) if self.is_open else self._take_closed_key(event)

    def _take_open_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
        key = Qt.Key(event.key())
        if self._list is not None and key in steps:
            self._list.move_choice(steps[key])
            chosen = self._list.chosen
            announce(self.editor, chosen.sentence if chosen else self._no_match)
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        chosen = self._list.chosen if self._list is not None else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and chosen is not None:
            self._take(chosen)
            return True
        return False

    def _take_closed_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        is_asked = key in (Qt.Key.Key_Down, Qt.Key.Key_F4) or (
            key == Qt.Key.Key_Space and (not self.text or self.editor.is_whole)
        )
        is_lookup = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_lookup_due() and not event.modifiers()
        if is_asked or is_lookup:
            self.open()
        return is_asked or is_lookup

    def _is_lookup_due(self) -> bool:
        is_typed = len(self.text) >= self._least_typed and not self.editor.is_whole
        return self._opening is Opening.ENTER and is_typed

    def _settle(self) -> None:
        self.close_list()
        super()._settle()
        text = self.text
        exact = [match for match in self._find(text) if text in (match.code, match.taken_name)] if text else []
        if len(exact) == 1 and not self.editor.is_whole and self._opening is Opening.TYPING:
            self._take(exact[0])

    def _show_arrow(self, *, is_searching: bool) -> None:
        if self._opening is Opening.TYPING:
            self._arrow.show_icon("search" if is_searching else "down")
