"""Takes over what the gateway says of applications: old news is passed over, what was typed here is never lost.

Belongs inside a transaction.
"""

from __future__ import annotations

import dataclasses
import json
import uuid
from datetime import datetime

import apsw

from yuyue_desktop.domain.application import (
    ENDS,
    ApplicationId,
    ApplicationRecord,
    Status,
    Step,
    is_earlier,
)
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.texts import forgotten
from yuyue_desktop.store import drafts, journal, outbox, receipts, records
from yuyue_desktop.store.content import moment_text, optional_moment_text, plain


def merge(connection: apsw.Connection, record: ApplicationRecord, now: datetime) -> bool:
    """Take one record over; answers whether that changed anything.

    A draft keeps the content typed here where that is newer, not yet at the gateway, or locked by the outbox. Once
    customs has the application, what customs has counts; edits that it overtakes become a deleted draft, which can be
    copied.
    """
    before = records.find(connection, record.id)
    known = drafts.standing(connection, record.id)
    if known is None:
        drafts.insert(connection, record)
        _write_state(connection, record)
    elif is_earlier(record.status, known.status) or (known.is_deleted and record.status is Status.DRAFT):
        return False
    elif _is_content_taken(connection, record, known):
        _set_overtaken_aside(connection, record, known, now)
        drafts.write_content(connection, record.application, record.revision, record.saved_at)
        _write_state(connection, record)
    _write_numbers(connection, record)
    return records.find(connection, record.id) != before


def apply(connection: apsw.Connection, receipt: Receipt) -> None:
    """Move a known application on to what a receipt says of it; a receipt without its record is enough for that."""
    known = drafts.standing(connection, receipt.application_id)
    if known is None or receipt.kind is not ReceiptKind.STATUS or is_earlier(receipt.status, known.status):
        return
    if known.is_deleted and receipt.status is Status.DRAFT:
        return
    move_on(connection, receipt, receipt.status)


def move_on(connection: apsw.Connection, receipt: Receipt, status: Status) -> None:
    """Write a new status with the numbers and the moment that its receipt gives."""
    at = moment_text(receipt.at)
    connection.execute(
        """UPDATE applications SET status = ?, deleted_at = NULL, deletion_by = '',
           pre_entry_number = coalesce(nullif(?, ''), pre_entry_number),
           application_number = coalesce(nullif(?, ''), application_number),
           declared_at = coalesce(declared_at, iif(?, ?, NULL)), approved_at = coalesce(approved_at, iif(?, ?, NULL))
           WHERE id = ?""",
        (
            status.value,
            plain(receipt.pre_entry_number),
            plain(receipt.application_number),
            status is Status.DECLARED,
            at,
            status is Status.APPROVED,
            at,
            receipt.application_id,
        ),
    )


def end_recount(connection: apsw.Connection, now: datetime) -> list[Receipt]:
    """Tell of each application that the gateway's books lack receipts of; answers the remarks.

    Not of one whose life is over and whose window has begun: nothing is to be done about it any more.
    """
    lacking: dict[ApplicationId, Receipt] = {}
    for receipt in receipts.end_recount(connection):
        if receipt.kind is not ReceiptKind.REFUSAL:
            lacking[receipt.application_id] = receipt  # the last one counts
    return [_remark(connection, receipt, now) for receipt in lacking.values() if _matters(connection, receipt, now)]


def _matters(connection: apsw.Connection, receipt: Receipt, now: datetime) -> bool:
    record = records.find(connection, receipt.application_id)
    if record is None or record.status is Status.DRAFT:
        return False
    start = record.application.window_moment()
    return record.status not in ENDS or (start is not None and start > now)


def _remark(connection: apsw.Connection, lacking: Receipt, now: datetime) -> Receipt:
    known = drafts.standing(connection, lacking.application_id)
    status = known.status if known else lacking.status
    cursor, text = receipts.free_cursor(connection), forgotten(lacking)
    code = Code.GATEWAY_FORGOT.value
    number = lacking.pre_entry_number
    remark = Receipt(cursor, lacking.application_id, ReceiptKind.REMARK, status, now, text, code, number)
    receipts.keep(connection, remark)
    return remark


def _is_content_taken(connection: apsw.Connection, record: ApplicationRecord, known: drafts.Standing) -> bool:
    if record.status is not Status.DRAFT:
        return True
    has_unsent = known.revision > known.sent_revision
    return record.revision > known.revision and not has_unsent and not outbox.is_locked(connection, record.id)


def _write_numbers(connection: apsw.Connection, record: ApplicationRecord) -> None:
    """What the gateway gives to any application; its names hold while the codes they belong to do."""
    application = record.application
    connection.execute(
        """UPDATE applications SET pre_entry_number = coalesce(nullif(?, ''), pre_entry_number),
           application_number = coalesce(nullif(?, ''), application_number),
           declarant_name = iif(declarant = ?, coalesce(nullif(?, ''), declarant_name), declarant_name),
           trader_name = iif(trader = ?, coalesce(nullif(?, ''), trader_name), trader_name) WHERE id = ?""",
        (
            plain(record.pre_entry_number),
            plain(record.application_number),
            plain(application.declarant),
            plain(record.declarant_name),
            plain(application.trader),
            plain(record.trader_name),
            record.id,
        ),
    )


def _write_state(connection: apsw.Connection, record: ApplicationRecord) -> None:
    connection.execute(
        """UPDATE applications SET status = ?, person = ?, sent_revision = ?, deleted_at = NULL, deletion_by = '',
           declared_at = coalesce(?, declared_at), approved_at = coalesce(?, approved_at),
           feedback = iif(? = '[]', feedback, ?), is_explained = max(is_explained, ?) WHERE id = ?""",
        (
            record.status.value,
            plain(record.person),
            record.revision,
            optional_moment_text(record.declared_at),
            optional_moment_text(record.approved_at),
            json.dumps(record.feedback),
            json.dumps(record.feedback),
            record.is_explained,
            record.id,
        ),
    )


def _set_overtaken_aside(
    connection: apsw.Connection, record: ApplicationRecord, known: drafts.Standing, now: datetime
) -> None:
    """Keep edits that customs' version is about to overwrite, unless it is the version declared from here."""
    own = records.find(connection, record.id)
    has_unsent = known.status is Status.DRAFT and known.revision > known.sent_revision
    if own is None or not has_unsent or own.application == record.application:
        return
    if _was_declared_here(connection, record.id):
        return
    copy = dataclasses.replace(own.application, id=ApplicationId(str(uuid.uuid4())))
    drafts.insert(connection, dataclasses.replace(own, application=copy))
    connection.execute("UPDATE applications SET deleted_at = ? WHERE id = ?", (moment_text(now), copy.id))
    journal.note(connection, Deed.SET_ASIDE, record.id, at=now, person=own.person, detail=copy.id)


def _was_declared_here(connection: apsw.Connection, application_id: ApplicationId) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE application_id = ? AND step = ? AND state NOT IN (?, ?))"
    bindings = (application_id, Step.DECLARE.value, ItemState.WITHDRAWN.value, ItemState.REFUSED.value)
    return bool(connection.execute(sql, bindings).get)
