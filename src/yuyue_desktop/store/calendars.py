"""Working calendars as the gateway published them, merged to one span a port (S26); asks for none."""

from __future__ import annotations

import json
from datetime import date, timedelta

import apsw

from yuyue_desktop.domain.calendar import Period, WorkingCalendar

_DAY = timedelta(days=1)


def merge(connection: apsw.Connection, port: str, newer: WorkingCalendar) -> None:
    """Take over a published span: its days win over what was known, days around it stay.

    Where a gap of unknown days would lie between the two, the older span is dropped: it can be asked for again, and a
    calendar must not call unknown days known.
    """
    older = find(connection, port)
    calendar = newer if older is None or not _touch(older, newer) else _union(older, newer)
    days = {
        day.isoformat(): [[period.opens, period.closes] for period in periods]
        for day, periods in sorted(calendar.days.items())
    }
    connection.execute(
        "INSERT OR REPLACE INTO calendars VALUES (?, ?, ?, ?)",
        (port, calendar.published_from.isoformat(), calendar.published_to.isoformat(), json.dumps(days)),
    )


def find(connection: apsw.Connection, port: str) -> WorkingCalendar | None:
    """All that is known of a port's calendar."""
    sql = "SELECT published_from, published_to, days FROM calendars WHERE port = ?"
    row = connection.execute(sql, (port,)).fetchone()
    return None if row is None else _calendar(*row)


def every(connection: apsw.Connection) -> dict[str, WorkingCalendar]:
    """All that is known of calendars, by the ports' codes."""
    rows = connection.execute("SELECT port, published_from, published_to, days FROM calendars ORDER BY port")
    return {port: _calendar(*rest) for port, *rest in rows}


def _calendar(published_from: str, published_to: str, days: str) -> WorkingCalendar:
    periods = {
        date.fromisoformat(day): tuple(Period(opens, closes) for opens, closes in spans)
        for day, spans in json.loads(days).items()
    }
    return WorkingCalendar(date.fromisoformat(published_from), date.fromisoformat(published_to), periods)


def _touch(older: WorkingCalendar, newer: WorkingCalendar) -> bool:
    return older.published_from <= newer.published_to + _DAY and newer.published_from <= older.published_to + _DAY


def _union(older: WorkingCalendar, newer: WorkingCalendar) -> WorkingCalendar:
    kept = {day: periods for day, periods in older.days.items() if not newer.is_known(day)}
    return WorkingCalendar(
        min(older.published_from, newer.published_from),
        max(older.published_to, newer.published_to),
        {**kept, **newer.days},
    )
