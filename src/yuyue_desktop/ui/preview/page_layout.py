"""Where pages lie that stand one below the other, and which of them are in view; knows no widget."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from yuyue_desktop.domain.pdf import PageSize

EDGE = 16
GAP = 12
WIDEST = 1100
"""At 100 % a page is as wide as there is room, and no wider than this."""

_TALLEST = 20
"""Heights of a page in its widths; what is taller is shown narrower."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Rectangles of pages in pixels; `width` and `height` hold them all."""

    rects: tuple[QRect, ...]
    tops: tuple[int, ...]
    width: int
    height: int

    def in_view(self, top: int, bottom: int) -> range:
        """The pages that reach into a stretch."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        last = bisect_left(self.tops, bottom)
        if first < len(self.rects) and self.rects[first].bottom() < top:
            first += 1
        return range(first, max(first, last))

    def page_at(self, height: int) -> int:
        """The page at a height; a gap belongs to the page above it."""
        return max(bisect_right(self.tops, height) - 1, 0)


def lay_out(sizes: Sequence[PageSize], room: int, zoom: float) -> PageLayout:
    """Every page as wide as the others: `room` less the edges at zoom 1, whatever its own size."""
    page_width = max(round(min(room - 2 * EDGE, WIDEST) * zoom), 1)
    width = max(room, page_width + 2 * EDGE)
    rects: list[QRect] = []
    top = EDGE
    for size in sizes:
        height = max(round(page_width * min(size.height / size.width, _TALLEST)), 1)
        rects.append(QRect((width - page_width) // 2, top, page_width, height))
        top += height + GAP
    return PageLayout(tuple(rects), tuple(rect.top() for rect in rects), width, top - GAP + EDGE)
