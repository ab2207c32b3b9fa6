"""Following applications: the query at the gateway merged into the store, receipts, and what is due (S32, S33, B4)."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from yuyue_desktop.domain import limits, numbers
from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord, Status
from yuyue_desktop.domain.deadline import feedback_due
from yuyue_desktop.domain.errors import OFFLINE_CODES, Code, YuyueError, user_error
from yuyue_desktop.domain.journal import JournalEntry
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.domain.ports import Clock, GatewayPort, StoreReader, StoreWriter
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.session import Session

HEARD_AT = "applications_heard_at"
"""Setting: when the gateway answered a query last."""


SEARCH_OFFERS = 20
"""How many applications a search offers at most."""
JOURNAL_ENTRIES = 200
"""How many entries of the journal are shown."""


@dataclass(frozen=True, slots=True)
class TrackedApplication:
    """A row of the query list: the record, its open outbox items, and when its feedback is due (S27)."""

    record: ApplicationRecord
    items: tuple[OutboxItem, ...]
    feedback_due: datetime | None


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """Rows newest first; `is_offline` when the store alone answered.

    `at` is when the gateway answered a query last, None where it never did.
    """

    rows: tuple[TrackedApplication, ...]
    is_offline: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class NotedDeed:
    """An entry of the journal with the application it is about, None where that is deleted."""

    entry: JournalEntry
    record: ApplicationRecord | None


class Tracking:
    """Reads for one signed-in person; `query` asks the gateway on a worker, the rest are short reads."""

    def __init__(
        self,
        *,
        session: Session,
        gateway: GatewayPort,
        reader: StoreReader,
        writer: StoreWriter,
        clock: Clock,
        workers: Executor,
    ) -> None:
        self._session = session
        self._gateway = gateway
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._workers = workers

    def preset(self) -> ApplicationQuery:
        """The query page's preset: applied in the last 15 days (S33)."""
        today = self._clock.now().date()
        first = today - timedelta(days=limits.QUERY_SPAN_DAYS - 1)
        return ApplicationQuery(applied_from=first, applied_to=today)

    def query(self, query: ApplicationQuery) -> Future[QueryAnswer]:
        """Ask the gateway and merge its answer; offline the store answers. Raises YuyueError for an unusable query."""
        check_query(query)
        return self._workers.submit(self._query, query)

    def local(self, query: ApplicationQuery) -> tuple[TrackedApplication, ...]:
        """What the store finds."""
        records = self._reader.records(self._session.company.customs_code, query)
        return tuple(self._tracked(record) for record in records)

    def search(self, text: str) -> Future[tuple[TrackedApplication, ...]]:
        """Applications here whose number, trader or status holds a text, newest first; each part must be there."""
        return self._workers.submit(self._search, text)

    def find(self, number: str) -> Future[TrackedApplication]:
        """One application by its id, pre-entry number or application number, as customs has it now where it answers.

        Fails with APPLICATION_UNKNOWN.
        """
        return self._workers.submit(self._find, number.strip())

    def row(self, application_id: ApplicationId) -> TrackedApplication | None:
        """One row as the store has it now."""
        record = self._reader.record(application_id)
        return self._tracked(record) if record else None

    def drafts(self) -> tuple[TrackedApplication, ...]:
        """The company's drafts, newest first."""
        return tuple(self._tracked(record) for record in self._reader.drafts(self._session.company.customs_code))

    def awaiting_feedback(self) -> tuple[TrackedApplication, ...]:
        """Approved applications whose declaration numbers are still due (S27, B4)."""
        return self.local(ApplicationQuery(status=Status.APPROVED))

    def receipts(self, application_id: ApplicationId) -> tuple[Receipt, ...]:
        """Receipts of an application, oldest first."""
        return self._reader.receipts(application_id)

    def receipts_today(self) -> tuple[Receipt, ...]:
        """Receipts of the company's applications of this day, newest first."""
        midnight = datetime.combine(self._clock.now().date(), datetime.min.time())
        return self._reader.receipts_since(self._session.company.customs_code, midnight)

    def journal(self) -> tuple[NotedDeed, ...]:
        """Who did what here, the newest first (B17)."""
        entries = self._reader.journal(limit=JOURNAL_ENTRIES)
        found = self._reader.records_of({entry.application_id for entry in entries})
        records = {record.id: record for record in found}
        return tuple(NotedDeed(entry, records.get(entry.application_id)) for entry in entries)

    def open_items(self) -> tuple[OutboxItem, ...]:
        """What waits in the outbox."""
        return self._reader.open_items()

    def _find(self, number: str) -> TrackedApplication:
        if numbers.is_pre_entry_number(number):
            found = self._query(ApplicationQuery(pre_entry_number=number)).rows
        else:
            own = self._reader.record(ApplicationId(number)) if number else None
            found = (self._tracked(own),) if own else self._by_application_number(number)
        for row in found:
            return row
        raise user_error(Code.APPLICATION_UNKNOWN)

    def _by_application_number(self, number: str) -> tuple[TrackedApplication, ...]:
        rows = self._search(number) if number else ()
        return tuple(row for row in rows if row.record.application_number == number)

    def _query(self, query: ApplicationQuery) -> QueryAnswer:
        try:
            self._writer.merge_records(self._gateway.query(query)).result()
        except YuyueError as error:
            if error.code not in OFFLINE_CODES:
                raise
            return QueryAnswer(self.local(query), is_offline=True, at=self._heard_at())
        now = self._clock.now()
        self._writer.remember_setting(HEARD_AT, now.isoformat()).result()
        return QueryAnswer(self.local(query), is_offline=False, at=now)

    def _heard_at(self) -> datetime | None:
        text = self._reader.setting(HEARD_AT)
        return datetime.fromisoformat(text) if text else None

    def _search(self, text: str) -> tuple[TrackedApplication, ...]:
        parts = numbers.narrowed(text).casefold().split()
        records = self._reader.records(self._session.company.customs_code, ApplicationQuery())
        found = (record for record in records if all(part in _searchable(record) for part in parts))
        return tuple(self._tracked(record) for record in islice(found, SEARCH_OFFERS))

    def _tracked(self, record: ApplicationRecord) -> TrackedApplication:
        start = record.application.window_moment()
        due = feedback_due(start) if start and record.status is Status.APPROVED else None
        return TrackedApplication(record, self._reader.open_items(record.id), due)


def _searchable(record: ApplicationRecord) -> str:
    parts = (
        record.pre_entry_number,
        record.application_number,
        record.application.trader,
        record.trader_name,
        record.status.word,
    )
    return " ".join(parts).casefold()


def check_query(query: ApplicationQuery) -> None:
    """Whether a query may be asked (S33).

    Raises:
        YuyueError: QUERY_* or TRADER_CODE_MALFORMED with what to change.
    """
    spans = ((query.applied_from, query.applied_to), (query.window_from, query.window_to))
    for first, last in spans:
        check_span(first, last)
    if not query.pre_entry_number and not any(first and last for first, last in spans):
        raise user_error(Code.QUERY_EMPTY)
    if query.company_class is CompanyClass.TRADER and not numbers.is_customs_code(query.trader):
        raise user_error(Code.QUERY_TRADER_MISSING)
    if query.trader and not numbers.is_customs_code(query.trader):
        raise user_error(Code.TRADER_CODE_MALFORMED, count=len(query.trader))
    if query.pre_entry_number and not numbers.is_pre_entry_number(query.pre_entry_number):
        raise user_error(Code.QUERY_NUMBER_MALFORMED)


def check_span(first: date | None, last: date | None) -> None:
    """Whether a span of days may be asked for (S33, S34); none at all may.

    Raises:
        YuyueError: QUERY_SPAN_REVERSED, also where one day is missing, QUERY_SPAN_TOO_LONG.
    """
    if first is None and last is None:
        return
    if first is None or last is None or first > last:
        raise user_error(Code.QUERY_SPAN_REVERSED)
    if (last - first).days >= limits.QUERY_SPAN_DAYS:
        raise user_error(Code.QUERY_SPAN_TOO_LONG, limit=limits.QUERY_SPAN_DAYS)
