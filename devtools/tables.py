"""Build the code tables of `resources/tables/` from a folder of facts, and check those that are there.

`python -m devtools.tables FOLDER` builds and checks; without a folder it only checks. The product never sees the facts.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from devtools.places import ROOT
from yuyue_desktop.domain.numbers import NOT_PORTS
from yuyue_desktop.reference.pinyin import spelled
from yuyue_desktop.reference.tables import PATH_SEPARATOR

TABLES = ROOT / "resources" / "tables"

DATED = date(2026, 11, 24)
"""The day on which the facts were last put together; to be set with every rebuild that changes a row."""

# table: version, edition of its facts, columns
TABLE_HEADS: dict[str, tuple[int, str, tuple[str, ...]]] = {
    "ports": (
        1,
        "2018-12",
        ("code", "name", "pinyin", "short_name", "short_pinyin", "older_name", "older_pinyin", "level"),
    ),
    "transport_modes": (1, "2018-12", ("code", "name", "pinyin")),
    "regions": (1, "2018-12", ("code", "name", "pinyin")),
    "natures": (1, "2018-12", ("code", "name", "pinyin")),
    "headings": (1, "01-48: 2026, 49-97: 2018", ("number", "path", "pinyin")),
    "goods": (
        1,
        "01-48: 2026, 49-97: 2018",
        ("code", "heading", "name", "pinyin", "other_name", "other_pinyin", "parents_needed", "edition"),
    ),
}

CODE_SHAPES = {
    "ports": r"[0-9]{4}",
    "transport_modes": r"[0-9A-Z]",
    "regions": r"[0-9]{4}[0-9A-Z]",
    "natures": r"[0-9A-Z]",
    "headings": r"[1-9][0-9]*",
    "goods": r"[0-9]{8}",
}

CUT_SHORT = {"4724"}
"""Codes of the facts that lack a character and can't be used."""

Fact = dict[str, str]
Line = tuple[str, ...]


def build(facts: Path) -> None:
    """Write every table anew from the facts' folder."""
    write("ports", port_lines(read_facts(facts / "customs_districts.tsv")))
    write("transport_modes", named_lines(read_facts(facts / "transport_modes.tsv"), "code"))
    write("regions", named_lines(read_facts(facts / "domestic_regions_5digit.tsv"), "code5"))
    write("natures", named_lines(read_facts(facts / "enterprise_nature_digit6.tsv"), "digit6"))
    tariff = read_facts(facts / "hs_tariff.tsv")
    headings = {path: number for number, path in enumerate(sorted({row["path"] for row in tariff} - {""}), 1)}
    write("headings", ((str(number), path, spelled(path)) for path, number in headings.items()))
    write("goods", goods_lines(tariff, headings))


def read_facts(file: Path) -> list[Fact]:
    """Read one file of facts, blanks around the cells trimmed."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{name: " ".join(cell.split()) for name, cell in row.items()} for row in rows]


def write(table: str, lines: Iterable[Line]) -> None:
    """Write one table: the line of its edition, its columns, its rows."""
    version, edition, columns = TABLE_HEADS[table]
    head = f"# {table}\t{version}\t{edition}\t{DATED}"
    text = "\n".join((head, "\t".join(columns), *("\t".join(line) for line in lines)))
    TABLES.mkdir(parents=True, exist_ok=True)
    (TABLES / f"{table}.tsv").write_text(text + "\n", encoding="utf-8", newline="\n")


def port_lines(rows: list[Fact]) -> Iterator[Line]:
    """Yield the districts that may be ports; a short name that says nothing more is left out."""
    for row in sorted(rows, key=lambda row: row["code"]):
        if row["code"] in NOT_PORTS:
            continue
        name, older = row["name"], row["older_name"]
        short = row["short_name"] if row["short_name"] != name else ""
        yield row["code"], name, spelled(name), short, spelled(short), older, spelled(older), row["level"]


def named_lines(rows: list[Fact], code: str) -> Iterator[Line]:
    """Yield code, name and pinyin."""
    for row in sorted(rows, key=lambda row: row[code]):
        if row[code] not in CUT_SHORT:
            yield row[code], row["name"], spelled(row["name"])


def goods_lines(rows: list[Fact], headings: dict[str, int]) -> Iterator[Line]:
    """Yield the tariff lines."""
    endings = Counter(ending for row in rows for ending in path_endings(row))
    for row in sorted(rows, key=lambda row: row["code"]):
        name, other = row["name"], row["name_alt"] if row["name_alt"] != row["name"] else ""
        own = list(path_endings(row))
        needed = next((place for place, ending in enumerate(own) if endings[ending] == 1), len(own) - 1)
        heading = str(headings[row["path"]]) if row["path"] else ""
        yield row["code"], heading, name, spelled(name), other, spelled(other), str(needed), row["year"]


def path_endings(row: Fact) -> Iterator[tuple[str, ...]]:
    """Yield a line's name alone, with its innermost parent, with the innermost two …"""
    parents = row["path"].split(PATH_SEPARATOR) if row["path"] else []
    for count in range(len(parents) + 1):
        yield (row["name"], *parents[len(parents) - count :])


def find_faults() -> Iterator[str]:
    """Yield a sentence for everything wrong with the tables that are there."""
    read = {table: read_table(TABLES / f"{table}.tsv") for table in TABLE_HEADS}
    for table, (columns, rows) in read.items():
        yield from shape_faults(table, columns, rows)
    for row in read["ports"][1]:
        if row[0] in NOT_PORTS:
            yield f"ports: {row[0]} is not a port"
    numbers = {row[0] for row in read["headings"][1]} | {""}
    yield from (f"goods: {row[0]} has no heading {row[1]}" for row in read["goods"][1] if row[1] not in numbers)


def read_table(file: Path) -> tuple[Line, list[Line]]:
    """Read a table's columns and rows."""
    _, columns, *lines = file.read_text("utf-8").splitlines()
    return tuple(columns.split("\t")), [tuple(line.split("\t")) for line in lines]


def shape_faults(table: str, columns: Line, rows: Sequence[Line]) -> Iterator[str]:
    """Yield what is wrong with the shape of one table: columns, codes, order, duplicates, empty names, spelling."""
    if columns != TABLE_HEADS[table][2]:
        yield f"{table}: columns are {columns}"
    codes = [row[0] for row in rows]
    if len(set(codes)) != len(codes):
        yield f"{table}: codes stand twice: {[code for code, count in Counter(codes).items() if count > 1]}"
    if table != "headings" and codes != sorted(codes):
        yield f"{table}: codes are out of order"
    for row in rows:
        if not re.fullmatch(CODE_SHAPES[table], row[0]):
            yield f"{table}: {row[0]} is no code"
        if len(row) != len(columns):
            yield f"{table}: {row[0]} has {len(row)} cells"
        yield from spelling_faults(table, columns, row)


def spelling_faults(table: str, columns: Line, row: Line) -> Iterator[str]:
    """Yield names of a row that are empty or whose pinyin column does not spell them."""
    cells = dict(zip(columns, row, strict=False))
    for column, cell in cells.items():
        named = {"pinyin": "path" if table == "headings" else "name"}.get(column, column.replace("_pinyin", "_name"))
        if named == column:
            continue
        if column == "pinyin" and not cells.get(named):
            yield f"{table}: {row[0]} has no name"
        if cell != spelled(cells.get(named, "")):
            yield f"{table}: {row[0]} is spelled {cell}"


def main(words: Sequence[str] | None = None) -> int:
    """Build where a folder is named, then check; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(prog="python -m devtools.tables", description=__doc__)
    parser.add_argument("facts", type=Path, nargs="?", metavar="FOLDER", help="build from the facts in this folder")
    arguments = parser.parse_args(words)
    if arguments.facts:
        build(arguments.facts)
    faults = list(find_faults())
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
