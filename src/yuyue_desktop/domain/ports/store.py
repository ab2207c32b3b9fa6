"""What the window reads and writes of the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol

from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.journal import JournalEntry
from yuyue_desktop.domain.outbox import ItemId, OutboxItem
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt


class StoreReader(Protocol):
    """Short reads on the calling thread's own connection; none raises for an unknown id but answers None or empty."""

    def record(self, application_id: ApplicationId) -> ApplicationRecord | None:
        """One application."""
        ...

    def records_of(self, application_ids: Collection[ApplicationId]) -> tuple[ApplicationRecord, ...]:
        """Those of several applications that are here and not deleted, in any order."""
        ...

    def records(self, company: str, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Applications that a query of a company finds here, newest first (S33)."""
        ...

    def drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """All drafts of a company that are not deleted, newest first."""
        ...

    def deleted_drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """Deleted drafts of a company that are still kept here (S28), the last deleted first; `record` has none."""
        ...

    def receipts(self, application_id: ApplicationId) -> tuple[Receipt, ...]:
        """Receipts of an application, oldest first."""
        ...

    def receipts_after(self, cursor: int | None) -> tuple[Receipt, ...]:
        """Receipts after a cursor, ascending; None: every one, those without a number of the gateway's first."""
        ...

    def receipts_since(self, company: str, since: datetime) -> tuple[Receipt, ...]:
        """Receipts of a company's applications from a moment on, newest first."""
        ...

    def open_items(self, application_id: ApplicationId | None = None) -> tuple[OutboxItem, ...]:
        """Items that are not ended, oldest first; of one application or of all."""
        ...

    def item(self, item_id: ItemId) -> OutboxItem | None:
        """One outbox item."""
        ...

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of a stored attachment."""
        ...

    def jotting(self, application_id: ApplicationId, person: str) -> Jotting:
        """What a person wrote at an application and sent nowhere yet."""
        ...

    def company(self, customs_code: str) -> Company | None:
        """A company as last heard from the gateway."""
        ...

    def companies(self) -> tuple[Company, ...]:
        """All companies that are known here, by customs code."""
        ...

    def calendar(self, port: str) -> WorkingCalendar | None:
        """All that is known here of a port's calendar."""
        ...

    def calendars(self) -> Mapping[str, WorkingCalendar]:
        """All that is known here of calendars, by the ports' codes."""
        ...

    def setting(self, name: str) -> str | None:
        """A remembered choice."""
        ...

    def journal(self, application_id: ApplicationId | None = None, limit: int = 1000) -> tuple[JournalEntry, ...]:
        """The journal's newest entries, newest first; of one application or of all (B17)."""
        ...


class StoreWriter(Protocol):
    """The store thread's door: every call returns at once; its Future is done once the commit has returned.

    Futures fail with STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED; after a commit the events are published.
    """

    def save_draft(self, application: Application, person: str, at: datetime) -> Future[ApplicationRecord]:
        """Keep the newest revision of a draft (B2).

        Fails with STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX if it isn't one, APPLICATION_UNKNOWN if it was deleted.
        """
        ...

    def delete_draft(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """Delete a draft here, kept for 30 days, and later at the gateway where that may have it (S28)."""
        ...

    def request_remote_save(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """暂存: the newest revision is to be sent to the gateway (S21).

        Fails with STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX if it isn't an open draft, APPLICATION_UNKNOWN.
        """
        ...

    def keep_jotting(self, application_id: ApplicationId, person: str, jotting: Jotting, at: datetime) -> Future[None]:
        """Keep the newest of what a person wrote at an application and sent nowhere yet (B2)."""
        ...

    def put_attachment(self, sha256: str, content: bytes) -> Future[None]:
        """Copy an attachment's bytes into the store; a repeat is a no-op."""
        ...

    def enqueue(self, item: OutboxItem, revision: int) -> Future[None]:
        """Put a finished submission into the outbox in one transaction with its application's lock.

        Fails with REVISION_STALE when the application has left `revision`, LOCKED_BY_OUTBOX when another is open,
        STEP_NOT_ALLOWED when its status forbids the step by now, APPLICATION_UNKNOWN, ATTACHMENTS_MISSING.
        """
        ...

    def withdraw(self, item_id: ItemId) -> Future[None]:
        """撤回. Fails with STEP_NOT_ALLOWED once an attempt was begun."""
        ...

    def remember_company(self, company: Company) -> Future[None]:
        """Keep a company for offline use."""
        ...

    def remember_calendar(self, port: str, calendar: WorkingCalendar) -> Future[None]:
        """Merge what the gateway published of a port; newer days win."""
        ...

    def remember_setting(self, name: str, value: str) -> Future[None]:
        """Keep a choice."""
        ...

    def merge_records(self, records: Sequence[ApplicationRecord]) -> Future[None]:
        """Take over what the gateway says of applications; never touches a draft that is newer here."""
        ...
