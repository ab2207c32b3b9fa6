"""What is known of companies and calendars: the store's answer at once, the gateway's when it comes (S12, S26, B1)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.deadline import LOOK_BACK, window_end
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CalendarKnown, CompanyKnown
from yuyue_desktop.domain.limits import CALENDAR_SPAN_DAYS
from yuyue_desktop.domain.ports import Clock, GatewayPort, Publish, StoreReader, StoreWriter

CALENDAR_AHEAD = timedelta(days=120)
"""As far ahead as clerks book, asked for at once; for a later window as far as that is asked for too. Back from today
goes what judging a window that begins today takes."""
ASK_AGAIN_AFTER = timedelta(seconds=30)
"""How long a failed question rests; the link coming back ends that at once."""
NEVER = datetime(9999, 12, 31)
_DAY = timedelta(days=1)
_LONGEST_SPAN = timedelta(days=CALENDAR_SPAN_DAYS)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask the gateway: `about` tells it from others, `fetch` asks and keeps the answer."""

    about: tuple[str, ...]
    fetch: Callable[[], None]


class Knowledge:
    """Looks companies and calendars up; used on the window thread, asks the gateway on the executor.

    Each company and port is asked for once a session, again only a while after a failure; a new answer is kept in the
    store and published.
    """

    def __init__(
        self,
        *,
        reader: StoreReader,
        writer: StoreWriter,
        gateway: GatewayPort,
        clock: Clock,
        workers: Executor,
        publish: Publish,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._gateway = gateway
        self._clock = clock
        self._workers = workers
        self._publish = publish
        self._ask_again_at: dict[tuple[str, ...], datetime] = {}
        self._unknown_companies: set[str] = set()
        self._answered_calendars: set[tuple[str, date]] = set()

    def company(self, customs_code: str) -> Company | None:
        """A company as last heard, None until something is known; asks the gateway in the background."""
        self._ask_once(self._about_company(customs_code))
        return self._reader.company(customs_code)

    def is_unknown_company(self, customs_code: str) -> bool:
        """Whether the gateway said that it has no such company."""
        return customs_code in self._unknown_companies

    def calendar(self, port: str, start: datetime | None = None) -> WorkingCalendar | None:
        """A port's calendar as last heard, None until something is known; asks the gateway in the background.

        It is asked for as far as clerks book, and as far as judging a window that begins at `start` takes.
        """
        self._ask_once(self._about_calendar(port, start))
        return self._reader.calendar(port)

    def hear(self, companies: Collection[str], port: str, start: datetime | None = None) -> None:
        """Ask the gateway for all of these that were not asked for, and wait for its answers; blocks.

        Where it can't be asked, what the store knows holds.
        """
        questions = [self._about_company(company) for company in companies]
        if port:
            questions.append(self._about_calendar(port, start))
        for question in questions:
            if self._begins_to_ask(question):
                self._try(question)

    def is_calendar_answered(self, port: str, start: datetime | None = None) -> bool:
        """Whether the gateway answered for this port and window, so that what lacks is not published (S26)."""
        return (port, self._last_day(start)) in self._answered_calendars

    def forget_answers(self) -> None:
        """Ask again from now on: after signing in, or when the link came back."""
        self._ask_again_at.clear()

    def _about_company(self, customs_code: str) -> Question:
        return Question(("company", customs_code), partial(self._fetch_company, customs_code))

    def _about_calendar(self, port: str, start: datetime | None) -> Question:
        last = self._last_day(start)
        return Question(("calendar", port, str(last)), partial(self._fetch_calendar, port, last))

    def _ask_once(self, question: Question) -> None:
        if self._begins_to_ask(question):
            self._workers.submit(self._try, question)

    def _begins_to_ask(self, question: Question) -> bool:
        now = self._clock.now()
        if now < self._ask_again_at.get(question.about, now):
            return False
        self._ask_again_at[question.about] = NEVER
        return True

    def _try(self, question: Question) -> None:
        try:
            question.fetch()
        except YuyueError:
            # Offline or signed out: what the store knows still holds. Each keystroke looks here, so not at once again.
            self._ask_again_at[question.about] = self._clock.now() + ASK_AGAIN_AFTER

    def _fetch_company(self, customs_code: str) -> None:
        try:
            company = self._gateway.company(customs_code)
        except YuyueError as error:
            if error.code is not Code.COMPANY_UNKNOWN:
                raise
            self._unknown_companies.add(customs_code)
        else:
            self._unknown_companies.discard(customs_code)
            self._writer.remember_company(company).result()
        self._publish(CompanyKnown(customs_code))

    def _last_day(self, start: datetime | None) -> date:
        """Until when a calendar is asked for: a month's end, so that days near one another are one question."""
        ahead = self._clock.now().date() + CALENDAR_AHEAD
        day = ahead if start is None else max(ahead, window_end(start).date())
        return day.replace(day=monthrange(day.year, day.month)[1])

    def _fetch_calendar(self, port: str, last: date) -> None:
        first = self._clock.now().date() - LOOK_BACK
        until = min(last, first + _LONGEST_SPAN)
        while (calendar := self._gateway.calendar(port, first, until)) is not None:
            self._writer.remember_calendar(port, calendar).result()
            if until == last or calendar.published_to < until:
                break
            first, until = until + _DAY, min(last, until + _LONGEST_SPAN)
        self._answered_calendars.add((port, last))
        self._publish(CalendarKnown(port))
