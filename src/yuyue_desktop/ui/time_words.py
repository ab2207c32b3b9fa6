"""Moments and spans as a clerk reads them (look.md, Words): time left, weekday, 今天; knows no clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yuyue_desktop.ui.tables.rows import Urgency

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
LONG_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SOON = timedelta(hours=8)
LATE = timedelta(hours=1)
TICKING_MINUTES = 10
WEEKDAY_HORIZON = timedelta(days=14)
NO_END = datetime(9999, 12, 31)
"""Sorts what has no latest moment behind all that has one."""


def urgency(left: timedelta, late_from: timedelta = LATE) -> Urgency:
    """Grey above 8 hours, amber from 8 hours, red from 1 hour; a feedback is red from 8 hours (`late_from`)."""
    if left <= late_from:
        return Urgency.LATE
    return Urgency.SOON if left <= SOON else Urgency.CALM


def span_words(span: timedelta) -> str:
    """A positive span: `3 天 4 小时`, `2 小时 54 分`, `54 分`; by the second only in the last ten minutes."""
    minutes = int(span.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
    if minutes >= TICKING_MINUTES:
        return f"{minutes} 分"
    return f"{minutes} 分 {int(span.total_seconds()) % 60} 秒"


def left_words(moment: datetime, now: datetime) -> str:
    """`还剩 2 小时 54 分` or `过了 1 小时 6 分`."""
    return f"还剩 {span_words(moment - now)}" if moment >= now else f"过了 {span_words(now - moment)}"


def short_day(day: date) -> str:
    """`9月23日`."""
    return f"{day.month}月{day.day}日"


def day_words(day: date, today: date) -> str:
    """`9月23日 周三`; the weekday stands with every date of the next 14 days, farther ones carry their year."""
    if abs(day - today) <= WEEKDAY_HORIZON:
        return f"{short_day(day)} {WEEKDAYS[day.weekday()]}"
    return day.isoformat() if day.year != today.year else short_day(day)


def moment_words(moment: datetime, now: datetime) -> str:
    """`今天 17:30`, `明天 09:30`, `昨天 17:30` or `9月26日 周六 19:00`."""
    near = {0: "今天", 1: "明天", -1: "昨天"}.get((moment.date() - now.date()).days)
    return f"{near or day_words(moment.date(), now.date())} {moment:%H:%M}"


def stamp(moment: datetime) -> str:
    """`2026-09-23 13:58`, as lists show it."""
    return f"{moment:%Y-%m-%d %H:%M}"


def window_words(start: datetime, end: datetime) -> str:
    """`2026-09-26 09:00–11:00`; an end on the next day at midnight reads 24:00."""
    ends = "24:00" if end.date() != start.date() and (end.hour, end.minute) == (0, 0) else f"{end:%H:%M}"
    return f"{stamp(start)}–{ends}"
