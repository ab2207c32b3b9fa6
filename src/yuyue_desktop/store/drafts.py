"""Saving and deleting drafts (S21, S28, B2); belongs inside a transaction, sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import apsw

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.application import MOMENT_FORMAT, Application, ApplicationId, ApplicationRecord, Status, Step
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.life_rules import require_step
from yuyue_desktop.store import deletions, journal, outbox, records
from yuyue_desktop.store.content import encode, moment_text, plain


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides what may happen to an application; `sent_revision` is what the gateway has of it as a draft."""

    revision: int
    status: Status
    sent_revision: int
    is_deleted: bool


def standing(connection: apsw.Connection, application_id: ApplicationId) -> Standing | None:
    """How an application stands here, None where it is unknown."""
    row = connection.execute(
        "SELECT revision, status, sent_revision, deleted_at IS NOT NULL FROM applications WHERE id = ?",
        (application_id,),
    ).fetchone()
    return Standing(row[0], Status(row[1]), row[2], bool(row[3])) if row else None


def save(connection: apsw.Connection, application: Application, person: str, at: datetime) -> ApplicationRecord:
    """Keep a draft's next revision; answers the record as kept.

    Raises:
        YuyueError: STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX, APPLICATION_UNKNOWN (it was deleted).
    """
    known = standing(connection, application.id)
    if known is None:
        insert(connection, ApplicationRecord(application, 1, Status.DRAFT, person, at))
    else:
        _require_open_draft(connection, application.id, known, Step.SAVE)
        write_content(connection, application, known.revision + 1, at)
    revision = known.revision + 1 if known else 1
    journal.note(connection, Deed.SAVED, application.id, at=at, person=person, detail=str(revision))
    record = records.find(connection, application.id)
    if record is None:
        raise LookupError(application.id)
    return record


def insert(connection: apsw.Connection, record: ApplicationRecord) -> None:
    """A new row with what every application has; the rest is merging's."""
    application = record.application
    connection.execute(
        """INSERT INTO applications (id, content, revision, status, person, saved_at, declarant, trader, window_start)
           VALUES (?, '', ?, ?, ?, '', '', '', NULL)""",
        (application.id, record.revision, record.status.value, plain(record.person)),
    )
    write_content(connection, application, record.revision, record.saved_at)


def write_content(connection: apsw.Connection, application: Application, revision: int, at: datetime) -> None:
    """Replace an application's content and the columns that queries find it by."""
    start = application.window_moment()
    trader = plain(application.trader)
    connection.execute(
        """UPDATE applications SET content = ?, revision = ?, saved_at = ?, declarant = ?, window_start = ?,
           trader_name = iif(trader = ?, trader_name, ''), trader = ? WHERE id = ?""",
        (
            encode(application),
            revision,
            moment_text(at),
            plain(application.declarant),
            start.strftime(MOMENT_FORMAT) if start else None,
            trader,
            trader,
            application.id,
        ),
    )


def delete(connection: apsw.Connection, application_id: ApplicationId, person: str, at: datetime) -> bool:
    """Mark a draft deleted, which customs is to be told; answers False where there is none or it is deleted already.

    Raises:
        YuyueError: STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX.
    """
    known = standing(connection, application_id)
    if known is None or known.is_deleted:
        return False
    _require_open_draft(connection, application_id, known, Step.DELETE)
    connection.execute("UPDATE applications SET deleted_at = ? WHERE id = ?", (moment_text(at), application_id))
    deletions.ask(connection, application_id, person)
    journal.note(connection, Deed.DELETED, application_id, at=at, person=person, detail=str(known.revision))
    return True


def request_remote_save(connection: apsw.Connection, application_id: ApplicationId, person: str, at: datetime) -> None:
    """Ask for the newest revision to be sent to the gateway (S21).

    Raises:
        YuyueError: STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX, APPLICATION_UNKNOWN.
    """
    known = standing(connection, application_id)
    if known is None:
        raise user_error(Code.APPLICATION_UNKNOWN)
    _require_open_draft(connection, application_id, known, Step.SAVE)
    connection.execute(
        """UPDATE applications SET wanted_revision = revision, wanted_by = ?,
           asked = (SELECT max(asked) + 1 FROM applications) WHERE id = ?""",
        (plain(person), application_id),
    )
    journal.note(connection, Deed.SAVE_REQUESTED, application_id, at=at, person=person, detail=str(known.revision))


def note_sent(connection: apsw.Connection, record: ApplicationRecord) -> None:
    """The gateway has a draft's revision and gave it its numbers."""
    connection.execute(
        """UPDATE applications SET sent_revision = max(sent_revision, ?), pre_entry_number = ?,
           application_number = coalesce(nullif(?, ''), application_number) WHERE id = ?""",
        (record.revision, plain(record.pre_entry_number), plain(record.application_number), record.id),
    )


def purge(connection: apsw.Connection, now: datetime) -> None:
    """Remove drafts deleted more than 30 days ago, with the attachments that nothing else needs (S28).

    One that customs has still to be told of waits.
    """
    before = moment_text(now - limits.DELETED_DRAFT_KEPT)
    connection.execute(
        """CREATE TEMP TABLE purged AS
           SELECT id, content FROM applications WHERE deleted_at < ? AND deletion_by = ''""",
        (before,),
    )
    connection.execute("DELETE FROM outbox WHERE application_id IN (SELECT id FROM purged)")
    connection.execute("DELETE FROM applications WHERE id IN (SELECT id FROM purged)")
    connection.execute("DELETE FROM jottings WHERE application_id IN (SELECT id FROM purged)")
    connection.execute(
        """DELETE FROM attachments WHERE sha256 IN (
               SELECT value ->> 'sha256' FROM purged, json_each(purged.content, '$.attachments'))
           AND sha256 NOT IN (
               SELECT value ->> 'sha256' FROM applications AS a, json_each(a.content, '$.attachments'))
           AND sha256 NOT IN (
               SELECT value ->> 'sha256' FROM jottings AS j, json_each(j.content, '$.explanation_files'))
           AND sha256 NOT IN (SELECT value FROM outbox, json_each(outbox.attachments))"""
    )
    connection.execute("DROP TABLE purged")


def _require_open_draft(
    connection: apsw.Connection, application_id: ApplicationId, known: Standing, step: Step
) -> None:
    if known.is_deleted:
        raise user_error(Code.APPLICATION_UNKNOWN)
    require_step(known.status, step)
    if outbox.is_locked(connection, application_id):
        raise user_error(Code.LOCKED_BY_OUTBOX)
