"""What a code table offers for a typed text (B6): plain data between search and screen; knows no table, no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

PATH_SIGN = " › "
"""Stands between the parents of a commodity on the screen."""


@dataclass(frozen=True, slots=True)
class Match:
    """One offer.

    `name` is the row's own name and `path` its parents, outermost first, empty where the table has none. `full_name`
    tells the row apart without its path: it is what goes into a form. `marked` are (start, length) of the parts of
    `shown` that fit what was typed, ascending; `why` says what the marks don't (上次用过, 拼音 pd).
    """

    code: str
    name: str
    full_name: str
    path: str = ""
    marked: tuple[tuple[int, int], ...] = ()
    why: str = ""

    @property
    def shown(self) -> str:
        """Name and path as the list shows them: a quarter of the commodity names are only 其他."""
        return f"{self.name}{PATH_SIGN.replace('›', '‹')}{self.path}" if self.path else self.name


class Lookup(Protocol):
    """Search in one code table; quick enough for each keystroke on the window thread (16 ms)."""

    def find(self, text: str, limit: int = 50) -> Sequence[Match]:
        """Offers for what was typed, best first; for an empty text the last used ones, then the table's order."""
        ...

    def pick(self, text: str) -> Match | None:
        """The one row whose code or whole name this is, None where there is none or there are several (S14)."""
        ...
