"""Working calendar of one port: which minutes of which published days are working time (S24, S26, S34)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A working period of a day, in minutes after midnight, `opens` < `closes` <= 1440; the closing minute is outside.

    Raises:
        ValueError: opens and closes are not in that order or not within the day.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY_MINUTES:
            raise ValueError(f"period {self.opens}..{self.closes} is not within a day")

    def __str__(self) -> str:
        return f"{clock_text(self.opens)}–{clock_text(self.closes)}"


def clock_text(minutes: int) -> str:
    """Minutes after midnight as `HH:MM`; 1440 is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What a port has published: days `published_from`..`published_to` (both included) are known, others unknown (S26).

    A known day that is not in `days`, or is empty there, is no working day. Periods ascend and do not overlap.

    Raises:
        ValueError: the span is reversed, a day lies outside it, or periods overlap or are out of order.
    """

    published_from: date
    published_to: date
    days: Mapping[date, tuple[Period, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.published_from > self.published_to:
            raise ValueError("the published span is reversed")
        for day, periods in self.days.items():
            if not self.is_known(day):
                raise ValueError(f"{day} lies outside the published span")
            if any(later.opens < earlier.closes for earlier, later in pairwise(periods)):
                raise ValueError(f"the periods of {day} overlap or are out of order")

    def is_known(self, day: date) -> bool:
        """Whether the port has published this day."""
        return self.published_from <= day <= self.published_to

    def periods(self, day: date) -> tuple[Period, ...]:
        """Working periods of a known day, ascending; empty when it is no working day."""
        return self.days.get(day, ())

    def closing(self, day: date) -> datetime | None:
        """End of the last working period of a known day (S25), or None when it is no working day."""
        periods = self.periods(day)
        return moment(day, periods[-1].closes) if periods else None

    def has_working_time(self, start: datetime, end: datetime) -> bool:
        """Whether `[start, end)` overlaps a working period; an end at 00:00 does not touch the day it begins (S24)."""
        return self.first_overlap(start, end) is not None

    def first_overlap(self, start: datetime, end: datetime) -> tuple[date, Period] | None:
        """The first working period that `[start, end)` overlaps, with its day."""
        overlaps = (
            (day, period)
            for day in days_touched(start, end)
            for period in self.periods(day)
            if moment(day, period.opens) < end and start < moment(day, period.closes)
        )
        return next(overlaps, None)


def moment(day: date, minutes: int) -> datetime:
    """The moment `minutes` after the midnight that begins `day`."""
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


def days_touched(start: datetime, end: datetime) -> Iterator[date]:
    """Days on which `[start, end)` has at least a moment, ascending."""
    last = (end - datetime.resolution).date()
    return (date.fromordinal(number) for number in range(start.toordinal(), last.toordinal() + 1))
