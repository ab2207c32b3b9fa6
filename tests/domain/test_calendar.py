"""Working calendars: what is known, when a day closes, what a window touches (S24, S26)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yuyue_desktop.domain.calendar import Period, WorkingCalendar, clock_text, days_touched, moment

DAY = date(2026, 9, 21)
OFFICE = (Period(8 * 60 + 30, 12 * 60), Period(13 * 60, 17 * 60 + 30))
CALENDAR = WorkingCalendar(date(2026, 9, 20), date(2026, 9, 23), {DAY: OFFICE, date(2026, 9, 22): ()})


def at(text: str) -> datetime:
    """Give the moment that a text means."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("opens", "closes"), [(-1, 5), (5, 5), (6, 5), (0, 1441), (1440, 1441)])
def test_a_period_lies_within_a_day(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match=r"not within a day"):
        Period(opens, closes)


def test_a_period_is_written_by_the_clock() -> None:
    assert str(Period(510, 1440)) == "08:30–24:00"
    assert clock_text(0) == "00:00"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 9, 21), date(2026, 9, 20), {}),
        (date(2026, 9, 20), date(2026, 9, 22), {date(2026, 9, 23): OFFICE}),
        (date(2026, 9, 20), date(2026, 9, 22), {date(2026, 9, 19): ()}),
        (date(2026, 9, 20), date(2026, 9, 22), {DAY: (Period(0, 60), Period(59, 120))}),
        (date(2026, 9, 20), date(2026, 9, 22), {DAY: (Period(60, 120), Period(0, 60))}),
    ],
)
def test_what_is_no_calendar(first: date, last: date, days: dict[date, tuple[Period, ...]]) -> None:
    with pytest.raises(ValueError, match=r"span|overlap"):
        WorkingCalendar(first, last, days)


def test_periods_may_touch() -> None:
    assert WorkingCalendar(DAY, DAY, {DAY: (Period(0, 60), Period(60, 120))}).closing(DAY) == moment(DAY, 120)


def test_known_days_are_the_published_span() -> None:
    assert [CALENDAR.is_known(DAY + timedelta(days=step)) for step in (-2, -1, 2, 3)] == [False, True, True, False]


def test_a_day_closes_with_its_last_period() -> None:
    assert CALENDAR.closing(DAY) == at("2026-09-21T17:30")
    assert CALENDAR.closing(date(2026, 9, 20)) is None
    assert CALENDAR.closing(date(2026, 9, 22)) is None
    round_the_clock = WorkingCalendar(DAY, DAY, {DAY: (Period(0, 1440),)})
    assert round_the_clock.closing(DAY) == at("2026-09-22T00:00")


@pytest.mark.parametrize(
    ("start", "end", "is_touched"),
    [
        ("2026-09-21T06:30", "2026-09-21T08:30", False),
        ("2026-09-21T06:31", "2026-09-21T08:31", True),
        ("2026-09-21T12:00", "2026-09-21T13:00", False),
        ("2026-09-21T11:59", "2026-09-21T12:30", True),
        ("2026-09-21T17:29", "2026-09-21T19:29", True),
        ("2026-09-21T17:30", "2026-09-21T19:30", False),
        ("2026-09-20T23:00", "2026-09-21T08:31", True),
        ("2026-09-20T00:00", "2026-09-23T00:00", True),
    ],
)
def test_working_time_in_a_window(start: str, end: str, is_touched: bool) -> None:
    assert CALENDAR.has_working_time(at(start), at(end)) is is_touched


def test_a_window_that_ends_at_midnight_does_not_touch_the_next_day() -> None:
    whole_next_day = WorkingCalendar(date(2026, 9, 20), DAY, {DAY: (Period(0, 1440),)})
    assert not whole_next_day.has_working_time(at("2026-09-20T22:00"), at("2026-09-21T00:00"))
    assert whole_next_day.has_working_time(at("2026-09-20T22:01"), at("2026-09-21T00:01"))


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-09-20T22:00", "2026-09-21T00:00", 1),
        ("2026-09-20T22:00", "2026-09-21T00:01", 2),
        ("2026-12-31T23:00", "2027-01-02T01:00", 3),
        ("9999-12-31T20:00", "9999-12-31T22:00", 1),
    ],
)
def test_days_touched(start: str, end: str, count: int) -> None:
    first = at(start).date()
    assert list(days_touched(at(start), at(end))) == [first + timedelta(days=step) for step in range(count)]
