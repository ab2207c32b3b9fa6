"""The code tables behind the form's lists, and how their offers look in a list; knows no table's content."""

from __future__ import annotations

from collections.abc import Sequence

from yuyue_desktop.domain.lookup import Lookup
from yuyue_desktop.ui.widgets.pick_list import Match


class Finder:
    """One table as a search field wants it."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def find(self, text: str) -> Sequence[Match]:
        """Offers for what was typed, best first; for an empty text what an opened list shows."""
        return [
            Match(found.code, found.shown, found.marked, found.why, found.full_name)
            for found in self._lookup.find(text)
        ]

    def name(self, code: str) -> str:
        """The name of a code, empty where the table lacks it (N7)."""
        found = self._lookup.pick(code) if code else None
        return found.full_name if found is not None and found.code == code else ""


class Finders:
    """All tables of the form; `reasons` are S17's ready texts."""

    def __init__(
        self, *, ports: Lookup, transport_modes: Lookup, hs_codes: Lookup, reasons: Sequence[str] = ()
    ) -> None:
        self.reasons = tuple(reasons)
        self._tables = {
            "ports": Finder(ports),
            "transport_modes": Finder(transport_modes),
            "hs_codes": Finder(hs_codes),
        }

    def table(self, name: str) -> Finder:
        """The table that a field of the catalogue names.

        Raises:
            KeyError: no such table.
        """
        return self._tables[name]
