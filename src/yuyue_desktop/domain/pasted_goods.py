"""Goods rows out of a table pasted from a spreadsheet (B7): which cell is code, which name; knows no clipboard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yuyue_desktop.domain.application import GoodsItem
from yuyue_desktop.domain.numbers import HS_CODE, narrowed

_SIGNS_IN_CODES = re.compile(r"[.\s-]")


@dataclass(frozen=True, slots=True)
class PastedGoods:
    """`rows` that were understood, and the numbers (from 1) of the `lines` that were not."""

    rows: tuple[GoodsItem, ...]
    lines_not_understood: tuple[int, ...] = ()


def parse_goods(text: str) -> PastedGoods:
    """Read lines of cells parted by tabs: the first cell of 4 to 10 digits is the code, the longest other the name.

    Empty lines are passed over; a line that has only one of the two is not understood (a heading is such a line).
    """
    rows: list[GoodsItem] = []
    strange: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = _row([narrowed(cell) for cell in line.split("\t")])
        if row is None:
            strange.append(number)
        else:
            rows.append(row)
    return PastedGoods(tuple(rows), tuple(strange))


def _row(cells: list[str]) -> GoodsItem | None:
    codes = [_SIGNS_IN_CODES.sub("", cell) for cell in cells]
    place = next((place for place, code in enumerate(codes) if HS_CODE.fullmatch(code)), None)
    if place is None:
        return None
    names = [cell for at, cell in enumerate(cells) if at != place and not cell.isdigit()]
    name = max(names, key=len, default="")
    return GoodsItem(codes[place], name) if name else None
