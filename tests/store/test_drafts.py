"""Drafts are saved, coalesced, deleted and kept (B2, S21, S28)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.store.parts import (
    COLLEAGUE,
    COMPANY,
    KEY,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    SetClock,
    code_of,
    make_application,
    make_attachment,
    make_item,
    make_record,
    minutes,
)
from yuyue_desktop.domain.application import Application, ApplicationId, Status
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, SaveFailed
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.ports import Publish
from yuyue_desktop.store.writer import StoreThread


def test_what_was_typed_comes_back_as_typed(store: OpenStore) -> None:
    application = make_application(reason="半个\ud83d字, '引号', \x00 and \U0001f69a", window_start="下周三")
    saved = store.save(application)
    assert saved == replace(make_record(application), revision=1)
    store.reopen()
    assert store.read(application.id) == saved


def test_each_save_is_a_revision_and_is_told_after_its_commit(store: OpenStore) -> None:
    application = make_application()
    store.save(application)
    store.clock.at += minutes(1)
    saved = store.save(replace(application, reason="改过"), COLLEAGUE)
    assert (saved.revision, saved.person, saved.saved_at) == (2, PERSON, NOW + minutes(1))
    assert store.told(DraftSaved) == [
        DraftSaved(application.id, 1, NOW),
        DraftSaved(application.id, 2, NOW + minutes(1)),
    ]


def test_saves_that_wait_are_one_and_the_newest_wins(store: OpenStore) -> None:
    held, free = threading.Event(), threading.Event()
    busy = StoreThread(store.file.with_name("busy.db"), KEY, publish=_hold(held, free), clock=store.clock)
    application = make_application()
    first = busy.save_draft(application, PERSON, NOW)
    assert held.wait(LIMIT_S)
    later = [busy.save_draft(replace(application, reason=str(n)), PERSON, NOW) for n in range(9)]
    free.set()
    busy.close()
    assert first.result(LIMIT_S).revision == 1
    assert {(future.result(LIMIT_S).revision, future.result().application.reason) for future in later} == {(2, "8")}


def test_a_save_does_not_overtake_what_was_asked_before_it(store: OpenStore) -> None:
    application = make_application()
    store.writer.save_draft(application, PERSON, NOW)
    enqueued = store.writer.enqueue(make_item(application.id), 1)
    late = store.writer.save_draft(replace(application, reason="later"), PERSON, NOW)
    enqueued.result(LIMIT_S)
    assert code_of(late) is Code.LOCKED_BY_OUTBOX
    failed = store.told(SaveFailed)
    assert [event.application_id for event in failed if isinstance(event, SaveFailed)] == [application.id]


def test_drafts_are_listed_newest_first_and_a_company_at_a_time(store: OpenStore) -> None:
    ids = []
    for number in range(3):
        store.clock.at = NOW + minutes(number)
        ids.append(store.save(make_application()).id)
    store.save(make_application(declarant="9999900000"))
    assert [record.id for record in store.reader.drafts(COMPANY)] == ids[::-1]


def test_a_deleted_draft_is_gone_but_kept_for_thirty_days(store: OpenStore) -> None:
    application = make_application()
    saved = store.save(application)
    store.writer.delete_draft(application.id, COLLEAGUE, NOW).result(LIMIT_S)
    store.writer.delete_draft(application.id, COLLEAGUE, NOW).result(LIMIT_S)
    assert store.told(ApplicationChanged) == [ApplicationChanged(application.id)]
    assert store.reader.record(application.id) is None
    assert store.reader.drafts(COMPANY) == ()
    assert store.reader.deleted_drafts(COMPANY) == (saved,)
    assert code_of(store.writer.save_draft(application, PERSON, NOW)) is Code.APPLICATION_UNKNOWN
    store.clock.at = NOW + timedelta(days=30)
    store.reopen()
    assert store.reader.deleted_drafts(COMPANY) == (saved,)
    store.clock.at += minutes(1)
    store.reopen()
    assert store.reader.deleted_drafts(COMPANY) == ()


def test_attachments_go_with_the_last_draft_that_needs_them(store: OpenStore) -> None:
    shared, lone, free = (make_attachment(content) for content in (b"shared", b"lone", b"free"))
    for attachment, content in ((shared, b"shared"), (lone, b"lone"), (free, b"free")):
        store.writer.put_attachment(attachment.sha256, content)
    doomed = make_application(attachments=(shared, lone))
    store.save(doomed)
    store.save(make_application(attachments=(shared,)))
    item = store.enqueue(make_item(doomed.id))
    store.writer.withdraw(item.id)
    store.writer.delete_draft(doomed.id, PERSON, NOW)
    store.clock.at += timedelta(days=31)
    store.reopen()
    kept = [store.reader.attachment(attachment.sha256) for attachment in (shared, lone, free)]
    assert kept == [b"shared", None, b"free"]
    assert store.reader.item(item.id) is None


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_only_drafts_are_saved_deleted_or_sent_for_keeping(store: OpenStore, status: Status) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, status)])
    codes = [code_of(future) for future in _changes(store, application)]
    assert codes == [Code.STEP_NOT_ALLOWED] * 3


def test_an_open_item_locks_its_draft_and_its_end_unlocks_it(store: OpenStore) -> None:
    application = make_application()
    store.save(application)
    item = store.enqueue(make_item(application.id))
    assert [code_of(future) for future in _changes(store, application)] == [Code.LOCKED_BY_OUTBOX] * 3
    store.writer.withdraw(item.id)
    assert store.save(application).revision == 2


def test_a_draft_is_offered_to_the_gateway_once_asked_for_and_until_it_has_that_revision(store: OpenStore) -> None:
    application = make_application()
    store.save(application)
    assert store.sync.unsent_draft(PERSON) is None
    store.writer.request_remote_save(application.id, PERSON, NOW).result(LIMIT_S)
    newest = store.save(replace(application, reason="newer"))
    assert store.sync.unsent_draft(PERSON) == newest
    assert store.sync.unsent_draft(COLLEAGUE) is None
    assert store.sync.unsent_draft(PERSON, [application.id]) is None
    store.sync.draft_sent(replace(newest, pre_entry_number="YTG202600000000001"))
    assert store.sync.unsent_draft(PERSON) is None
    store.writer.request_remote_save(application.id, PERSON, NOW).result(LIMIT_S)
    store.sync.draft_sent(make_record(application, pre_entry_number="YTG202600000000001"))
    assert store.sync.unsent_draft(PERSON) is None
    assert store.read(application.id) == replace(newest, pre_entry_number="YTG202600000000001")


def test_a_draft_in_the_outbox_or_deleted_is_not_offered_to_the_gateway(store: OpenStore) -> None:
    locked, deleted = make_application(), make_application()
    for application in (locked, deleted):
        store.save(application)
        store.writer.request_remote_save(application.id, PERSON, NOW)
    store.enqueue(make_item(locked.id))
    store.writer.delete_draft(deleted.id, PERSON, NOW).result(LIMIT_S)
    assert store.sync.unsent_draft(PERSON) is None


def test_an_unknown_application_cannot_be_asked_for(store: OpenStore) -> None:
    nowhere = ApplicationId("nowhere")
    assert store.reader.record(nowhere) is None
    assert code_of(store.writer.request_remote_save(nowhere, PERSON, NOW)) is Code.APPLICATION_UNKNOWN
    store.writer.delete_draft(nowhere, PERSON, NOW).result(LIMIT_S)


def test_the_journal_tells_who_did_what_and_takes_saves_in_a_row_as_one(store: OpenStore) -> None:
    application = make_application()
    for number in range(3):
        store.clock.at = NOW + minutes(number)
        store.save(application)
    store.save(application, COLLEAGUE)
    store.writer.request_remote_save(application.id, PERSON, NOW)
    store.writer.delete_draft(application.id, PERSON, NOW).result(LIMIT_S)
    entries = store.reader.journal(application.id)[::-1]
    assert [(entry.person, entry.deed, entry.detail) for entry in entries] == [
        (PERSON, Deed.SAVED, "3"),
        (COLLEAGUE, Deed.SAVED, "4"),
        (PERSON, Deed.SAVE_REQUESTED, "4"),
        (PERSON, Deed.DELETED, "4"),
    ]
    assert entries[0].at == NOW + minutes(2)
    assert store.reader.journal(limit=2) == entries[:1:-1]


def test_closing_writes_what_waits_and_then_refuses(store: OpenStore) -> None:
    application = make_application()
    waiting = [store.writer.save_draft(replace(application, reason=str(n)), PERSON, NOW) for n in range(50)]
    store.writer.close()
    assert waiting[-1].result(0).application.reason == "49"
    late = store.writer.save_draft(application, PERSON, NOW), store.writer.remember_setting("name", "value")
    assert [code_of(future) for future in late] == [Code.STORE_UNWRITABLE] * 2


def test_a_listener_that_fails_does_not_undo_a_commit(store: OpenStore, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_event: Event) -> None:
        raise RuntimeError("window gone")

    writer = StoreThread(store.file.with_name("other.db"), KEY, publish=fail, clock=SetClock())
    assert writer.save_draft(make_application(), PERSON, NOW).result(LIMIT_S).revision == 1
    writer.close()
    assert "a listener failed on DraftSaved" in caplog.text


def _hold(held: threading.Event, free: threading.Event) -> Publish:
    def publish(_event: Event) -> None:
        held.set()
        assert free.wait(LIMIT_S)

    return publish


def _changes(store: OpenStore, application: Application) -> Iterator[Future[Any]]:
    yield store.writer.save_draft(application, PERSON, NOW)
    yield store.writer.delete_draft(application.id, PERSON, NOW)
    yield store.writer.request_remote_save(application.id, PERSON, NOW)
