"""Where a title that is longer than a line breaks: behind a pause in it if that goes, and not for the sake of a stub.

Knows no dialog: it measures a text in a font.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QTextLayout, QTextOption

_PAUSES = ("，", "、", "：", "；", "。", "？")
_SHORTEST_END = 4
"""So many signs at least stand in the last line, unless it begins behind a pause."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """A text as it breaks in a width; `widest` is what its widest line takes, in pixels."""

    texts: Sequence[str]
    widths: Sequence[float]

    @property
    def widest(self) -> int:
        return math.ceil(max(self.widths))

    @property
    def is_end_a_stub(self) -> bool:
        return len(self.texts[-1]) < _SHORTEST_END and not _is_paused(self.texts[-2])

    def rank(self, room: int) -> int:
        """How well the lines break that are more than half full: behind a pause is best, then between words."""
        pairs = zip(self.texts[:-1], self.widths, strict=False)
        return sum(2 * _is_paused(text) + text.endswith(" ") for text, width in pairs if width > room / 2)


def title_width(text: str, font: QFont, room: int) -> int:
    """The width at most `room` that a title of several lines is set in: as few lines as in all of the room.

    They break behind pauses or between words as far as that goes, as nothing tells where a Chinese word ends; else each
    takes as much as it can without making the last one a stub.
    """
    settings = list(_settings(text, font, room))
    whole = [lines for lines in settings if not lines.is_end_a_stub] or settings
    best = max(whole, key=lambda lines: lines.rank(room))
    return min(best.widest + 1, room)


def _settings(text: str, font: QFont, room: int) -> Iterator[_Lines]:
    """Every way in which the text breaks into as few lines as in all of the room, the widest first."""
    lines = _broken(text, font, room)
    fewest = len(lines.texts)
    while len(lines.texts) == fewest > 1:
        yield lines
        lines = _broken(text, font, lines.widest - 1)


def _is_paused(text: str) -> bool:
    return text.rstrip().endswith(_PAUSES)


def _broken(text: str, font: QFont, width: int) -> _Lines:
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption())  # it wraps at words, as a label does
    layout.beginLayout()
    texts, widths = [], []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        texts.append(text[line.textStart() : line.textStart() + line.textLength()])
        widths.append(line.naturalTextWidth())
    layout.endLayout()
    return _Lines(texts, widths)
