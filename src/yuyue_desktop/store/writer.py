"""The store thread: the port of everything the window writes; holds the writing connection, judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import apsw

from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, OutboxChanged, SaveFailed
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemId, OutboxItem
from yuyue_desktop.domain.ports import Clock, Publish
from yuyue_desktop.store import (
    attachments,
    calendars,
    companies,
    drafts,
    jottings,
    journal,
    merging,
    settings,
    submitting,
)
from yuyue_desktop.store.commits import Commits, nothing
from yuyue_desktop.store.opening import open_store
from yuyue_desktop.store.write_queue import WriteQueue

Result = TypeVar("Result")

MERGED_AT_ONCE = 50
"""Records of a long query's answer in one transaction: some 50 ms, for which a save may have to wait."""


class StoreThread:
    """Implements StoreWriter. Of several saves of a draft that wait, the newest is written and answers for all."""

    def __init__(self, file: Path, key: bytes, *, publish: Publish, clock: Clock, program: str = "") -> None:
        """Open or make the store, which the caller lets no other program do at the same time. Blocks.

        `program` tells this one from others on the same store.

        Raises:
            YuyueError: as `opening.open_store`.
        """
        self._clock = clock
        self._commits = Commits(open_store(file, key, clock.now(), program), publish, program)
        self._queue = WriteQueue("store")

    def close(self) -> None:
        """Refuse new work, write what waits, close. Blocks."""
        self._queue.close()
        self._commits.close()

    def save_draft(self, application: Application, person: str, at: datetime) -> Future[ApplicationRecord]:
        """Keep the newest revision of a draft (B2)."""
        return self._queue.put_newest(application.id, partial(self._save, application, person, at))

    def delete_draft(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """Delete a draft; it stays recoverable here for 30 days (S28)."""

        def tell(is_gone: bool) -> Iterable[Event]:
            return [ApplicationChanged(application_id)] if is_gone else []

        return self._write(lambda c: drafts.delete(c, application_id, person, at), tell)

    def request_remote_save(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """暂存: the newest revision is to be sent to the gateway (S21)."""
        return self._write(lambda c: drafts.request_remote_save(c, application_id, person, at))

    def keep_jotting(self, application_id: ApplicationId, person: str, jotting: Jotting, at: datetime) -> Future[None]:
        """Keep what a person wrote at an application and sent nowhere yet (B2)."""

        def keep() -> None:
            self._commits.run(lambda c: jottings.put(c, application_id, person, jotting, at))

        return self._queue.put_newest(f"jotting {application_id} {person}", keep)

    def put_attachment(self, sha256: str, content: bytes) -> Future[None]:
        """Copy an attachment's bytes into the store. Fails with DIGEST_MISMATCH unless `sha256` is theirs."""
        return self._write(lambda c: attachments.put(c, sha256, content))

    def enqueue(self, item: OutboxItem, revision: int) -> Future[None]:
        """Put a finished submission into the outbox in one transaction with its application's lock."""
        return self._write(lambda c: submitting.enqueue(c, item, revision), lambda _: _outbox_moved(item))

    def withdraw(self, item_id: ItemId) -> Future[None]:
        """撤回."""
        return self._write(lambda c: submitting.withdraw(c, item_id, self._clock.now()), _outbox_moved)

    def remember_company(self, company: Company) -> Future[None]:
        """Keep a company for offline use."""
        return self._write(lambda c: companies.put(c, company))

    def remember_calendar(self, port: str, calendar: WorkingCalendar) -> Future[None]:
        """Merge what the gateway published of a port; newer days win."""
        return self._write(lambda c: calendars.merge(c, port, calendar))

    def remember_setting(self, name: str, value: str) -> Future[None]:
        """Keep a choice."""
        return self._write(lambda c: settings.put(c, name, value))

    def note_export(self, person: str) -> Future[None]:
        """Everything was taken out into a file (B17)."""
        of_all, now = ApplicationId(""), self._clock.now()
        return self._write(lambda c: journal.note(c, Deed.EXPORTED, of_all, at=now, person=person, detail=""))

    def merge_records(self, records: Sequence[ApplicationRecord]) -> Future[None]:
        """Take over what the gateway says of applications; never touches a draft that is newer here.

        Each for itself, so that saves need not wait for the last of many.
        """
        starts = range(0, len(records), MERGED_AT_ONCE)
        parts = [records[start : start + MERGED_AT_ONCE] for start in starts]
        return self._queue.put_in_turns([partial(_merge, self._commits, part, self._clock) for part in parts])

    def _save(self, application: Application, person: str, at: datetime) -> ApplicationRecord:
        try:
            return self._commits.run(
                lambda c: drafts.save(c, application, person, at),
                lambda record: [DraftSaved(record.id, record.revision, self._clock.now())],
            )
        except YuyueError as error:
            self._commits.tell(SaveFailed(application.id, error))
            raise

    def _write(
        self, work: Callable[[apsw.Connection], Result], tell: Callable[[Result], Iterable[Event]] = nothing
    ) -> Future[None]:
        def run() -> None:
            self._commits.run(work, tell)

        return self._queue.put(run)


def _merge(commits: Commits, records: Sequence[ApplicationRecord], clock: Clock) -> None:
    def merge(connection: apsw.Connection) -> list[Event]:
        now = clock.now()
        return [ApplicationChanged(record.id) for record in records if merging.merge(connection, record, now)]

    commits.run(merge, lambda events: events)


def _outbox_moved(item: OutboxItem) -> Iterable[Event]:
    return [OutboxChanged(item.application_id), ApplicationChanged(item.application_id)]
