"""`yuyue deadline`: judges the time rules S24-S26 for cases on standard input, a line each; thousands a second."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.exit import Exit, exit_of
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import parse_moment
from yuyue_desktop.domain.calendar import DAY_MINUTES, Period, WorkingCalendar, clock_text
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import judge
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.json_input import json_object, not_json, require_names, required, shown_name, wrong

NAMES = ("id", "calendar", "start", "same_port", "grade", "now")
CALENDAR_NAMES = ("from", "to", "days")
GRADES = {"senior": Grade.SENIOR, "general": Grade.GENERAL}
CLOCK = {clock_text(minutes): minutes for minutes in range(DAY_MINUTES + 1)}
"""Every text that is a time of day, 24:00 included, with its minutes after midnight."""

A_DATE = "日期，如 2026-09-20"
PERIODS = '工作时段的列表，如 [["08:30","12:00"]]，按先后，不重叠'
DATE_LENGTH = len("2026-09-20")

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Case:
    """One question; `id` is any JSON value and comes back as it was."""

    id: Any
    calendar: WorkingCalendar
    start: datetime
    is_same_port: bool
    grade: Grade
    now: datetime


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    add_command(commands, "deadline", run, "判定预约时间与最迟申报时间：标准输入每行一个问题，标准输出每行一个答案")


def run(_options: argparse.Namespace, _supplies: Supplies, streams: Streams) -> Exit:
    """Answer every line; a bad one is answered with its code, blank ones are skipped."""
    items = bad = 0
    for number, line in enumerate(streams.stdin, 1):
        if not line.strip():
            continue
        items += 1
        try:
            answer = answer_case(line)
        except YuyueError as error:
            bad += 1
            streams.refuse({"line": number}, f"第 {number} 行", error)
        else:
            streams.answer_line(answer)
    return exit_of(items, bad)


def answer_case(line: bytes) -> str:
    """The answer to one line, as JSON.

    Raises:
        YuyueError: INPUT_* naming the field, for any bytes that are no case.
    """
    case = read_case(json_object(line))
    try:
        judged = judge(case.calendar, case.start, case.is_same_port, case.grade, case.now)
        answer = {
            "id": case.id,
            "window_end": _text(judged.window_end),
            "latest": judged.latest and _text(judged.latest),
            "verdict": judged.verdict,
        }
        return _ENCODER.encode(answer)
    except OverflowError as error:  # a closing time in the first or last year that dates can have
        raise wrong("calendar.days", "公元 2 年至 9998 年的日期") from error
    except RecursionError as error:  # writing nests less deep than reading
        raise not_json("嵌套太深") from error


def read_case(found: dict[str, Any]) -> Case:
    """A case from its object; raises YuyueError(INPUT_*)."""
    require_names(found, NAMES)
    grade = GRADES.get(required(found["grade"], str, "grade", " senior 或 general"))
    if grade is None:
        raise wrong("grade", " senior 或 general")
    return Case(
        found["id"],
        _calendar(required(found["calendar"], dict, "calendar", "对象")),
        _moment(found["start"], "start"),
        required(found["same_port"], bool, "same_port", " true 或 false"),
        grade,
        _moment(found["now"], "now"),
    )


def _calendar(found: dict[str, Any]) -> WorkingCalendar:
    require_names(found, CALENDAR_NAMES, "calendar.")
    first, last = _date(found["from"], "calendar.from"), _date(found["to"], "calendar.to")
    if first > last:
        raise wrong("calendar.to", "不早于 from 的日期")
    days: dict[date, tuple[Period, ...]] = {}
    for text, periods in required(found["days"], dict, "calendar.days", "对象").items():
        day = _day(text)
        if day is None:
            raise wrong(_place(text), A_DATE)
        if not first <= day <= last:
            raise wrong(_place(text), "from 至 to 之间的日期")
        days[day] = _periods(text, periods)
    return WorkingCalendar(first, last, days)


def _place(day: str) -> str:
    return f"calendar.days.{shown_name(day)}"


def _periods(day: str, texts: object) -> tuple[Period, ...]:
    if type(texts) is not list:
        raise wrong(_place(day), PERIODS)
    periods: list[Period] = []
    earliest = 0
    for pair in texts:
        # Thousands of days a second come here: plain steps, and nothing is made for a message that nobody needs.
        if type(pair) is not list or len(pair) != 2 or not type(pair[0]) is type(pair[1]) is str:  # noqa: PLR2004
            raise wrong(_place(day), PERIODS)
        opens, closes = CLOCK.get(pair[0]), CLOCK.get(pair[1])
        if opens is None or closes is None or not earliest <= opens < closes:
            raise wrong(_place(day), PERIODS)
        periods.append(_period(opens, closes))
        earliest = closes
    return tuple(periods)


_period = lru_cache(maxsize=4096)(Period)
"""Ports work by few hours: the same periods come over and over."""


def _date(text: object, field: str) -> date:
    day = _day(required(text, str, field, A_DATE))
    if day is None:
        raise wrong(field, A_DATE)
    return day


def _day(text: str) -> date | None:
    return _known_day(text) if len(text) == DATE_LENGTH else None


@lru_cache(maxsize=4096)
def _known_day(text: str) -> date | None:
    """The day that a text of a date's length means, None where it means none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: object, field: str) -> datetime:
    wanted = "到分钟的时间，如 2026-10-03T10:00"
    found = parse_moment(required(text, str, field, wanted))
    if found is None:
        raise wrong(field, wanted)
    return found


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
