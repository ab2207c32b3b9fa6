"""Reads the many shapes in which a clerk types a date or a moment, and writes the one shape shown; knows no widget."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from yuyue_desktop.domain.numbers import narrowed

YEARS = range(2000, 2100)
"""No appointment is in another: what was typed so is a slip, and is not rounded into a date."""

_WEEKDAYS = "一二三四五六日"
_DATE = r"(?:(?P<year>\d{4})(?:[-./年])?)?(?P<month>\d{1,2})(?:[-./月])(?P<day>\d{1,2})日?"
_PACKED_DATE = r"(?P<year>\d{4})?(?P<month>\d{2})(?P<day>\d{2})"
_WEEKDAY = r"(?:\s*(?:周|星期)[一二三四五六日天])?"
_TIME = r"(?P<hour>\d{1,2})[:：.点](?P<minute>\d{2})?分?"
_PACKED_TIME = r"(?P<hour>\d{2}):?(?P<minute>\d{2})"
_SHAPES = tuple(
    (re.compile(date_shape + _WEEKDAY), re.compile(rf"{date_shape}{_WEEKDAY}[\sT]*{gap}{time_shape}"))
    for date_shape in (_DATE, _PACKED_DATE)
    for gap, time_shape in (("", _TIME), (r"[\sT]", _PACKED_TIME))
)
_PACKED_WHOLE = re.compile(_PACKED_DATE + _PACKED_TIME)


def weekday(day: date) -> str:
    """The weekday as the form writes it, e.g. 周六."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def moment_text(moment: datetime) -> str:
    """A moment as a field shows it: 2026-09-26 周六 09:00."""
    return f"{moment:%Y-%m-%d} {weekday(moment)} {moment:%H:%M}"


def day_text(day: date) -> str:
    """A day as running text shows it: 9月26日 周六."""
    return f"{day.month}月{day.day}日 {weekday(day)}"


def day_moment_text(moment: datetime) -> str:
    """A moment as running text shows it: 9月26日 周六 09:00."""
    return f"{day_text(moment)} {moment:%H:%M}"


def read_moment(text: str, today: date) -> datetime | None:
    """The moment that `text` means, or None; a date without a year is the next such day from `today` on."""
    clean = " ".join(narrowed(text).split())
    shapes = [with_time for _, with_time in _SHAPES]
    for shape in [*shapes, _PACKED_WHOLE]:
        found = shape.fullmatch(clean)
        if found is not None:
            day = _day(found, today)
            at = _time(found)
            return None if day is None or at is None else datetime.combine(day, at)
    return None


def read_day(text: str, today: date) -> date | None:
    """The day that `text` means, or None; a date without a year is the nearest such day to `today`."""
    clean = narrowed(text)
    for shape, _ in _SHAPES:
        found = shape.fullmatch(clean)
        if found is not None:
            return _day(found, today, is_nearest=True)
    return None


def _day(found: re.Match[str], today: date, *, is_nearest: bool = False) -> date | None:
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        year = int(found["year"])
        return _date(year, month, day) if year in YEARS else None
    candidates = [
        candidate for year in (-1, 0, 1, 2, 3, 4) if (candidate := _date(today.year + year, month, day)) is not None
    ]
    if is_nearest:
        return min(candidates, key=lambda candidate: abs(candidate - today), default=None)
    return next((candidate for candidate in candidates if candidate >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        return None
