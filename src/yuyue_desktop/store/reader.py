"""The port of everything the window reads: a connection for each thread that asks; changes nothing."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import apsw

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.journal import JournalEntry
from yuyue_desktop.domain.outbox import ItemId, OutboxItem
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.store import (
    attachments,
    calendars,
    companies,
    jottings,
    journal,
    outbox,
    receipts,
    records,
    settings,
)
from yuyue_desktop.store.connection import check, open_for_reading, translated

Result = TypeVar("Result")


class Reader:
    """Implements StoreReader; the store was opened to write before. All raise YuyueError(STORE_*)."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._file = file
        self._key = key
        self._own = threading.local()
        self._guard = threading.Lock()
        self._connections: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()

    def close(self) -> None:
        """Close every thread's connection, once none reads any more."""
        with self._guard, translated():
            for connection in list(self._connections):
                connection.close()

    def check(self) -> None:
        """Look through the whole file for damage; takes seconds for a large one, so it belongs on a worker.

        Raises:
            YuyueError: STORE_DAMAGED; the file is left as it is.
        """
        self._read(check)

    def record(self, application_id: ApplicationId) -> ApplicationRecord | None:
        """One application."""
        return self._read(lambda c: records.find(c, application_id))

    def records_of(self, application_ids: Collection[ApplicationId]) -> tuple[ApplicationRecord, ...]:
        """Those of several applications that are here and not deleted."""
        return self._read(lambda c: records.find_all(c, application_ids))

    def records(self, company: str, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Applications that a query of a company finds here, newest first (S33)."""
        return self._read(lambda c: records.query(c, company, query))

    def drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """All drafts of a company that are not deleted, newest first."""
        return self._read(lambda c: records.drafts(c, company))

    def deleted_drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """Deleted drafts of a company that are still kept here (S28), the last deleted first."""
        return self._read(lambda c: records.deleted_drafts(c, company))

    def receipts(self, application_id: ApplicationId) -> tuple[Receipt, ...]:
        """Receipts of an application, oldest first."""
        return self._read(lambda c: receipts.of_application(c, application_id))

    def receipts_after(self, cursor: int | None) -> tuple[Receipt, ...]:
        """Receipts after a cursor, ascending; None: every one."""
        return self._read(lambda c: receipts.after(c, cursor))

    def receipts_since(self, company: str, since: datetime) -> tuple[Receipt, ...]:
        """Receipts of a company's applications from a moment on, newest first."""
        return self._read(lambda c: receipts.since(c, company, since))

    def open_items(self, application_id: ApplicationId | None = None) -> tuple[OutboxItem, ...]:
        """Items that are not ended, oldest first; of one application or of all."""
        return self._read(lambda c: outbox.open_items(c, application_id))

    def item(self, item_id: ItemId) -> OutboxItem | None:
        """One outbox item."""
        return self._read(lambda c: outbox.find(c, item_id))

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of a stored attachment."""
        return self._read(lambda c: attachments.find(c, sha256))

    def jotting(self, application_id: ApplicationId, person: str) -> Jotting:
        """What a person wrote at an application and sent nowhere yet."""
        return self._read(lambda c: jottings.find(c, application_id, person))

    def company(self, customs_code: str) -> Company | None:
        """A company as last heard from the gateway."""
        return self._read(lambda c: companies.find(c, customs_code))

    def companies(self) -> tuple[Company, ...]:
        """All companies that are known here, by customs code."""
        return self._read(companies.every)

    def calendar(self, port: str) -> WorkingCalendar | None:
        """All that is known here of a port's calendar."""
        return self._read(lambda c: calendars.find(c, port))

    def calendars(self) -> dict[str, WorkingCalendar]:
        """All that is known here of calendars, by the ports' codes."""
        return self._read(calendars.every)

    def setting(self, name: str) -> str | None:
        """A remembered choice."""
        return self._read(lambda c: settings.find(c, name))

    def journal(self, application_id: ApplicationId | None = None, limit: int = 1000) -> tuple[JournalEntry, ...]:
        """The journal's newest entries, newest first; of one application or of all (B17)."""
        return self._read(lambda c: journal.entries(c, application_id, limit))

    def _read(self, work: Callable[[apsw.Connection], Result]) -> Result:
        with translated():
            return work(self._connection())

    def _connection(self) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = open_for_reading(self._file, self._key)
            self._own.connection = connection
            with self._guard:
                self._connections.add(connection)
        return connection
