"""The time rules S24-S27 as pure functions of calendar, ports, grade and clock; the one home of every hour in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yuyue_desktop.domain.calendar import WorkingCalendar, days_touched
from yuyue_desktop.domain.company import Grade

WINDOW_LENGTH = timedelta(hours=2)
"""An appointment window ends this long after its start (S16)."""

FEEDBACK_SPAN = timedelta(days=5)
"""Declaration numbers are due this long after the window's start (S27)."""

LOOK_BACK = timedelta(days=60)
"""How far before a window its port's calendar is looked through for the last closing time (S25): no row of days off is
longer. The gateway reads so much of a calendar to judge by, and who judges beforehand has to keep as much."""

# S25: how long before the last closing time an application must be in, by (same port, grade).
LEAD_TIMES: dict[tuple[bool, Grade], timedelta] = {
    (False, Grade.GENERAL): timedelta(hours=24),
    (False, Grade.SENIOR): timedelta(hours=8),
    (True, Grade.GENERAL): timedelta(hours=8),
    (True, Grade.SENIOR): timedelta(hours=4),
}


class Verdict(StrEnum):
    """What the time rules say of a wish; the first that holds, in this order."""

    CALENDAR_UNKNOWN = "calendar_unknown"
    WORKING_TIME = "working_time"
    TOO_LATE = "too_late"
    IN_TIME = "in_time"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Answer of `judge`: `latest` and `closing` are None exactly when the calendar does not tell."""

    verdict: Verdict
    window_end: datetime
    latest: datetime | None
    closing: datetime | None


def window_end(start: datetime) -> datetime:
    """End of the appointment window that begins at `start` (S16)."""
    return start + WINDOW_LENGTH


def to_minute(now: datetime) -> datetime:
    """A moment as the rules count it: to the minute, so that a whole minute is in time or none of it (spec: Time)."""
    return now.replace(second=0, microsecond=0)


def lead_time(is_same_port: bool, grade: Grade) -> timedelta:
    """How long before the last closing time to declare (S25).

    Raises:
        KeyError: the grade is dishonest, which may not declare at all (S5).
    """
    return LEAD_TIMES[is_same_port, grade]


def last_closing(calendar: WorkingCalendar, start: datetime) -> datetime | None:
    """Last closing time of a working day that is not after `start`; None if an unknown day is met first (S25, S26)."""
    today = start.date()
    if not calendar.is_known(today):
        return None
    closing = calendar.closing(today)
    if closing is not None and closing <= start:
        return closing
    # What is published is one span: nothing between a day in it and today is unknown. An earlier day has closed by now.
    earlier = max((day for day, periods in calendar.days.items() if periods and day < today), default=None)
    return None if earlier is None else calendar.closing(earlier)


def deciding_closing(calendar: WorkingCalendar, start: datetime) -> datetime | None:
    """The closing time that decides a window (S25); None where the calendar does not tell all that judging it takes."""
    is_window_known = all(calendar.is_known(day) for day in days_touched(start, window_end(start)))
    return last_closing(calendar, start) if is_window_known else None


def judge(calendar: WorkingCalendar, start: datetime, is_same_port: bool, grade: Grade, now: datetime) -> Judgement:
    """Judge the window that begins at `start` for a declaration that reaches the gateway at `now` (S24-S26).

    Raises:
        KeyError: the grade is dishonest.
    """
    end = window_end(start)
    lead = lead_time(is_same_port, grade)
    closing = deciding_closing(calendar, start)
    if closing is None:
        return Judgement(Verdict.CALENDAR_UNKNOWN, end, None, None)
    latest = closing - lead
    if calendar.has_working_time(start, end):
        verdict = Verdict.WORKING_TIME
    else:
        verdict = Verdict.TOO_LATE if to_minute(now) > latest else Verdict.IN_TIME
    return Judgement(verdict, end, latest, closing)


def feedback_due(start: datetime) -> datetime:
    """Until when declaration numbers may be fed back for a window that began at `start` (S27)."""
    return start + FEEDBACK_SPAN
