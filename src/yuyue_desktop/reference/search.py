"""Search that forgives (B6): code, name, part of a name, pinyin, initials; knows rows, not where they are kept.

Plain lists in memory, scanned whole: a few milliseconds for the largest table, measured by `benchmarks/search.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.lookup import Match
from yuyue_desktop.reference.pinyin import searchable, span, spelled, typed_patterns
from yuyue_desktop.reference.tables import CodedName, GoodsLine, Port, Table

LastUsed = Callable[[], Sequence[str]]
"""Codes that were picked lately, the latest first."""

_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SIGNS_IN_CODES = str.maketrans("", "", ". -")
_BY_CODE = -1
"""Rank of a row whose code begins with what was typed; such rows stay in the order of their codes."""
_AFTER_ALL = "\uffff"
_MIXED = 4
_PATH = 12
"""Weights of what is found only by a mixture of initials and syllables, and of what is found only in a path."""


def folded(text: str) -> str:
    """A text in which full width and capitals make no difference; as long as the text itself."""
    return text.translate(_HALF_WIDTH).lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as the search sees it; `others` are further names as (what they are, name, pinyin), `note` a remark."""

    code: str
    name: str
    pinyin: str
    full_name: str
    path: str = ""
    path_pinyin: str = ""
    others: tuple[tuple[str, str, str], ...] = ()
    note: str = ""

    @property
    def shown(self) -> str:
        """What the offer shows."""
        return Match(self.code, self.name, self.full_name, self.path).shown


class _Column:
    """Texts of one kind with the rows they belong to; a text that many rows share is looked at once."""

    def __init__(self, texts: Sequence[tuple[int, str, str]]) -> None:
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, text, pinyin in texts:
            rows[folded(text), pinyin].append(row)
        self._rows = list(rows.values())
        self._texts = [text for text, _ in rows]
        lines = [f"{searchable(pinyin)}\n" for _, pinyin in rows]
        self._spellings = "".join(lines)
        self._begins = list(accumulate(map(len, lines), initial=0))

    def holding(self, term: str) -> Iterator[tuple[int, list[int]]]:
        """Rows whose text holds a term, after 0 for the whole text, 1 for its beginning, 3 for a part."""
        for place in [place for place, text in enumerate(self._texts) if term in text]:
            text = self._texts[place]
            yield 0 if text == term else 1 if text.startswith(term) else 3, self._rows[place]

    def sounding(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, list[int]]]:
        """Rows whose spelling fits a typed pattern, after 2 for its beginning, 4 for a part."""
        at = 0
        while found := pattern.search(self._spellings, at):
            place = bisect_right(self._begins, found.start()) - 1
            yield 4 if found.start() > self._begins[place] else 2, self._rows[place]
            at = self._begins[place + 1]


class CodeSearch:
    """Search in the rows of one table, ascending by code; built once, then only read: safe in any thread."""

    def __init__(self, entries: Sequence[Entry], last_used: LastUsed = tuple) -> None:
        self._entries = entries
        self._last_used = last_used
        self._codes = [entry.code.lower() for entry in entries]
        self._row_of = {code: row for row, code in enumerate(self._codes)}
        # Of rows that fit equally well, those with a remark come last, short names first.
        tidy = sorted(range(len(entries)), key=lambda row: (bool(entries[row].note), len(entries[row].name), row))
        self._place = {row: place for place, row in enumerate(tidy)}
        # A row's own name counts before its other names, those before its path.
        self._names = (
            _Column([(row, entry.name, entry.pinyin) for row, entry in enumerate(entries)]),
            _Column([(row, *other[1:]) for row, entry in enumerate(entries) for other in entry.others]),
        )
        self._paths = (
            _Column([(row, entry.path, entry.path_pinyin) for row, entry in enumerate(entries) if entry.path]),
        )  # fmt: skip

    def find(self, text: str, limit: int = 50) -> list[Match]:
        """Offers for what was typed, best first: the last used of them, then by how well they fit (domain.lookup).

        Parted by blanks, every part must fit. Ways to fit that are worse are tried only while there are too few rows.
        """
        terms = folded(text).replace("'", "").split()
        ranks = self._ranks(terms, limit) if terms else dict.fromkeys(range(len(self._entries)), _BY_CODE)
        used = (self._row_of.get(code.lower(), -1) for code in self._last_used())
        recent = dict.fromkeys(row for row in used if row in ranks)
        rest = (row for row in self._in_order(ranks) if row not in recent)
        return [
            self._match(row, terms, is_recent=row in recent) for row in islice(chain(recent, rest), limit)
        ]  # fmt: skip

    def pick(self, text: str) -> Match | None:
        """The one row whose code or whole name this is, None where there is none or there are several (S14)."""
        term = folded(text).strip()
        row = self._row_of.get(term.translate(_SIGNS_IN_CODES))
        rows = [row] if row is not None else [row for row, entry in enumerate(self._entries) if _is_named(entry, term)]
        return self._match(rows[0], [], is_recent=False) if term and len(rows) == 1 else None

    def _ranks(self, terms: list[str], enough: int) -> dict[int, int]:
        """How well each row fits that fits every term; less is better."""
        first, *rest = (self._term_ranks(term, enough if len(terms) == 1 else len(self._entries)) for term in terms)
        for ranks in rest:
            first = {row: rank + ranks[row] for row, rank in first.items() if row in ranks}
        by_code = dict.fromkeys(self._rows_by_code("".join(terms).translate(_SIGNS_IN_CODES)), _BY_CODE)
        return by_code | {row: rank for row, rank in first.items() if row not in by_code}

    def _rows_by_code(self, digits: str) -> range:
        first = bisect_left(self._codes, digits)
        return range(first, bisect_left(self._codes, digits + _AFTER_ALL)) if digits else range(0)

    def _term_ranks(self, term: str, enough: int) -> dict[int, int]:
        """How well each row fits a term; what fits worse is looked for only while there are not `enough` rows."""
        exact, mixed = typed_patterns(term)[:1], typed_patterns(term)[1:]
        ranks: dict[int, int] = {}
        for columns, weight in ((self._names, 0), (self._paths, _PATH)):
            for looser, patterns, texts in ((0, exact, (term,)), (_MIXED, mixed, ())):
                if len(ranks) >= enough:
                    return ranks
                for further, column in enumerate(columns):
                    hits = chain(*map(column.holding, texts), *map(column.sounding, patterns))
                    _note(ranks, hits, weight + looser + further)
        return ranks

    def _in_order(self, ranks: dict[int, int]) -> Iterator[int]:
        """Rows best first; only those are sorted that are asked for."""
        rows_of: dict[int, list[int]] = defaultdict(list)
        for row, rank in ranks.items():
            rows_of[rank].append(row)
        for rank in sorted(rows_of):
            yield from rows_of[rank] if rank == _BY_CODE else sorted(rows_of[rank], key=self._place.__getitem__)

    def _match(self, row: int, terms: list[str], *, is_recent: bool) -> Match:
        entry = self._entries[row]
        marked, reasons = _explained(entry, terms)
        if is_recent:
            reasons.insert(0, "上次用过")
        if entry.note:
            reasons.append(entry.note)
        return Match(entry.code, entry.name, entry.full_name, entry.path, marked, " · ".join(reasons))


def _note(ranks: dict[int, int], hits: Iterable[tuple[int, list[int]]], weight: int) -> None:
    for kind, rows in hits:
        rank = weight + kind
        for row in rows:
            if ranks.get(row, rank) >= rank:
                ranks[row] = rank


def _is_named(entry: Entry, term: str) -> bool:
    return term == folded(entry.name) or any(term == folded(name) for _, name, _ in entry.others)


def _explained(entry: Entry, terms: list[str]) -> tuple[tuple[tuple[int, int], ...], list[str]]:
    """What of an offer to mark, and in words what the marks don't say."""
    spans: list[tuple[int, int]] = []
    reasons: list[str] = []
    for term in terms:
        found, reason = _explained_term(entry, term)
        spans += found
        reasons += [reason] if reason and reason not in reasons else []
    return _merged(spans), reasons


def _explained_term(entry: Entry, term: str) -> tuple[list[tuple[int, int]], str]:
    at = folded(entry.shown).find(term)
    if at >= 0:
        return [(at, len(term))], ""
    for label, name, _ in entry.others:
        if term in folded(name):
            return [], f"{label} {name}"
    for pattern in typed_patterns(term):
        if found := pattern.search(searchable(entry.pinyin)):
            return [span(entry.name, entry.pinyin, found)], f"拼音 {term}"
        for label, name, pinyin in entry.others:
            if pattern.search(searchable(pinyin)):
                return [], f"{label} {name}"
        if found := pattern.search(searchable(entry.path_pinyin)):
            start, length = span(entry.path, entry.path_pinyin, found)
            return [(len(entry.shown) - len(entry.path) + start, length)], f"拼音 {term}"
    return [], ""


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans ascending, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, length in sorted(spans):
        if merged and start <= sum(merged[-1]):
            begin, so_far = merged.pop()
            merged.append((begin, max(begin + so_far, start + length) - begin))
        else:
            merged.append((start, length))
    return tuple(merged)


class PortSearch(CodeSearch):
    """Ports by code, name, short or older name (S14); a direct customs comes after others that fit as well."""

    def __init__(self, ports: Table[Port], last_used: LastUsed = tuple) -> None:
        super().__init__([_port_entry(port) for port in ports.rows], last_used)


class TransportSearch(CodeSearch):
    """Transport modes by code and name (S15)."""

    def __init__(self, modes: Table[CodedName], last_used: LastUsed = tuple) -> None:
        super().__init__([Entry(mode.code, mode.name, mode.pinyin, mode.name) for mode in modes.rows], last_used)


class GoodsSearch(CodeSearch):
    """Tariff lines by the first digits of the code, name, name in trade use, and parents (S20)."""

    LINE_DIGITS = 8

    def __init__(self, goods: Table[GoodsLine], last_used: LastUsed = tuple) -> None:
        super().__init__([_goods_entry(line) for line in goods.rows], last_used)

    def _rows_by_code(self, digits: str) -> range:
        # Customs' own codes have up to ten digits; the table knows the first eight.
        return super()._rows_by_code(digits[: self.LINE_DIGITS] if digits.isdigit() else digits)


class CompanySearch(CodeSearch):
    """Companies by customs code, name and credit code (B1); spells their names when it is built."""

    def __init__(self, companies: Iterable[Company]) -> None:
        super().__init__([_company_entry(company) for company in sorted(companies, key=lambda each: each.customs_code)])


def _company_entry(company: Company) -> Entry:
    try:
        pinyin = spelled(company.name)
    except ValueError:
        pinyin = ""  # a rare character that has no reading: found by the name itself
    others = (("社会信用代码", company.credit_code, ""),)
    return Entry(company.customs_code, company.name, pinyin, company.name, others=others)


def _port_entry(port: Port) -> Entry:
    names = (("简称", port.short_name, port.short_pinyin), ("旧名", port.older_name, port.older_pinyin))
    others = tuple(other for other in names if other[1])
    return Entry(port.code, port.name, port.pinyin, port.name, others=others, note="直属海关" if port.is_direct else "")


def _goods_entry(line: GoodsLine) -> Entry:
    others = (("又名", line.other_name, line.other_pinyin),) if line.other_name else ()
    return Entry(line.code, line.name, line.pinyin, line.full_name, line.shown_path, line.path_pinyin, others)
