"""An item's way through the outbox: lock, claim, answer, refusal, withdrawal, crash (B2, S22, S29-S31)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.parts import (
    COLLEAGUE,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    accepted,
    code_of,
    make_application,
    make_attachment,
    make_item,
    make_receipt,
    make_record,
    minutes,
    refused,
)
from yuyue_desktop.domain.application import Status, Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import ApplicationChanged, OutboxChanged, ReceiptArrived
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.receipts import ReceiptKind


def test_an_item_is_kept_whole_and_told(store: OpenStore) -> None:
    record = store.save(make_application())
    content = b"%PDF-1.7 contract"
    attachment = make_attachment(content)
    store.writer.put_attachment(attachment.sha256, content)
    item = store.enqueue(make_item(record.id, attachments=(attachment.sha256,), latest=NOW + minutes(90)))
    store.reopen()
    assert store.reader.item(item.id) == item
    assert store.reader.open_items() == store.reader.open_items(record.id) == (item,)
    assert store.sync.attachment(attachment.sha256) == content
    assert store.told(OutboxChanged) == [OutboxChanged(record.id)]


def test_what_was_signed_must_still_be_what_is_stored(store: OpenStore) -> None:
    application = make_application()
    store.save(application)
    store.save(replace(application, reason="newer"))
    assert code_of(store.writer.enqueue(make_item(application.id), 1)) is Code.REVISION_STALE
    assert store.reader.open_items() == ()


def test_one_application_has_one_open_item(store: OpenStore) -> None:
    record = store.save(make_application())
    store.enqueue(make_item(record.id))
    assert code_of(store.writer.enqueue(make_item(record.id), 1)) is Code.LOCKED_BY_OUTBOX


def test_what_cannot_be_sent_is_not_enqueued(store: OpenStore) -> None:
    draft, deleted = store.save(make_application()), store.save(make_application())
    store.writer.delete_draft(deleted.id, PERSON, NOW)
    refusals = [
        (make_item(make_application().id), Code.APPLICATION_UNKNOWN),
        (make_item(deleted.id), Code.APPLICATION_UNKNOWN),
        (make_item(draft.id, Step.CANCEL), Code.STEP_NOT_ALLOWED),
        (make_item(draft.id, attachments=("ab" * 32,)), Code.ATTACHMENTS_MISSING),
    ]
    assert [code_of(store.writer.enqueue(item, 1)) for item, _ in refusals] == [code for _, code in refusals]


def test_withdrawing_is_possible_until_an_attempt_was_begun(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.clock.at += minutes(5)
    store.writer.withdraw(item.id).result(LIMIT_S)
    assert store.state(item.id) is ItemState.WITHDRAWN
    assert store.reader.journal(limit=1)[0].at == NOW + minutes(5)
    with pytest.raises(YuyueError, match="step_not_allowed"):
        store.sync.claim(item.id)
    again = store.enqueue(make_item(record.id))
    store.sync.claim(again.id)
    for impossible in (again.id, item.id, ItemId("nowhere")):
        assert code_of(store.writer.withdraw(impossible)) is Code.STEP_NOT_ALLOWED


def test_what_is_too_late_waits_for_the_clerk(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.sync.claim(item.id)
    store.sync.postpone(item.id, ItemState.TOO_LATE, NOW, "")
    assert store.sync.due_item(PERSON, NOW + minutes(999)) is None
    assert store.sync.next_due(PERSON) is None
    assert code_of(store.writer.enqueue(make_item(record.id), 1)) is Code.LOCKED_BY_OUTBOX
    store.writer.withdraw(item.id).result(LIMIT_S)


def test_a_claim_is_on_the_disk_before_it_answers(store: OpenStore) -> None:
    item = store.enqueue(make_item(store.save(make_application()).id))
    claimed = store.sync.claim(item.id)
    assert claimed == replace(item, state=ItemState.SENDING, attempts=1)
    assert store.reader.item(item.id) == claimed


def test_what_a_crash_left_sending_is_unknown_and_due_at_once(store: OpenStore) -> None:
    item = store.enqueue(make_item(store.save(make_application()).id))
    store.sync.claim(item.id)
    store.sync.postpone(item.id, ItemState.UNKNOWN, NOW + minutes(60), "gateway_unreachable")
    assert store.sync.due_item(PERSON, NOW) is None
    assert store.sync.claim(item.id).next_try_at is None
    assert store.sync.due_item(PERSON, NOW) is not None
    store.reopen()
    left = store.sync.due_item(PERSON, NOW)
    assert left is not None
    assert (left.state, left.attempts, left.must_ask_first) == (ItemState.UNKNOWN, 2, True)


def test_items_of_others_are_never_due(store: OpenStore) -> None:
    item = store.enqueue(make_item(store.save(make_application()).id))
    assert store.sync.due_item(COLLEAGUE, NOW) is None
    assert store.sync.next_due(COLLEAGUE) is None
    assert store.sync.due_item(PERSON, NOW - minutes(1)) is None
    assert store.sync.next_due(PERSON) == NOW
    assert store.sync.due_item(PERSON, NOW) == item


def test_the_item_tried_least_goes_first(store: OpenStore) -> None:
    first, second = (store.enqueue(make_item(store.save(make_application()).id)) for _ in range(2))
    assert store.sync.due_item(PERSON, NOW) == first
    store.sync.claim(first.id)
    store.sync.postpone(first.id, ItemState.WAITING, NOW, "gateway_busy")
    assert store.sync.due_item(PERSON, NOW) == second
    store.sync.claim(second.id)
    store.sync.postpone(second.id, ItemState.WAITING, NOW - minutes(1), "gateway_busy")
    due = store.sync.due_item(PERSON, NOW)
    assert due is not None
    assert (due.id, due.last_error, store.sync.next_due(PERSON)) == (second.id, "gateway_busy", NOW - minutes(1))


def test_an_accepted_declaration_moves_its_application_on_once(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.sync.claim(item.id)
    answer = accepted(record.id, cursor=7, at=NOW + minutes(1), pre_entry_number="YTG202600000000001")
    for _ in range(2):
        store.sync.finish(item.id, answer)
    expected = replace(
        record, status=Status.DECLARED, pre_entry_number="YTG202600000000001", declared_at=NOW + minutes(1)
    )
    assert store.read(record.id) == expected
    store.sync.postpone(item.id, ItemState.UNKNOWN, NOW, "gateway_unreachable")
    assert store.state(item.id) is ItemState.DONE
    assert store.reader.receipts(record.id) == (answer.receipt,)
    assert store.told(ReceiptArrived) == [ReceiptArrived(record.id, 7)]
    assert store.sync.cursor() == 0
    assert [entry.deed for entry in store.reader.journal()].count(Deed.ACCEPTED) == 1


def test_a_refusal_opens_the_fields_again(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.sync.claim(item.id)
    for _ in range(2):
        store.sync.finish(item.id, refused(record.id))
    ended = store.reader.item(item.id)
    assert ended is not None
    assert (ended.state, ended.last_error) == (ItemState.REFUSED, "window_too_late")
    assert store.read(record.id) == record
    assert [receipt.kind for receipt in store.reader.receipts(record.id)] == [ReceiptKind.REFUSAL]
    assert store.save(record.application).revision == 2


def test_a_refusal_without_a_receipt_gets_one_here(store: OpenStore) -> None:
    records = [store.save(make_application()) for _ in range(2)]
    for record in records:
        item = store.enqueue(make_item(record.id))
        store.sync.claim(item.id)
        for _ in range(2):
            store.sync.refuse(item.id, "submission_stale", "签名时间不在有效期内", NOW)
        assert store.state(item.id) is ItemState.REFUSED
    receipts = [receipt for record in records for receipt in store.reader.receipts(record.id)]
    assert [(receipt.cursor, receipt.word, receipt.code, receipt.status) for receipt in receipts] == [
        (-1, "拒收", "submission_stale", Status.DRAFT),
        (-2, "拒收", "submission_stale", Status.DRAFT),
    ]
    assert store.told(ReceiptArrived) == [ReceiptArrived(records[0].id, -1), ReceiptArrived(records[1].id, -2)]


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (Step.CANCEL, Status.ACCEPTED, Status.CANCELLED),
        (Step.CANCEL, Status.APPROVED, Status.CANCELLED),
        (Step.FEED_BACK, Status.APPROVED, Status.CLEARED),
        (Step.EXPLAIN, Status.APPROVED, Status.APPROVED),
        (Step.EXPLAIN, Status.FEEDBACK_OVERDUE, Status.FEEDBACK_OVERDUE),
    ],
)
def test_each_accepted_step_leads_where_the_law_says(
    store: OpenStore, step: Step, before: Status, after: Status
) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, before)])
    item = store.enqueue(make_item(application.id, step))
    store.sync.claim(item.id)
    store.sync.finish(item.id, accepted(application.id, status=after))
    assert store.read(application.id).status is after
    assert store.read(application.id).is_explained is (step is Step.EXPLAIN)


def test_an_answer_slower_than_its_receipts_sets_nothing_back(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.sync.claim(item.id)
    first, second = make_receipt(record.id, 1), make_receipt(record.id, 2, status=Status.ACCEPTED)
    store.sync.take_receipts(ReceiptPage((first, second), (), 2))
    store.sync.finish(item.id, accepted(record.id))
    assert store.read(record.id).status is Status.ACCEPTED
    assert store.reader.receipts(record.id) == (first, second)
    assert store.state(item.id) is ItemState.DONE


def test_an_answer_to_nothing_known_is_kept_and_harmless(store: OpenStore) -> None:
    nowhere, stranger = ItemId("nowhere"), make_application().id
    store.sync.finish(nowhere, accepted(stranger))
    store.sync.refuse(nowhere, "wrong_gateway", "", NOW)
    store.sync.postpone(nowhere, ItemState.WAITING, NOW, "")
    assert store.reader.receipts(stranger) == (make_receipt(stranger),)
    assert store.told(ApplicationChanged) == [ApplicationChanged(stranger)]
