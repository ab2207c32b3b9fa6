"""What a column is and how columns share the width of their table; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """How the cells of a column are drawn, and whether they can be activated."""

    TEXT = "text"
    QUIET = "quiet"
    CODE = "code"
    AMOUNT = "amount"
    LINK = "link"
    CHIP = "chip"
    CHIP_LINK = "chip_link"
    DUE = "due"
    TICK = "tick"

    @property
    def is_link(self) -> bool:
        """Whether Enter or a click on the cell does something of its own."""
        return self in (CellKind.LINK, CellKind.CHIP_LINK)

    @property
    def is_never_cut(self) -> bool:
        """Whether the cell must show its whole text: codes, times, states (look.md, Tables)."""
        return self not in (CellKind.TEXT, CellKind.QUIET)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `sample` is a text as wide as the widest the column usually holds; its width in the table's font is the column's
    width, so that larger text widens the column. `grows` columns share what is left; `least_share` (0 to 1) says down
    to which part of its width a column may shrink; `is_optional` columns can be hidden by the column chooser (S9).
    """

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    sample: str = ""
    grows: bool = False
    least_share: float = 1.0
    is_sortable: bool = True
    is_optional: bool = True


TICK_COLUMN = Column("tick", "选择", CellKind.TICK, is_sortable=False, is_optional=False)
"""The check boxes in front of rows that may be deleted."""


@dataclass(frozen=True, slots=True)
class ColumnWidth:
    """A visible column's wish, in pixels."""

    preferred: int
    least: int
    grows: bool


def share_width(wishes: Sequence[ColumnWidth], available: int) -> list[int]:
    """Width of each column in pixels, so that they fill `available` where their wishes allow it.

    What is left over goes to the growing columns in equal parts; what is missing is taken from the shrinking ones in
    proportion to what they can give. Never less than `least`: then the table scrolls sideways.
    """
    widths = [wish.preferred for wish in wishes]
    spare = available - sum(widths)
    if spare > 0:
        _grow(widths, [i for i, wish in enumerate(wishes) if wish.grows], spare)
    elif spare < 0:
        _shrink(widths, [wish.preferred - wish.least for wish in wishes], -spare)
    return widths


def _grow(widths: list[int], growing: Sequence[int], spare: int) -> None:
    for place, index in enumerate(growing):
        part = spare // (len(growing) - place)
        widths[index] += part
        spare -= part


def _shrink(widths: list[int], slack: Sequence[int], missing: int) -> None:
    total = sum(slack)
    missing = min(missing, total)
    for index, give in enumerate(slack):
        if give:
            part = min(give, -(-missing * give // total))
            widths[index] -= part
            missing -= part
            total -= give
