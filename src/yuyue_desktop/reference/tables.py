"""The product's code tables as rows (N4, N7, B16); knows how the files are written, not how they are searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Generic, TypeVar

from yuyue_desktop.domain.lookup import PATH_SIGN
from yuyue_desktop.resources import resource

PATH_SEPARATOR = " > "
"""Stands between the parents of a commodity in the files."""


@dataclass(frozen=True, slots=True)
class Edition:
    """First line of a table's file: which edition of the facts it holds, and the day it was put together."""

    table: str
    version: int
    edition: str
    dated: date


@dataclass(frozen=True, slots=True)
class Port:
    """A customs district of four digits; `is_direct` where a subordinate of it is usually the port that is meant."""

    code: str
    name: str
    pinyin: str
    short_name: str
    short_pinyin: str
    older_name: str
    older_pinyin: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class CodedName:
    """A code and its name: transport modes, first five characters and sixth character of a customs code."""

    code: str
    name: str
    pinyin: str


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """A tariff line of eight digits.

    `path` names its parents, outermost first. `other_name` is the name in trade use, may be empty. `parents_needed` of
    the innermost parents tell the name apart from all others. `edition` is the tariff year of this line.
    """

    code: str
    name: str
    pinyin: str
    path: tuple[str, ...]
    path_pinyin: str
    other_name: str
    other_pinyin: str
    parents_needed: int
    edition: str

    @property
    def shown_path(self) -> str:
        """The parents as the screen shows them."""
        return PATH_SIGN.join(self.path)

    @property
    def full_name(self) -> str:
        """The name that tells without its path which line it is (S20)."""
        if self.other_name:
            return self.other_name
        parents = self.path[len(self.path) - self.parents_needed :]
        return f"{self.name}（{'，'.join(reversed(parents))}）" if parents else self.name


Row = TypeVar("Row", Port, CodedName, GoodsLine)


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows of one edition, ascending by code; no code stands twice."""

    edition: Edition
    rows: tuple[Row, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code of the table (N7)."""
        return frozenset(row.code for row in self.rows)


class Tables:
    """The tables of one folder, each read when it is first asked for.

    Raises:
        ValueError, FileNotFoundError: on asking, for a file that is no table or isn't there.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or resource("tables")

    @cached_property
    def ports(self) -> Table[Port]:
        """Customs districts that may be ports (S14)."""
        return self._load("ports", _port)

    @cached_property
    def transport_modes(self) -> Table[CodedName]:
        """Transport modes (S15)."""
        return self._load("transport_modes", lambda cells: CodedName(*cells))

    @cached_property
    def goods(self) -> Table[GoodsLine]:
        """Tariff lines (S20)."""
        headings = dict(self._headings())
        return self._load("goods", lambda cells: _goods_line(cells, headings))

    @cached_property
    def regions(self) -> Table[CodedName]:
        """Domestic regions: first five characters of a customs code (N1)."""
        return self._load("regions", lambda cells: CodedName(*cells))

    @cached_property
    def natures(self) -> Table[CodedName]:
        """Natures of an enterprise: sixth character of a customs code (N1)."""
        return self._load("natures", lambda cells: CodedName(*cells))

    def _headings(self) -> list[tuple[str, tuple[str, str]]]:
        _, lines = self._read("headings")
        return [(number, (path, pinyin)) for number, path, pinyin in lines]

    def _load(self, name: str, make: Callable[[list[str]], Row]) -> Table[Row]:
        edition, lines = self._read(name)
        return Table(edition, tuple(make(cells) for cells in lines))

    def _read(self, name: str) -> tuple[Edition, list[list[str]]]:
        head, _, *lines = self._folder.joinpath(f"{name}.tsv").read_text("utf-8").splitlines()
        table, version, edition, dated = head.removeprefix("# ").split("\t")
        return Edition(table, int(version), edition, date.fromisoformat(dated)), [line.split("\t") for line in lines]


def _port(cells: list[str]) -> Port:
    code, name, pinyin, short_name, short_pinyin, older_name, older_pinyin, level = cells
    return Port(code, name, pinyin, short_name, short_pinyin, older_name, older_pinyin, level == "direct")


def _goods_line(cells: list[str], headings: dict[str, tuple[str, str]]) -> GoodsLine:
    code, heading, name, pinyin, other_name, other_pinyin, parents_needed, edition = cells
    path, path_pinyin = headings[heading] if heading else ("", "")
    return GoodsLine(
        code,
        name,
        pinyin,
        tuple(path.split(PATH_SEPARATOR)) if path else (),
        path_pinyin,
        other_name,
        other_pinyin,
        int(parents_needed),
        edition,
    )
