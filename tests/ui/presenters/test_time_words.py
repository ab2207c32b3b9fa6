"""Moments and spans as a clerk reads them (look.md, Words)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yuyue_desktop.ui import time_words
from yuyue_desktop.ui.tables.rows import Urgency

NOW = datetime(2026, 9, 23, 14, 36)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "0 分 0 秒"),
        (9 * MINUTE + 59 * SECOND, "9 分 59 秒"),
        (10 * MINUTE, "10 分"),
        (54 * MINUTE + 59 * SECOND, "54 分"),
        (HOUR, "1 小时"),
        (2 * HOUR + 54 * MINUTE, "2 小时 54 分"),
        (24 * HOUR, "1 天"),
        (76 * HOUR + 59 * MINUTE, "3 天 4 小时"),
        (timedelta(microseconds=999_999), "0 分 0 秒"),
    ],
)
def test_span(span: timedelta, words: str) -> None:
    assert time_words.span_words(span) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW + 2 * HOUR + 54 * MINUTE, "还剩 2 小时 54 分"),
        (NOW, "还剩 0 分 0 秒"),
        (NOW - HOUR - 6 * MINUTE, "过了 1 小时 6 分"),
    ],
)
def test_what_is_left(moment: datetime, words: str) -> None:
    assert time_words.left_words(moment, NOW) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 9, 23), "今天 00:00"),
        (datetime(2026, 9, 23, 23, 59), "今天 23:59"),
        (datetime(2026, 9, 24), "明天 00:00"),
        (datetime(2026, 9, 22, 17, 30), "昨天 17:30"),
        (datetime(2026, 9, 26, 19), "9月26日 周六 19:00"),
        (datetime(2026, 10, 7, 9), "10月7日 周三 09:00"),
        (datetime(2026, 10, 8, 9), "10月8日 09:00"),
        (datetime(2027, 1, 4, 9), "2027-01-04 09:00"),
    ],
)
def test_a_moment(moment: datetime, words: str) -> None:
    assert time_words.moment_words(moment, NOW) == words


def test_the_turn_of_the_year_is_tomorrow_like_any_other() -> None:
    assert time_words.moment_words(datetime(2027, 1, 1, 8), datetime(2026, 12, 31, 20)) == "明天 08:00"
    assert time_words.day_words(date(2027, 1, 2), date(2026, 12, 31)) == "1月2日 周六"


@pytest.mark.parametrize(
    ("left", "late_from", "urgency"),
    [
        (8 * HOUR + SECOND, HOUR, Urgency.CALM),
        (8 * HOUR, HOUR, Urgency.SOON),
        (HOUR + SECOND, HOUR, Urgency.SOON),
        (HOUR, HOUR, Urgency.LATE),
        (-HOUR, HOUR, Urgency.LATE),
        (8 * HOUR, 8 * HOUR, Urgency.LATE),
        (8 * HOUR + SECOND, 8 * HOUR, Urgency.CALM),
    ],
)
def test_how_pressing(left: timedelta, late_from: timedelta, urgency: Urgency) -> None:
    assert time_words.urgency(left, late_from) is urgency


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (datetime(2026, 9, 26, 9), "2026-09-26 09:00–11:00"),
        (datetime(2026, 9, 26, 22), "2026-09-26 22:00–24:00"),
        (datetime(2026, 9, 26, 23), "2026-09-26 23:00–01:00"),
    ],
)
def test_a_window(start: datetime, words: str) -> None:
    assert time_words.window_words(start, start + 2 * HOUR) == words
