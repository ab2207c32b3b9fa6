"""Credit grades by the law of the day, and the lower of two (S22, S25)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from yuyue_desktop.domain.company import LEVELS, Grade, grade_of, lower_grade


@pytest.mark.parametrize(
    ("level", "on", "grade"),
    [
        ("高级认证", "2018-05-01", Grade.SENIOR),
        ("一般认证", "2021-10-31", Grade.GENERAL),
        ("一般信用", "2021-10-31", Grade.GENERAL),
        ("失信", "2021-10-31", Grade.DISHONEST),
        ("常规", "2021-11-01", Grade.GENERAL),
        ("高级认证", "2026-03-31", Grade.SENIOR),
        ("认证", "2026-04-01", Grade.GENERAL),
        ("常规", "2026-04-01", Grade.GENERAL),
        ("失信", "2026-04-01", Grade.DISHONEST),
        ("严重失信", "2026-04-01", Grade.DISHONEST),
    ],
)
def test_levels(level: str, on: str, grade: Grade) -> None:
    assert grade_of(level, date.fromisoformat(on)) is grade


@pytest.mark.parametrize(
    ("level", "on"),
    [
        ("一般认证", "2021-11-01"),
        ("常规", "2021-10-31"),
        ("认证", "2026-03-31"),
        ("高级认证", "2018-04-30"),
        ("", "2026-10-01"),
    ],
)
def test_levels_the_law_of_that_day_does_not_have(level: str, on: str) -> None:
    with pytest.raises(KeyError):
        grade_of(level, date.fromisoformat(on))


def test_rows_ascend_by_day() -> None:
    days = [since for since, _ in LEVELS]
    assert days == sorted(set(days))


def test_the_lower_grade_of_two() -> None:
    worst_first = [Grade.DISHONEST, Grade.GENERAL, Grade.SENIOR]
    for first, second in product(worst_first, repeat=2):
        assert lower_grade(first, second) is worst_first[min(worst_first.index(first), worst_first.index(second))]


def test_every_grade_has_its_word() -> None:
    assert [grade.word for grade in Grade] == ["失信", "一般", "高级"]
