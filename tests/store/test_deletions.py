"""What customs is told of deleted drafts, when, and what becomes of those it keeps (S28, B2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from tests.store.parts import (
    COLLEAGUE,
    COMPANY,
    KEY,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    make_application,
    make_item,
    make_receipt,
    make_record,
)
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status
from yuyue_desktop.domain.events import ApplicationChanged, ReceiptArrived
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.store.connection import open_for_writing
from yuyue_desktop.store.migrations import STEPS, migrate

NUMBER = "YTG202600000000001"


def _want(store: OpenStore, application: Application) -> None:
    store.save(application)
    store.writer.request_remote_save(application.id, PERSON, NOW).result(LIMIT_S)


def _numbered(store: OpenStore, application: Application) -> None:
    _want(store, application)
    store.sync.draft_sent(make_record(application, pre_entry_number=NUMBER))


def _heard(store: OpenStore, application: Application) -> None:
    store.writer.merge_records([make_record(application)]).result(LIMIT_S)


def _tried(store: OpenStore, application: Application) -> None:
    store.save(application)
    item = store.enqueue(make_item(application.id))
    store.sync.claim(item.id)
    store.sync.postpone(item.id, ItemState.TOO_LATE, NOW, "")
    store.writer.withdraw(item.id).result(LIMIT_S)


def _saved_here(store: OpenStore, application: Application) -> None:
    store.save(application)


def _enqueued_and_withdrawn(store: OpenStore, application: Application) -> None:
    store.save(application)
    store.writer.withdraw(store.enqueue(make_item(application.id)).id).result(LIMIT_S)


def _delete(store: OpenStore, application_id: ApplicationId, person: str = PERSON) -> None:
    store.writer.delete_draft(application_id, person, NOW).result(LIMIT_S)


@pytest.fixture
def deleted(store: OpenStore) -> ApplicationRecord:
    """A draft that the gateway has, deleted here."""
    application = make_application()
    _numbered(store, application)
    record = store.read(application.id)
    _delete(store, application.id)
    return record


@pytest.mark.parametrize("make", [_want, _numbered, _heard, _tried])
def test_customs_is_told_of_what_it_may_have(store: OpenStore, make: Callable[[OpenStore, Application], None]) -> None:
    application = make_application()
    make(store, application)
    _delete(store, application.id, COLLEAGUE)
    store.reopen()
    assert store.sync.unsent_deletion(PERSON) is None
    assert store.sync.unsent_deletion(COLLEAGUE) == application.id


@pytest.mark.parametrize("make", [_saved_here, _enqueued_and_withdrawn])
def test_customs_is_not_told_of_what_never_left(
    store: OpenStore, make: Callable[[OpenStore, Application], None]
) -> None:
    application = make_application()
    make(store, application)
    _delete(store, application.id)
    assert store.sync.unsent_deletion(PERSON) is None
    assert store.sync.unsent_deletion("") is None


def test_the_journal_tells_that_it_is_gone_at_customs(store: OpenStore, deleted: ApplicationRecord) -> None:
    store.sync.deletion_sent(deleted.id)
    store.sync.deletion_sent(deleted.id)
    entries = store.reader.journal(deleted.id)[:2]
    assert [(e.deed, e.detail, e.person) for e in entries] == [
        (Deed.ACCEPTED, "delete", PERSON),
        (Deed.DELETED, "1", PERSON),
    ]


def test_a_save_asked_for_again_takes_a_later_turn(store: OpenStore, deleted: ApplicationRecord) -> None:
    later = make_application()
    _want(store, later)
    assert store.sync.unsent_deletion(PERSON) == deleted.id
    assert store.sync.unsent_draft(PERSON) == store.read(later.id)


def test_a_deletion_that_customs_does_not_know_yet_outlives_thirty_days(
    store: OpenStore, deleted: ApplicationRecord
) -> None:
    store.clock.at = NOW + timedelta(days=90)
    store.reopen()
    assert store.sync.unsent_deletion(PERSON) == deleted.id
    store.sync.deletion_sent(deleted.id)
    store.reopen()
    assert store.reader.deleted_drafts(COMPANY) == ()
    assert store.sync.unsent_deletion(PERSON) is None


@pytest.mark.parametrize("is_sent", [False, True])
def test_what_still_lists_the_draft_does_not_bring_it_back(
    store: OpenStore, deleted: ApplicationRecord, is_sent: bool
) -> None:
    if is_sent:
        store.sync.deletion_sent(deleted.id)
    store.writer.merge_records([replace(deleted, revision=7)]).result(LIMIT_S)
    receipt = make_receipt(deleted.id, status=Status.DRAFT)
    store.sync.take_receipts(ReceiptPage((receipt,), (deleted,), 1))
    assert store.reader.record(deleted.id) is None
    assert store.reader.deleted_drafts(COMPANY) == (deleted,)
    assert store.sync.unsent_deletion(PERSON) == (None if is_sent else deleted.id)


def _hear_record(store: OpenStore, record: ApplicationRecord) -> None:
    store.writer.merge_records([replace(record, status=Status.DECLARED)]).result(LIMIT_S)


def _hear_receipt(store: OpenStore, record: ApplicationRecord) -> None:
    store.sync.take_receipts(ReceiptPage((make_receipt(record.id),), (), 1))


@pytest.mark.parametrize("hear", [_hear_record, _hear_receipt])
def test_what_a_colleague_declared_first_is_no_longer_to_be_deleted(
    store: OpenStore, deleted: ApplicationRecord, hear: Callable[[OpenStore, ApplicationRecord], None]
) -> None:
    hear(store, deleted)
    assert store.sync.unsent_deletion(PERSON) is None
    store.sync.deletion_sent(deleted.id)
    store.sync.deletion_refused(deleted.id, "step_not_allowed", "", NOW)
    assert store.read(deleted.id).status is Status.DECLARED
    assert all(receipt.kind is ReceiptKind.STATUS for receipt in store.reader.receipts(deleted.id))


def test_a_draft_that_customs_keeps_stands_here_again_and_says_why(
    store: OpenStore, deleted: ApplicationRecord
) -> None:
    store.events.clear()
    for _ in range(2):
        store.sync.deletion_refused(deleted.id, "card_not_bound", "海关没有删除", NOW)
    assert store.read(deleted.id) == deleted
    (receipt,) = store.reader.receipts(deleted.id)
    assert (receipt.kind, receipt.text, receipt.code) == (ReceiptKind.REFUSAL, "海关没有删除", "card_not_bound")
    assert store.events == [ApplicationChanged(deleted.id), ReceiptArrived(deleted.id, receipt.cursor)]
    assert store.reader.journal(deleted.id)[0].deed is Deed.REFUSED
    assert store.sync.unsent_deletion(PERSON) is None
    _delete(store, deleted.id)
    assert store.sync.unsent_deletion(PERSON) == deleted.id


def test_a_save_asked_for_before_the_deletion_is_not_sent_after_its_refusal(store: OpenStore) -> None:
    application = make_application()
    _want(store, application)
    _delete(store, application.id)
    store.sync.deletion_refused(application.id, "card_not_bound", "", NOW)
    assert store.sync.unsent_draft(PERSON) is None


def test_what_was_deleted_before_customs_could_be_told_is_asked_for(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "store.db", KEY)
    migrate(connection, STEPS[:1])
    for name, status, sent, deleted_at in (
        ("gone", "draft", 1, "2026-09-28"),
        ("local", "draft", 0, "2026-09-28"),
        ("standing", "draft", 1, None),
    ):
        connection.execute(
            """INSERT INTO applications (id, content, revision, status, person, saved_at, declarant, trader,
               sent_revision, deleted_at) VALUES (?, '{}', 1, ?, 'yunling', '', '', '', ?, ?)""",
            (name, status, sent, deleted_at),
        )
    connection.execute(
        "INSERT INTO journal (at, person, deed, application_id, detail) VALUES ('', 'qinghe', 'deleted', 'gone', '1')"
    )
    migrate(connection)
    assert _asked(connection) == {"gone": "qinghe", "local": "", "standing": ""}
    connection.close()


def _asked(connection: apsw.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT id, deletion_by FROM applications"))
