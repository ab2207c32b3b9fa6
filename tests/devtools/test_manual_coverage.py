"""docs/manual-coverage.md names every requirement of the manual, and all that it names exists."""

from __future__ import annotations

import re

import pytest

from devtools.places import ROOT

PAGE = ROOT / "docs" / "manual-coverage.md"
LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
WANTED = [*(f"S{number}" for number in range(35)), *(f"N{number}" for number in range(1, 8))]


def rows() -> list[list[str]]:
    """The cells of each row below the head."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| [SN]\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


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
