"""Ports and when they work: rule of the week, public holidays, days of their own (S26, S34); knows no application."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.models import PortDayRow, PortRow

SATURDAY = 5


def port_codes(session: Session) -> frozenset[str]:
    """Codes of the ports on the register."""
    return frozenset(session.scalars(select(PortRow.code)))


def port_name(session: Session, code: str) -> str:
    """A port's name, empty where the register has none."""
    row = session.get(PortRow, code)
    return row.name if row else ""


def calendar(session: Session, code: str, first: date, last: date) -> WorkingCalendar | None:
    """What of a span of days a port has published, None where it has published nothing of it."""
    port = session.get(PortRow, code)
    if port is None or port.published_from is None or port.published_to is None:
        return None
    first, last = max(first, port.published_from), min(last, port.published_to)
    if first > last:
        return None
    own = _own_days(session, code, first, last)
    span = (first + timedelta(days=count) for count in range((last - first).days + 1))
    days = {day: parse_hours(own[day] if day in own else _hours_by_rule(port, day)) for day in span}
    return WorkingCalendar(first, last, {day: periods for day, periods in days.items() if periods})


def calendars(session: Session, first: date, last: date) -> dict[str, WorkingCalendar]:
    """What of a span of days each port has published; ports that have published nothing of it are absent."""
    found = {code: calendar(session, code, first, last) for code in sorted(port_codes(session))}
    return {code: published for code, published in found.items() if published is not None}


def set_day(session: Session, code: str, day: date, hours: str) -> None:
    """Let a port work otherwise on a day; the day counts as published from then on, and all days up to it.

    Raises:
        YuyueError: CALL_UNUSABLE, there is no such port or the hours are none.
    """
    port = session.get(PortRow, code)
    if port is None:
        raise user_error(Code.CALL_UNUSABLE, reason=f"没有口岸 {code}")
    check_hours(hours)
    session.merge(PortDayRow(port=code, day=day, hours=hours))
    port.published_from = min(port.published_from or day, day)
    port.published_to = max(port.published_to or day, day)


def check_hours(hours: str) -> None:
    """Raises YuyueError(CALL_UNUSABLE) unless `hours` reads like `08:30-12:00,13:00-17:30`, ascending, or is empty."""
    try:
        periods = parse_hours(hours)
        WorkingCalendar(date.min, date.min, {date.min: periods})
    except ValueError as error:
        raise user_error(
            Code.CALL_UNUSABLE, reason=f"工作时间 {hours} 看不懂，写法如 08:30-12:00,13:00-17:30"
        ) from error


def parse_hours(hours: str) -> tuple[Period, ...]:
    """Working periods of a text such as `08:30-12:00,13:00-17:30`. Raises ValueError where it is none."""
    return tuple(_period(part) for part in hours.split(",") if part)


def _period(text: str) -> Period:
    opens, closes = text.split("-")
    return Period(_minutes(opens), _minutes(closes))


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _own_days(session: Session, code: str, first: date, last: date) -> dict[date, str]:
    query = select(PortDayRow).where(PortDayRow.port == code, PortDayRow.day >= first, PortDayRow.day <= last)
    return {row.day: row.hours for row in session.scalars(query)}


def _hours_by_rule(port: PortRow, day: date) -> str:
    if _is_workday(day):
        return port.hours
    is_plain_saturday = day.weekday() == SATURDAY and not _is_public_holiday(day)
    return port.saturday_hours if is_plain_saturday else ""


def _is_workday(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        # The State Council's plan of that year is not out: the bare week is all there is.
        return day.weekday() < SATURDAY


def _is_public_holiday(day: date) -> bool:
    try:
        return chinese_calendar.get_holiday_detail(day)[1] is not None
    except NotImplementedError:
        return False
