"""What customs has still to be told of deleted drafts (S28); belongs inside a transaction, sends nothing."""

from __future__ import annotations

import json
from datetime import datetime

import apsw

from yuyue_desktop.domain.application import ApplicationId, Status, Step
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.store import journal, receipts, records
from yuyue_desktop.store.content import plain


def ask(connection: apsw.Connection, application_id: ApplicationId, person: str) -> None:
    """Customs is to be told of a deletion, unless the draft certainly never got there.

    It may be there where the gateway said so, a save was asked for, or a submission was begun, answered or not.
    """
    connection.execute(
        """UPDATE applications SET deletion_by = ?, asked = (SELECT max(asked) + 1 FROM applications)
           WHERE id = ? AND (wanted_revision > 0 OR sent_revision > 0 OR pre_entry_number <> ''
               OR id IN (SELECT application_id FROM outbox WHERE attempts > 0))""",
        (plain(person), application_id),
    )


def unsent(
    connection: apsw.Connection, owner: str, passed_over: tuple[ApplicationId, ...] = ()
) -> ApplicationId | None:
    """The owner's deletion that waits longest; None while a save that was asked for earlier goes first."""
    row = connection.execute(
        f"""SELECT d.id FROM applications AS d WHERE d.deletion_by = ?1 AND d.deletion_by <> ''
            AND d.id NOT IN (SELECT value FROM json_each(?2))
            AND NOT EXISTS (SELECT 1 FROM applications AS a WHERE {records.SAVE_WAITS} AND a.asked < d.asked)
            ORDER BY d.asked, d.id LIMIT 1""",  # noqa: S608 - made of this program's own texts
        (plain(owner), json.dumps(passed_over)),
    ).fetchone()
    return ApplicationId(row[0]) if row else None


def sent(connection: apsw.Connection, application_id: ApplicationId, at: datetime) -> bool:
    """It is gone at customs; answers False where that was not waited for."""
    person = _asked_by(connection, application_id)
    if not person:
        return False
    connection.execute("UPDATE applications SET deletion_by = '' WHERE id = ?", (application_id,))
    journal.note(connection, Deed.ACCEPTED, application_id, at=at, person=person, detail=Step.DELETE.value)
    return True


def refuse(
    connection: apsw.Connection, application_id: ApplicationId, code: str, text: str, at: datetime
) -> Receipt | None:
    """Customs keeps the draft, so it stands here again, with a receipt that says why; None for a repeat."""
    person = _asked_by(connection, application_id)
    if not person:
        return None
    connection.execute(
        "UPDATE applications SET deletion_by = '', deleted_at = NULL, wanted_revision = sent_revision WHERE id = ?",
        (application_id,),
    )
    cursor = receipts.free_cursor(connection)
    receipt = Receipt(cursor, application_id, ReceiptKind.REFUSAL, Status.DRAFT, at, text, code)
    receipts.keep(connection, receipt)
    journal.note(connection, Deed.REFUSED, application_id, at=at, person=person, detail=Step.DELETE.value)
    return receipt


def _asked_by(connection: apsw.Connection, application_id: ApplicationId) -> str:
    return str(connection.execute("SELECT deletion_by FROM applications WHERE id = ?", (application_id,)).get or "")
