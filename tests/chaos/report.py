"""What a run came to, as a table and as the one line that programs read; judges nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.chaos.faults import Kind


@dataclass
class Findings:
    """What went wrong, each in words. The clerk's `lost` and `doubled` work, and what is `wrong` beside."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def are_none(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.wrong)

    def lines(self) -> list[str]:
        """One line each."""
        named = (("lost", self.lost), ("doubled", self.doubled), ("wrong", self.wrong))
        return [f"{name}: {words}" for name, found in named for words in found]


class Tally:
    """How often each kind of fault struck, and what came of it."""

    def __init__(self) -> None:
        self.struck: Counter[Kind] = Counter()
        self.came: defaultdict[Kind, Counter[str]] = defaultdict(Counter)

    def note(self, kind: Kind, came: Counter[str] | None = None) -> None:
        """A fault struck."""
        self.struck[kind] += 1
        self.came[kind].update(came or {})

    @property
    def total(self) -> int:
        """All faults."""
        return self.struck.total()

    def table(self) -> str:
        """A line for each kind."""
        rows = [("fault", "times", "what came of it")]
        struck = [kind for kind in Kind if self.struck[kind]]
        rows += [(kind.value, str(self.struck[kind]), _in_words(self.came[kind])) for kind in struck]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        return "\n".join(_line(row, widths) for row in rows)


def last_line(faults: int, declarations: int, findings: Findings) -> str:
    """The line that tells everything."""
    found = f"lost={len(findings.lost)} doubled={len(findings.doubled)} wrong={len(findings.wrong)}"
    return f"faults={faults} declarations={declarations} {found}"


def _in_words(came: Counter[str]) -> str:
    return ", ".join(f"{words} {count}" for words, count in sorted(came.items()) if count) or "-"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
