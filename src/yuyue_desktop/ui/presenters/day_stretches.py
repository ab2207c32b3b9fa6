"""What each stretch of a day is good for: past, working, bookable, too late, unknown (B3); knows no words.

The law is domain.deadline's alone: each stretch is judged by one window in it, as all its windows share one closing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from yuyue_desktop.domain.calendar import DAY_MINUTES, WorkingCalendar, moment
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import WINDOW_LENGTH, Judgement, Verdict, judge, window_end
from yuyue_desktop.ui.pages.contents import BlockKind


@dataclass(frozen=True, slots=True)
class Terms:
    """By what windows are judged (S25): `now` is the gateway's time."""

    is_same_port: bool
    grade: Grade
    now: datetime

    def judge(self, calendar: WorkingCalendar, start: datetime) -> Judgement:
        """What the time rules say of the window that begins at `start`."""
        return judge(calendar, start, self.is_same_port, self.grade, self.now)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a day in minutes after midnight; `latest` only where it is bookable or too late."""

    opens: int
    closes: int
    kind: BlockKind
    latest: datetime | None = None


_KINDS = {
    Verdict.IN_TIME: BlockKind.BOOKABLE,
    Verdict.TOO_LATE: BlockKind.TOO_LATE,
    Verdict.CALENDAR_UNKNOWN: BlockKind.UNKNOWN,
}


def day_stretches(calendar: WorkingCalendar | None, day: date, terms: Terms) -> tuple[Stretch, ...]:
    """The whole day, in order and without gaps; without a calendar it is unknown."""
    if calendar is None or not calendar.is_known(day):
        return (Stretch(0, DAY_MINUTES, BlockKind.UNKNOWN),)
    return tuple(_walk(calendar, day, terms))


def _walk(calendar: WorkingCalendar, day: date, terms: Terms) -> Iterator[Stretch]:
    at = 0
    for period in calendar.periods(day):
        yield from _free(calendar, day, (at, period.opens), terms)
        yield Stretch(period.opens, period.closes, BlockKind.WORKING)
        at = period.closes
    yield from _free(calendar, day, (at, DAY_MINUTES), terms)


def _free(calendar: WorkingCalendar, day: date, span: tuple[int, int], terms: Terms) -> Iterator[Stretch]:
    """A stretch without work: what of it is past, and what the rest is good for."""
    opens, closes = span
    passed = min(max(_minutes_since(day, terms.now), opens), closes)
    if opens < passed:
        yield Stretch(opens, passed, BlockKind.PAST)
    if passed < closes:
        yield _judged(calendar, day, (passed, closes), terms)


def _minutes_since(day: date, now: datetime) -> int:
    """Whole minutes from the midnight that begins `day`."""
    return int((now - moment(day, 0)).total_seconds() // 60)


def _judged(calendar: WorkingCalendar, day: date, span: tuple[int, int], terms: Terms) -> Stretch:
    start = _window_in(calendar, day, span, terms.now)
    if start is None:
        return Stretch(*span, BlockKind.GAP)
    judgement = terms.judge(calendar, start)
    return Stretch(*span, _KINDS[judgement.verdict], judgement.latest)


def _window_in(calendar: WorkingCalendar, day: date, span: tuple[int, int], now: datetime) -> datetime | None:
    """A window that lies in a stretch, or reaches into it over midnight; None where none fits (S24)."""
    opens, closes = span
    candidates = [moment(day, opens)]
    if opens == 0:
        candidates.append(moment(day, closes) - WINDOW_LENGTH)
    for start in candidates:
        if not calendar.has_working_time(start, window_end(start)) and window_end(start) > now:
            return start
    return None
