"""The journal's table (B17): written in the transaction of each deed; judges nothing."""

from __future__ import annotations

from datetime import datetime

import apsw

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.journal import Deed, JournalEntry
from yuyue_desktop.store.content import moment_text, plain


def note(
    connection: apsw.Connection, deed: Deed, application_id: ApplicationId, *, at: datetime, person: str, detail: str
) -> None:
    """Write an entry; a save after a save of the same person takes its place, as a draft is saved each second."""
    content = (moment_text(at), plain(person), deed.value, application_id, plain(detail))
    if deed is Deed.SAVED and _replace_last_save(connection, content):
        return
    connection.execute("INSERT INTO journal (at, person, deed, application_id, detail) VALUES (?, ?, ?, ?, ?)", content)


def _replace_last_save(connection: apsw.Connection, content: tuple[str, str, str, str, str]) -> bool:
    at, person, deed, application_id, detail = content
    connection.execute(
        """UPDATE journal SET at = ?, detail = ? WHERE person = ? AND deed = ?
           AND number = (SELECT max(number) FROM journal WHERE application_id = ?)""",
        (at, detail, person, deed, application_id),
    )
    return connection.changes() > 0


def entries(connection: apsw.Connection, application_id: ApplicationId | None, limit: int) -> tuple[JournalEntry, ...]:
    """The newest entries, newest first."""
    rows = connection.execute(
        """SELECT number, at, person, deed, application_id, detail FROM journal
           WHERE ?1 IS NULL OR application_id = ?1 ORDER BY number DESC LIMIT ?2""",
        (application_id, limit),
    )
    return tuple(
        JournalEntry(number, datetime.fromisoformat(at), person, Deed(deed), ApplicationId(application), detail)
        for number, at, person, deed, application, detail in rows
    )
