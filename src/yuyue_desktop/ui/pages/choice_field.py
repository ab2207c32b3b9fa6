"""A field with a short list of fixed entries, one of which is always chosen or none; knows no meaning."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.contents import Choice
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.pick_list import Match


class ChoiceField(PickField):
    """Space opens the list; typing a part of code or title finds; `chosen` carries the code, empty for none."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, name: str, choices: Sequence[Choice], *, kind: Kind = Kind.OPTIONAL, hint: str = ""
    ) -> None:
        super().__init__(look, name, self._find_choices, kind=kind, hint=hint, is_narrow=False, no_match="没有这一项")
        self._choices = tuple(choices)
        self._code = ""
        self.picked.connect(self._take_choice)
        self.edited.connect(self._follow_typing)

    @property
    def code(self) -> str:
        """Code of the chosen entry, empty for none."""
        return self._code

    @property
    def is_settled(self) -> bool:
        """Whether the field shows an entry, or nothing: what is typed and not chosen stands for none."""
        return not self.text or self.editor.is_whole

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Take other entries; the chosen one stays where it is among them."""
        self._choices = tuple(choices)
        self.choose(self._code)

    def choose(self, code: str) -> None:
        """Show an entry that the clerk did not choose; an unknown code shows none."""
        choice = next((choice for choice in self._choices if choice.code == code), None)
        self._code = choice.code if choice else ""
        self.show_picked("", choice.title if choice else "")

    def _find_choices(self, typed: str) -> list[Match]:
        return [
            Match("", choice.title, _marked(choice.title, typed))
            for choice in self._choices
            if typed.lower() in f"{choice.code} {choice.title}".lower()
        ]

    def _take_choice(self, match: Match) -> None:
        self._set_code(next((choice.code for choice in self._choices if choice.title == match.name), ""))

    def _follow_typing(self, typed: str) -> None:
        if not typed:
            self._set_code("")

    def _settle(self) -> None:
        """What is typed and not chosen means nothing here: the last choice is shown again."""
        super()._settle()
        if not self.is_settled:
            self.choose(self._code)

    def _set_code(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self.chosen.emit(code)


def _marked(title: str, typed: str) -> tuple[tuple[int, int], ...]:
    at = title.lower().find(typed.lower()) if typed else -1
    return ((at, len(typed)),) if at >= 0 else ()
