"""One row of a table as plain data, found by its id; knows no model and no view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from yuyue_desktop.ui.widgets.chip import ChipFace


class Urgency(StrEnum):
    """How pressing a time left is: it decides sign, weight and colour together (look.md, principle 5)."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    `sort_by` orders the column instead of the text; `face` is what a chip shows in place
    of the one that `text` names.
    """

    text: str = ""
    urgency: Urgency | None = None
    sort_by: str | int | float | datetime | None = None
    face: ChipFace | None = None


EMPTY_CELL = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `cells` by column key; only rows that `can_tick` have a check box."""

    id: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    can_tick: bool = False

    def cell(self, key: str) -> Cell:
        """The cell of a column, empty where the row has none."""
        return self.cells.get(key, EMPTY_CELL)
