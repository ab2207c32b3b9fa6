"""The form's lists over searches in code tables; the tables may still be loading while the window is up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yuyue_desktop.domain.lookup import Lookup
from yuyue_desktop.ui.widgets.pick_list import Match

MOST_OFFERS = 30


class LookupFinder:
    """Implements `ui.forms.finders.CodeFinder` over a Lookup that is built when it is first needed."""

    def __init__(self, lookup: Callable[[], Lookup]) -> None:
        self._lookup = lookup

    def find(self, text: str) -> Sequence[Match]:
        """Offers for what was typed, best first."""
        found = self._lookup().find(text, MOST_OFFERS)
        return [Match(match.code, match.shown, match.marked, match.why) for match in found]

    def name(self, code: str) -> str:
        """The name of a code, empty where the table lacks it (N7)."""
        match = self._lookup().pick(code)
        return match.full_name if match is not None and match.code == code else ""
