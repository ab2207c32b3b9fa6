"""docs/manual-coverage.md names every requirement of the manual, and all that it names exists."""

from __future__ import annotations

import re

import pytest

from devtools.places import ROOT

PAGE = ROOT / "docs" / "manual-coverage.md"
LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
WANTED = [*(f"S{number}" for number in range(35)), *(f"N{number}" for number in range(1, 8))]


REQUIREMENT_CELLS, WORD_CELLS = 5, 4


def all_rows() -> list[list[str]]:
    """The cells of each row that begins with a requirement."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [SN]\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def rows() -> list[list[str]]:
    """The rows of the first table: one for each requirement."""
    return [row for row in all_rows() if len(row) == REQUIREMENT_CELLS]


def test_every_requirement_has_one_row() -> None:
    assert [row[0] for row in rows()] == WANTED


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_a_row_names_exists(row: list[str]) -> None:
    number, _, source, tests, pictures = row
    for _, path in LINK.findall(source):
        assert (PAGE.parent / path).is_file(), path
    for name, path in LINK.findall(tests):
        assert re.search(rf"def {name}\(", (PAGE.parent / path).read_text(encoding="utf-8")), name
    shown = [path for _, path in LINK.findall(pictures)]
    for path in shown:
        assert (PAGE.parent / path).is_file(), path
    assert source
    assert tests
    assert shown or number.startswith("N")


def test_no_picture_is_left_that_no_row_shows() -> None:
    shown = {path for row in rows() for _, path in LINK.findall(row[4])}
    taken = {f"pictures/manual/{picture.name}" for picture in (ROOT / "docs/pictures/manual").glob("*.png")}
    assert taken == shown


SAID = re.compile(r"「([^」]+)」")


def word_rows() -> list[list[str]]:
    """The cells of each row that has words of the manual's."""
    return [row for row in all_rows() if len(row) == WORD_CELLS and SAID.search(row[1])]


@pytest.mark.parametrize("row", word_rows(), ids=lambda row: row[2])
def test_the_manuals_words_stand_in_the_test_that_is_named(row: list[str]) -> None:
    ((name, path),) = LINK.findall(row[3])
    blocks = (PAGE.parent / path).read_text(encoding="utf-8").split("\n\n\n")
    (source,) = [block for block in blocks if f"def {name}(" in block]
    for words in SAID.findall(row[1]):
        for part in words.split("XXXX"):
            assert part in source, words


def test_there_are_words_of_the_manual() -> None:
    assert len(word_rows()) > 20
