"""Companies and their credit grade as dated law (S5, S22, S25); knows nothing of where companies are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grade(StrEnum):
    """What the time rules need of a credit level, worst first."""

    DISHONEST = "dishonest"
    GENERAL = "general"
    SENIOR = "senior"

    @property
    def word(self) -> str:
        """The grade as the form's chip shows it."""
        return {Grade.DISHONEST: "失信", Grade.GENERAL: "一般", Grade.SENIOR: "高级"}[self]


_RANK = {Grade.DISHONEST: 0, Grade.GENERAL: 1, Grade.SENIOR: 2}

# S25: credit levels changed by law; each row holds from its date until the next row's.
LEVELS: tuple[tuple[date, dict[str, Grade]], ...] = (
    (
        date(2018, 5, 1),
        {
            "高级认证": Grade.SENIOR,
            "一般认证": Grade.GENERAL,
            "一般信用": Grade.GENERAL,
            "失信": Grade.DISHONEST,
        },
    ),
    (date(2021, 11, 1), {"高级认证": Grade.SENIOR, "常规": Grade.GENERAL, "失信": Grade.DISHONEST}),
    (
        date(2026, 4, 1),
        {
            "高级认证": Grade.SENIOR,
            "认证": Grade.GENERAL,
            "常规": Grade.GENERAL,
            "失信": Grade.DISHONEST,
            "严重失信": Grade.DISHONEST,
        },
    ),
)


def grade_of(level: str, on: date) -> Grade:
    """Grade that a credit level means on a day (S25).

    Raises:
        KeyError: the law of that day has no such level, or the day lies before the first row.
    """
    in_force = [levels for since, levels in LEVELS if since <= on]
    if not in_force:
        raise KeyError(level)
    return in_force[-1][level]


def lower_grade(first: Grade, second: Grade) -> Grade:
    """The worse of two grades: declaring uses the lower of declarant's and trader's (S22)."""
    return min(first, second, key=_RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class Company:
    """A company as customs knows it on the day of asking.

    `customs_code` 10 characters (N1), `credit_code` 18 (N2), `inspection_code` 10 digits (N3).
    `is_registered`: has a customs registration (报关资质); `owes_feedback`: has an I- case open (S23).
    """

    customs_code: str
    credit_code: str
    inspection_code: str
    name: str
    grade: Grade
    is_registered: bool = True
    owes_feedback: bool = False
