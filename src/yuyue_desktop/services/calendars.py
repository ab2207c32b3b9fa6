"""口岸工作时间查询 (S34): what ports have published of a span of days, from the gateway or, offline, from the store."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.deadline import LOOK_BACK
from yuyue_desktop.domain.errors import OFFLINE_CODES, Code, YuyueError, user_error
from yuyue_desktop.domain.numbers import PORT_CODE
from yuyue_desktop.domain.ports import Clock, GatewayPort, StoreReader, StoreWriter
from yuyue_desktop.services.tracking import check_span

PRESET_DAYS = 7
"""A week from today on is asked for first."""


@dataclass(frozen=True, slots=True)
class CalendarQuestion:
    """Days, both included; the port's 4-digit code, empty for every port."""

    first: date
    last: date
    port: str = ""


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """Calendars by the ports' codes, those without one are absent; `is_offline` when the store alone answered.

    The calendar of a port that was asked for reaches back before `question.first`, as far as latest moments to declare
    need it (S25), and a day beyond its end, for windows that go over midnight.
    """

    question: CalendarQuestion
    calendars: Mapping[str, WorkingCalendar]
    is_offline: bool = False


class Calendars:
    """Asks on the workers; answers are Futures."""

    def __init__(
        self, *, gateway: GatewayPort, reader: StoreReader, writer: StoreWriter, clock: Clock, workers: Executor
    ) -> None:
        self._gateway = gateway
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._workers = workers

    def preset(self, port: str = "") -> CalendarQuestion:
        """The week from today on."""
        today = self._clock.now().date()
        return CalendarQuestion(today, today + timedelta(days=PRESET_DAYS - 1), port)

    def question(self, first: date | None, last: date | None, port: str) -> CalendarQuestion:
        """A question of what was entered.

        Raises:
            YuyueError: QUERY_SPAN_REVERSED, also where a day is missing or of no year, QUERY_SPAN_TOO_LONG,
                PORT_MALFORMED.
        """
        check_span(first, last)
        if first is None or last is None or not all(_is_usual(day) for day in (first, last)):
            raise user_error(Code.QUERY_SPAN_REVERSED)
        if port and not PORT_CODE.fullmatch(port):
            raise user_error(Code.PORT_MALFORMED)
        return CalendarQuestion(first, last, port)

    def ask(self, question: CalendarQuestion) -> Future[CalendarAnswer]:
        """Ask the gateway; offline the store answers. Fails as GatewayPort."""
        return self._workers.submit(self._ask, question)

    def _ask(self, question: CalendarQuestion) -> CalendarAnswer:
        try:
            return CalendarAnswer(question, self._heard(question))
        except YuyueError as error:
            if error.code not in OFFLINE_CODES:
                raise
        return CalendarAnswer(question, self._known(question), is_offline=True)

    def _heard(self, question: CalendarQuestion) -> Mapping[str, WorkingCalendar]:
        if not question.port:
            return self._gateway.calendars(question.first, question.last)
        first, last = question.first - LOOK_BACK, question.last + timedelta(days=1)
        calendar = self._gateway.calendar(question.port, first, last)
        if calendar is None:
            return {}
        if calendar.is_known(self._clock.now().date()):
            # Another span would not touch what is kept here of the days around today, and drive it out.
            self._writer.remember_calendar(question.port, calendar).result()
        return {question.port: calendar}

    def _known(self, question: CalendarQuestion) -> Mapping[str, WorkingCalendar]:
        if not question.port:
            return self._reader.calendars()
        calendar = self._reader.calendar(question.port)
        return {} if calendar is None else {question.port: calendar}


def _is_usual(day: date) -> bool:
    """Whether weeks can be added and taken away: not at either end of what a computer counts."""
    return MINYEAR < day.year < MAXYEAR
