"""What is known of companies and calendars: the store's answer at once, the gateway's when it comes (S12, S26, B1)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from datetime import date, datetime, timedelta

from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.deadline import LOOK_BACK
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CalendarKnown, CompanyKnown
from yuyue_desktop.domain.ports import Clock, GatewayPort, Publish, StoreReader, StoreWriter

CALENDAR_AHEAD = timedelta(days=120)
"""As far ahead as clerks book. Back from today goes what judging a window that begins today takes."""
ASK_AGAIN_AFTER = timedelta(seconds=30)
"""How long a failed question rests; the link coming back ends that at once."""
NEVER = datetime(9999, 12, 31)


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
        self._ask_again_at: dict[tuple[str, str], datetime] = {}
        self._unknown_companies: set[str] = set()
        self._answered_ports: set[str] = set()

    def company(self, customs_code: str) -> Company | None:
        """A company as last heard, None until something is known; asks the gateway in the background."""
        self._ask_once("company", customs_code, self._fetch_company)
        return self._reader.company(customs_code)

    def is_unknown_company(self, customs_code: str) -> bool:
        """Whether the gateway said that it has no such company."""
        return customs_code in self._unknown_companies

    def calendar(self, port: str) -> WorkingCalendar | None:
        """A port's calendar as last heard, None until something is known; asks the gateway in the background."""
        self._ask_once("calendar", port, self._fetch_calendar)
        return self._reader.calendar(port)

    def hear(self, companies: Collection[str], port: str) -> None:
        """Ask the gateway for all of these that were not asked for, and wait for its answers; blocks.

        Where it can't be asked, what the store knows holds.
        """
        for company in companies:
            if self._begins_to_ask("company", company):
                self._try("company", company, self._fetch_company)
        if port and self._begins_to_ask("calendar", port):
            self._try("calendar", port, self._fetch_calendar)

    def is_calendar_answered(self, port: str) -> bool:
        """Whether the gateway answered for this port, so that no calendar means that none is published (S26)."""
        return port in self._answered_ports

    def forget_answers(self) -> None:
        """Ask again from now on: after signing in, or when the link came back."""
        self._ask_again_at.clear()

    def _ask_once(self, kind: str, key: str, fetch: Callable[[str], None]) -> None:
        if self._begins_to_ask(kind, key):
            self._workers.submit(self._try, kind, key, fetch)

    def _begins_to_ask(self, kind: str, key: str) -> bool:
        now = self._clock.now()
        if now < self._ask_again_at.get((kind, key), now):
            return False
        self._ask_again_at[kind, key] = NEVER
        return True

    def _try(self, kind: str, key: str, fetch: Callable[[str], None]) -> None:
        try:
            fetch(key)
        except YuyueError:
            # Offline or signed out: what the store knows still holds. Each keystroke looks here, so not at once again.
            self._ask_again_at[kind, key] = self._clock.now() + ASK_AGAIN_AFTER

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

    def _fetch_calendar(self, port: str) -> None:
        today: date = self._clock.now().date()
        calendar = self._gateway.calendar(port, today - LOOK_BACK, today + CALENDAR_AHEAD)
        if calendar is not None:
            self._writer.remember_calendar(port, calendar).result()
        self._answered_ports.add(port)
        self._publish(CalendarKnown(port))
