"""What 口岸工作时间查询 shows of an answer: the week in words, the list of periods, the chosen window (S34, B3).

Plain functions of calendars, drafts and the clock; knows no widget and no service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from yuyue_desktop.domain.calendar import WorkingCalendar, moment
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import Verdict, lead_time, window_end
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import words
from yuyue_desktop.services.calendars import CalendarAnswer, CalendarQuestion
from yuyue_desktop.services.tracking import TrackedApplication
from yuyue_desktop.ui.pages.contents import (
    CalendarConditions,
    CalendarContent,
    Choice,
    ChosenWindow,
)
from yuyue_desktop.ui.presenters.calendar_day import OwnDraft, calendar_day
from yuyue_desktop.ui.presenters.day_stretches import Terms
from yuyue_desktop.ui.tables.rows import Cell, Row, Urgency
from yuyue_desktop.ui.time_words import WEEKDAYS, day_words, left_words, moment_words, urgency

SAME_PORT, OTHER_PORT = "same", "other"
GRADES = (Grade.GENERAL, Grade.SENIOR)
"""Those that may declare (S25), the stricter one first."""

NUMBER_END = 4
"""So many digits of a pre-entry number tell a draft apart on the screen."""


def own_drafts(tracked: Iterable[TrackedApplication], port: str) -> tuple[OwnDraft, ...]:
    """The drafts that are to be declared at a port and say when, in the given order."""
    starts = ((row, row.record.application.window_moment()) for row in tracked)
    return tuple(
        OwnDraft(row.record.id, start, _draft_name(row.record.pre_entry_number), not row.items)
        for row, start in starts
        if start is not None and row.record.application.declaration_port == port
    )


def conditions(terms: Terms) -> CalendarConditions:
    """The two lists by which windows are judged, and the hours they lead to."""
    hours = int(lead_time(terms.is_same_port, terms.grade).total_seconds()) // 3600
    return CalendarConditions(
        relations=(Choice(OTHER_PORT, "口岸不同"), Choice(SAME_PORT, "口岸相同")),
        grades=tuple(Choice(grade, f"{grade.word}企业") for grade in GRADES),
        relation=SAME_PORT if terms.is_same_port else OTHER_PORT,
        grade=terms.grade,
        rule=f"下班前 {hours} 小时",
    )


def calendar_content(
    answer: CalendarAnswer, drafts: Sequence[OwnDraft], terms: Terms, port_name: Callable[[str], str]
) -> CalendarContent:
    """The whole page: days for the one port that was asked for, periods of every port that answered."""
    question = answer.question
    calendar = answer.calendars.get(question.port)
    days = tuple(calendar_day(calendar, day, drafts, terms) for day in _days(question)) if question.port else ()
    return CalendarContent(days, tuple(_period_rows(answer, port_name)), terms.now.replace(second=0, microsecond=0))


def chosen_window(
    calendar: WorkingCalendar | None, start: datetime, terms: Terms, draft: OwnDraft | None
) -> ChosenWindow:
    """What the foot says of a window; `draft` is the one that can be moved there."""
    sentence, pressing, is_bookable = _verdict(calendar, start, terms)
    is_offered = is_bookable and draft is not None and draft.start != start
    act = _move_words(draft.name) if is_offered and draft is not None else ""
    end = window_end(start)
    closes = "24:00" if end == moment(end.date(), 0) else f"{end:%H:%M}"
    title = f"选中 {day_words(start.date(), terms.now.date())} {start:%H:%M}–{closes}"
    return ChosenWindow(title, sentence, pressing, act)


# the list


def _days(question: CalendarQuestion) -> Iterable[date]:
    return (question.first + timedelta(days=count) for count in range((question.last - question.first).days + 1))


def _period_rows(answer: CalendarAnswer, port_name: Callable[[str], str]) -> Iterable[Row]:
    ports = {port: f"{port} {port_name(port)}".rstrip() for port in answer.calendars}
    for day in _days(answer.question):
        for port, calendar in sorted(answer.calendars.items()):
            for period in calendar.periods(day):
                cells = {
                    "day": Cell(f"{day} {WEEKDAYS[day.weekday()]}", sort_by=moment(day, period.opens)),
                    "port": Cell(ports[port]),
                    "period": Cell(str(period)),
                }
                yield Row(f"{port}:{day}:{period.opens}", cells)


def _draft_name(pre_entry_number: str) -> str:
    return f"草稿 {pre_entry_number[-NUMBER_END:]}" if pre_entry_number else "未编号草稿"


def _move_words(name: str) -> str:
    """A thin gap stands between figures and Han."""
    return f"把{name}{' ' if name[-1].isdigit() else ''}改到这里"


def _verdict(calendar: WorkingCalendar | None, start: datetime, terms: Terms) -> tuple[str, Urgency, bool]:
    """The window in a sentence, how pressing it is, and whether it can be had."""
    now = terms.now
    if start <= now:
        return words(Code.WINDOW_PAST).title, Urgency.LATE, False
    judgement = terms.judge(calendar, start) if calendar is not None else None
    if judgement is None or judgement.latest is None:
        return words(Code.CALENDAR_NOT_FOUND).advice, Urgency.CALM, False
    if judgement.verdict is Verdict.WORKING_TIME:
        return "与口岸工作时间重叠，不能预约", Urgency.LATE, False
    latest = judgement.latest
    if judgement.verdict is Verdict.TOO_LATE:
        return f"已来不及：最迟 {moment_words(latest, now)} 前提交", Urgency.LATE, False
    return f"须在{moment_words(latest, now)} 前提交，{left_words(latest, now)}", urgency(latest - now), True
