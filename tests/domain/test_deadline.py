"""The time rules S24-S27 by tables of cases, and against a second reading of the law, minute by minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import Verdict, feedback_due, judge, last_closing, lead_time, window_end

OFFICE = (Period(510, 720), Period(780, 1050))
"""08:30-12:00, 13:00-17:30."""

# 2026: the National Day holiday is 1-7 October; Sunday 20 September and Saturday 10 October are made up for it.
HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
MAKE_UP_DAYS = {date(2026, 9, 20), date(2026, 10, 10)}


def published(first: date, last: date) -> WorkingCalendar:
    """Give an office's calendar with holidays and make-up days."""
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    working = [day for day in days if day in MAKE_UP_DAYS or (day.weekday() < 5 and day not in HOLIDAYS)]
    return WorkingCalendar(first, last, dict.fromkeys(working, OFFICE))


AUTUMN = published(date(2026, 9, 14), date(2026, 10, 20))


def at(text: str) -> datetime:
    """Give the moment that a text means."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("is_same_port", "grade", "hours"),
    [
        (False, Grade.GENERAL, 24),
        (False, Grade.SENIOR, 8),
        (True, Grade.GENERAL, 8),
        (True, Grade.SENIOR, 4),
    ],
)
def test_lead_times(is_same_port: bool, grade: Grade, hours: int) -> None:
    assert lead_time(is_same_port, grade) == timedelta(hours=hours)


@pytest.mark.parametrize("is_same_port", [True, False])
def test_a_dishonest_company_has_no_lead_time(is_same_port: bool) -> None:
    with pytest.raises(KeyError):
        lead_time(is_same_port, Grade.DISHONEST)


@pytest.mark.parametrize(
    ("start", "closing"),
    [
        ("2026-10-03T10:00", "2026-09-30T17:30"),  # within a holiday: the day before it
        ("2026-10-08T08:29", "2026-09-30T17:30"),  # before the first opening after it
        ("2026-10-08T17:29", "2026-09-30T17:30"),  # before that day's closing
        ("2026-10-08T17:30", "2026-10-08T17:30"),  # at the closing itself
        ("2026-10-08T20:00", "2026-10-08T17:30"),  # the same evening
        ("2026-10-11T10:00", "2026-10-10T17:30"),  # Sunday after a Saturday that is made up
        ("2026-09-26T10:00", "2026-09-25T17:30"),  # a plain Saturday
        ("2026-09-20T18:00", "2026-09-20T17:30"),  # a Sunday that is made up
        ("2026-09-20T12:30", "2026-09-18T17:30"),  # its lunch hour: a pause does not close the day
    ],
)
def test_last_closing(start: str, closing: str) -> None:
    assert last_closing(AUTUMN, at(start)) == at(closing)


@pytest.mark.parametrize("start", ["2026-09-13T23:59", "2026-10-21T00:00", "2027-01-01T10:00"])
def test_there_is_no_closing_seen_from_an_unknown_day(start: str) -> None:
    assert last_closing(AUTUMN, at(start)) is None


@pytest.mark.parametrize(
    ("is_same_port", "grade", "latest"),
    [
        (False, Grade.GENERAL, "2026-09-29T17:30"),
        (False, Grade.SENIOR, "2026-09-30T09:30"),
        (True, Grade.GENERAL, "2026-09-30T09:30"),
        (True, Grade.SENIOR, "2026-09-30T13:30"),
    ],
)
def test_exactly_at_the_latest_moment_is_in_time_a_minute_later_is_not(
    is_same_port: bool, grade: Grade, latest: str
) -> None:
    start, last = at("2026-10-03T10:00"), at(latest)
    in_time = judge(AUTUMN, start, is_same_port, grade, last)
    assert (in_time.verdict, in_time.latest, in_time.window_end) == (Verdict.IN_TIME, last, at("2026-10-03T12:00"))
    assert judge(AUTUMN, start, is_same_port, grade, last + timedelta(seconds=59)).verdict is Verdict.IN_TIME
    assert judge(AUTUMN, start, is_same_port, grade, last + timedelta(minutes=1)).verdict is Verdict.TOO_LATE


def verdict(calendar: WorkingCalendar, start: str, now: str = "2026-09-15T00:00") -> Verdict:
    """Judge for a senior company with one port."""
    return judge(calendar, at(start), is_same_port=True, grade=Grade.SENIOR, now=at(now)).verdict


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-09-21T06:30", Verdict.IN_TIME),
        ("2026-09-21T06:31", Verdict.WORKING_TIME),
        ("2026-09-21T17:29", Verdict.WORKING_TIME),
        ("2026-09-21T17:30", Verdict.IN_TIME),
        ("2026-09-21T12:00", Verdict.WORKING_TIME),
        ("2026-09-20T10:00", Verdict.WORKING_TIME),
        ("2026-10-10T16:00", Verdict.WORKING_TIME),
        ("2026-10-05T10:00", Verdict.IN_TIME),
    ],
)
def test_the_window_must_not_overlap_working_time(start: str, expected: Verdict) -> None:
    assert verdict(AUTUMN, start) is expected


def test_working_time_goes_before_too_late_and_tells_the_latest_moment() -> None:
    judged = judge(AUTUMN, at("2026-09-22T10:00"), is_same_port=True, grade=Grade.SENIOR, now=at("2026-09-22T09:00"))
    assert judged.verdict is Verdict.WORKING_TIME
    assert judged.latest == at("2026-09-21T13:30")
    assert judged.closing == at("2026-09-21T17:30")


def test_an_end_at_midnight_does_not_touch_the_day_it_begins() -> None:
    night = WorkingCalendar(date(2026, 9, 21), date(2026, 9, 22), {date(2026, 9, 21): OFFICE})
    assert verdict(night, "2026-09-22T22:00") is Verdict.IN_TIME
    assert verdict(night, "2026-09-22T22:01") is Verdict.CALENDAR_UNKNOWN
    busy = WorkingCalendar(
        date(2026, 9, 21), date(2026, 9, 23), {date(2026, 9, 21): OFFICE, date(2026, 9, 23): (Period(0, 1440),)}
    )
    assert verdict(busy, "2026-09-22T22:00") is Verdict.IN_TIME
    assert verdict(busy, "2026-09-22T22:01") is Verdict.WORKING_TIME


def test_a_day_that_closes_at_24_closes_with_the_next_midnight() -> None:
    calendar = WorkingCalendar(date(2026, 9, 21), date(2026, 9, 22), {date(2026, 9, 21): (Period(0, 1440),)})
    judged = judge(
        calendar, at("2026-09-22T00:00"), is_same_port=False, grade=Grade.GENERAL, now=at("2026-09-21T00:00")
    )
    assert (judged.verdict, judged.closing) == (Verdict.IN_TIME, at("2026-09-22T00:00"))
    late = judge(calendar, at("2026-09-22T00:00"), is_same_port=False, grade=Grade.GENERAL, now=at("2026-09-21T00:01"))
    assert late.verdict is Verdict.TOO_LATE


@pytest.mark.parametrize(
    ("first", "last", "start", "expected"),
    [
        ("2026-10-01", "2026-10-20", "2026-10-03T10:00", Verdict.CALENDAR_UNKNOWN),  # unknown before a closing is met
        ("2026-09-30", "2026-10-20", "2026-10-03T10:00", Verdict.IN_TIME),  # the closing day is enough
        ("2026-09-14", "2026-10-02", "2026-10-03T10:00", Verdict.CALENDAR_UNKNOWN),  # the window's day is unknown
        ("2026-09-14", "2026-10-02", "2026-10-02T22:00", Verdict.IN_TIME),
        ("2026-09-14", "2026-10-02", "2026-10-02T23:00", Verdict.CALENDAR_UNKNOWN),  # its second day is unknown
        ("2026-09-14", "2026-09-29", "2026-10-03T10:00", Verdict.CALENDAR_UNKNOWN),
        ("2026-10-01", "2026-10-07", "2026-10-03T10:00", Verdict.CALENDAR_UNKNOWN),  # known, but no working day in it
    ],
)
def test_unknown_days(first: str, last: str, start: str, expected: Verdict) -> None:
    calendar = published(date.fromisoformat(first), date.fromisoformat(last))
    judged = judge(calendar, at(start), is_same_port=True, grade=Grade.SENIOR, now=at("2026-09-15T00:00"))
    assert judged.verdict is expected
    assert (judged.latest is None) == (judged.closing is None) == (expected is Verdict.CALENDAR_UNKNOWN)


def test_the_latest_moment_itself_may_lie_on_an_unknown_day() -> None:
    calendar = published(date(2026, 9, 30), date(2026, 10, 20))
    judged = judge(
        calendar, at("2026-10-03T10:00"), is_same_port=False, grade=Grade.GENERAL, now=at("2026-09-29T17:30")
    )
    assert (judged.verdict, judged.latest) == (Verdict.IN_TIME, at("2026-09-29T17:30"))


def test_spans_as_long_as_the_calendar_itself_are_no_trouble() -> None:
    forever = WorkingCalendar(date.min, date.max, {})
    assert verdict(forever, "2026-10-03T10:00") is Verdict.CALENDAR_UNKNOWN
    once = WorkingCalendar(date.min, date.max, {date(2, 1, 5): OFFICE})
    assert last_closing(once, at("2026-10-03T10:00")) == at("0002-01-05T17:30")


def test_windows_last_two_hours_and_feedback_is_due_after_five_days() -> None:
    assert window_end(at("2026-12-31T23:00")) == at("2027-01-01T01:00")
    assert feedback_due(at("2026-10-03T10:00")) == at("2026-10-08T10:00")


# A second reading of S24-S26, written from the law with nothing but minutes.
EPOCH = datetime(2026, 9, 1)
DAY = 1440
LEAD_MINUTES = {(False, "general"): 1440, (False, "senior"): 480, (True, "general"): 480, (True, "senior"): 240}


def oracle(
    known_days: set[int], working: set[int], start: int, lead: int, now: int
) -> tuple[str, int | None]:  # fmt: skip
    """Give verdict and latest minute; days and minutes are counted from EPOCH, `working` holds working minutes."""
    window = range(start, start + 120)
    if any(minute // DAY not in known_days for minute in window):
        return "calendar_unknown", None
    minute = start
    while True:
        before = minute - 1
        if before // DAY not in known_days:
            return "calendar_unknown", None
        rest_of_day = range(minute, (before // DAY + 1) * DAY)
        if before in working and working.isdisjoint(rest_of_day):
            break
        minute = before
    latest = minute - lead
    if not working.isdisjoint(window):
        return "working_time", latest
    return ("too_late" if now > latest else "in_time"), latest


@st.composite
def day_periods(draw: st.DrawFn) -> tuple[Period, ...]:
    """Draw the periods of one day, often none, often at the day's very edges."""
    edges = st.one_of(st.sampled_from([0, 1, 510, 720, 780, 1050, 1439, 1440]), st.integers(0, 1440))
    marks = sorted(draw(st.sets(edges, max_size=6)))
    return tuple(Period(opens, closes) for opens, closes in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def wishes(draw: st.DrawFn) -> tuple[WorkingCalendar, int, int]:
    """Draw a calendar of a few days, a start near them and a moment of declaring near that."""
    count = draw(st.integers(1, 6))
    first = draw(st.integers(1, 3))
    days = {
        (EPOCH + timedelta(days=first + step)).date(): draw(day_periods())
        for step in range(count)
        if draw(st.booleans())
    }
    calendar = WorkingCalendar(
        (EPOCH + timedelta(days=first)).date(), (EPOCH + timedelta(days=first + count - 1)).date(), days
    )
    edges = [
        int((day - EPOCH.date()).days) * DAY + mark
        for day, periods in days.items()
        for period in periods
        for mark in (period.opens, period.closes)
    ]
    near = st.sampled_from(edges or [0]).flatmap(lambda edge: st.integers(edge - 121, edge + 1))
    start = max(0, draw(st.one_of(near, st.integers(0, (first + count + 1) * DAY))))
    back = st.sampled_from([0, 1, 240, 480, 1440]).flatmap(lambda lead: st.integers(lead - 2, lead + 2))
    now = draw(st.one_of(st.integers(-DAY, start), back.map(lambda minutes: start - minutes)))
    return calendar, start, now


@settings(max_examples=400, deadline=None)
@given(wishes(), st.booleans(), st.sampled_from([Grade.GENERAL, Grade.SENIOR]))
def test_both_readings_of_the_law_agree(
    wish: tuple[WorkingCalendar, int, int], is_same_port: bool, grade: Grade
) -> None:
    calendar, start, now = wish
    known = {(calendar.published_from - EPOCH.date()).days, (calendar.published_to - EPOCH.date()).days}
    known_days = set(range(min(known), max(known) + 1))
    working = {
        (day - EPOCH.date()).days * DAY + minute
        for day, periods in calendar.days.items()
        for period in periods
        for minute in range(period.opens, period.closes)
    }
    lead = LEAD_MINUTES[is_same_port, grade.value]
    latest_by_hand = oracle(known_days, working, start, lead, now)[1]
    moments = {now} if latest_by_hand is None else {now, latest_by_hand, latest_by_hand + 1}
    for moment in moments:
        judged = judge(
            calendar, EPOCH + timedelta(minutes=start), is_same_port, grade, EPOCH + timedelta(minutes=moment)
        )
        latest = None if judged.latest is None else round((judged.latest - EPOCH) / timedelta(minutes=1))
        assert (judged.verdict.value, latest) == oracle(known_days, working, start, lead, moment)


@settings(max_examples=200, deadline=None)
@given(wishes(), st.booleans())
def test_a_better_grade_is_never_later_and_one_port_never_worse(
    wish: tuple[WorkingCalendar, int, int], is_same_port: bool
) -> None:
    calendar, start, now = wish
    moments = EPOCH + timedelta(minutes=start), EPOCH + timedelta(minutes=now)

    def latest(is_same: bool, grade: Grade) -> datetime:
        return judge(calendar, moments[0], is_same, grade, moments[1]).latest or EPOCH - timedelta(days=9)

    assert latest(is_same_port, Grade.SENIOR) >= latest(is_same_port, Grade.GENERAL)
    assert latest(True, Grade.SENIOR) >= latest(False, Grade.SENIOR)  # noqa: FBT003
    assert latest(True, Grade.GENERAL) >= latest(False, Grade.GENERAL)  # noqa: FBT003
