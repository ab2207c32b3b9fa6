"""What the gateway says is taken over once, never backwards, and never over what was typed here (S32, S33, B2, B9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.parts import (
    COLLEAGUE,
    COMPANY,
    LIMIT_S,
    NOW,
    PERSON,
    TRADER,
    OpenStore,
    make_application,
    make_item,
    make_receipt,
    make_record,
    minutes,
)
from yuyue_desktop.domain.application import NEXT_STATUS, ApplicationId, ApplicationRecord, Status, is_earlier
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, ReceiptArrived
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.store.writer import MERGED_AT_ONCE


def test_a_page_is_taken_once_with_its_cursor(store: OpenStore) -> None:
    record = store.declared()
    first, second = (
        make_receipt(record.id, 2, status=Status.ACCEPTED),
        make_receipt(record.id, 3, status=Status.APPROVED, at=NOW + minutes(9), application_number="A1"),
    )
    approved = replace(
        record, status=Status.APPROVED, application_number="A1", approved_at=NOW + minutes(9), trader_name="澄江"
    )
    page = ReceiptPage((first, second), (approved,), 3)
    assert [store.sync.take_receipts(page), store.sync.take_receipts(page), store.sync.cursor()] == [2, 0, 3]
    assert store.read(record.id) == approved
    assert store.reader.receipts(record.id)[1:] == (first, second)
    assert store.told(ReceiptArrived)[1:] == [ReceiptArrived(record.id, 2), ReceiptArrived(record.id, 3)]


def test_a_receipt_moves_its_application_on_even_without_a_record(store: OpenStore) -> None:
    record = store.declared()
    approval = make_receipt(record.id, 5, status=Status.APPROVED, at=NOW + minutes(9), application_number="A1")
    remark = make_receipt(record.id, 6, kind=ReceiptKind.REMARK, status=Status.APPROVED, text="请按时到场")
    store.sync.take_receipts(ReceiptPage((approval, remark), (), 6))
    now = store.read(record.id)
    assert (now.status, now.application_number, now.approved_at) == (Status.APPROVED, "A1", NOW + minutes(9))


def test_receipts_of_unknown_applications_are_kept_until_those_are_known(store: OpenStore) -> None:
    application = make_application()
    receipt = make_receipt(application.id, 4)
    assert store.sync.take_receipts(ReceiptPage((receipt,), (), 4)) == 1
    assert store.reader.receipts(application.id) == (receipt,)
    assert store.reader.receipts_since(COMPANY, NOW) == ()
    record = make_record(application, Status.DECLARED)
    store.sync.take_receipts(ReceiptPage((), (record,), 4))
    assert store.read(application.id) == record
    assert store.reader.receipts_since(COMPANY, NOW) == (receipt,)


def test_a_refusal_that_comes_late_brings_no_deleted_draft_back(store: OpenStore) -> None:
    record = store.save(make_application())
    store.writer.delete_draft(record.id, PERSON, NOW).result(LIMIT_S)
    refusal = make_receipt(record.id, kind=ReceiptKind.REFUSAL, status=Status.DRAFT)
    store.sync.take_receipts(ReceiptPage((refusal,), (), 1))
    assert store.reader.record(record.id) is None
    assert store.reader.receipts(record.id) == (refusal,)


def test_the_cursor_never_goes_back(store: OpenStore) -> None:
    store.sync.take_receipts(ReceiptPage((), (), 9))
    store.sync.take_receipts(ReceiptPage((), (), 3))
    store.reopen()
    assert store.sync.cursor() == 9


def test_receipts_of_a_company_since_a_moment_newest_first(store: OpenStore) -> None:
    own, other = store.declared(), make_application(declarant="9999900000", trader="9999900000")
    late = make_receipt(own.id, 8, at=NOW + minutes(2))
    later = make_receipt(own.id, 7, at=NOW + minutes(3))
    store.sync.take_receipts(ReceiptPage((late, later, make_receipt(other.id, 9, at=NOW + minutes(4))), (), 9))
    store.writer.merge_records([make_record(other, Status.DECLARED)]).result(LIMIT_S)
    assert store.reader.receipts_since(COMPANY, NOW + minutes(1)) == (later, late)
    assert store.reader.receipts_since(TRADER, NOW + minutes(3)) == (later,)


def test_the_life_of_an_application_goes_one_way() -> None:
    assert all(is_earlier(before, after) for (before, _), after in NEXT_STATUS.items() if before is not after)
    assert not any(is_earlier(after, before) for (before, _), after in NEXT_STATUS.items())
    assert is_earlier(Status.DRAFT, Status.CLEARED)
    assert not is_earlier(Status.RETURNED, Status.CLEARED)


@pytest.mark.parametrize("old", [Status.DRAFT, Status.DECLARED, Status.ACCEPTED])
def test_old_news_is_passed_over(store: OpenStore, old: Status) -> None:
    record = make_record(make_application(), Status.APPROVED, feedback=("1",), is_explained=True)
    store.writer.merge_records([record]).result(LIMIT_S)
    store.events.clear()
    store.writer.merge_records([replace(record, status=old, feedback=(), is_explained=False)]).result(LIMIT_S)
    assert store.read(record.id) == record
    assert store.events == []


def test_what_an_answer_leaves_out_stays_known(store: OpenStore) -> None:
    record = make_record(
        make_application(), Status.CLEARED, pre_entry_number="YTG1", approved_at=NOW, feedback=("1",), is_explained=True
    )
    bare = make_record(record.application, Status.CLEARED)
    store.writer.merge_records([record, bare]).result(LIMIT_S)
    assert store.read(record.id) == record


def _merge(store: OpenStore, record: ApplicationRecord) -> ApplicationRecord:
    store.writer.merge_records([record]).result(LIMIT_S)
    return store.read(record.id)


def test_a_newer_draft_of_a_colleague_is_taken_over(store: OpenStore) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, revision=2)])
    newer = make_record(replace(application, reason="同事改的"), revision=3, person=COLLEAGUE)
    assert _merge(store, newer) == newer
    assert _merge(store, make_record(application, revision=2)) == newer


def test_edits_not_yet_at_the_gateway_are_never_overwritten(store: OpenStore) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, revision=2)])
    typed = store.save(replace(application, reason="本机改的"))
    foreign = make_record(replace(application, reason="同事改的"), revision=9, pre_entry_number="YTG1")
    assert _merge(store, foreign) == replace(typed, pre_entry_number="YTG1")


def test_a_locked_draft_keeps_what_was_signed(store: OpenStore) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, revision=2)])
    store.enqueue(make_item(application.id), revision=2)
    merged = _merge(store, make_record(replace(application, reason="同事改的"), revision=3))
    assert (merged.application, merged.revision) == (application, 2)


def test_a_deleted_draft_stays_deleted_unless_customs_has_it(store: OpenStore) -> None:
    application = make_application()
    store.save(application)
    store.writer.delete_draft(application.id, PERSON, NOW)
    store.writer.merge_records([make_record(application, revision=5)]).result(LIMIT_S)
    assert store.reader.record(application.id) is None
    declared = make_record(application, Status.DECLARED, revision=5)
    assert _merge(store, declared) == declared


def test_edits_that_a_colleagues_declaration_overtakes_are_set_aside(store: OpenStore) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, revision=2)])
    typed = replace(application, reason="本机改的")
    store.save(typed)
    declared = make_record(replace(application, reason="同事改的"), Status.DECLARED, revision=3, person=COLLEAGUE)
    assert _merge(store, declared) == declared
    (aside,) = store.reader.deleted_drafts(COMPANY)
    assert replace(aside.application, id=application.id) == typed
    assert store.reader.journal(application.id)[0].deed is Deed.SET_ASIDE


def test_the_record_of_an_own_declaration_leaves_nothing_aside(store: OpenStore) -> None:
    record = store.save(make_application())
    item = store.enqueue(make_item(record.id))
    store.sync.claim(item.id)
    declared = replace(record, application=replace(record.application, reason="trimmed"), status=Status.DECLARED)
    assert _merge(store, declared) == declared
    assert store.reader.deleted_drafts(COMPANY) == ()


def test_merging_tells_what_it_changed_and_nothing_else(store: OpenStore) -> None:
    records = [make_record(make_application(), Status.ACCEPTED) for _ in range(2)]
    for _ in range(2):
        store.writer.merge_records(records).result(LIMIT_S)
    assert store.told(ApplicationChanged) == [ApplicationChanged(record.id) for record in records]


def many_records() -> list[ApplicationRecord]:
    """More than are merged at once, twice over."""
    return [make_record(make_application(), Status.DECLARED) for _ in range(3 * MERGED_AT_ONCE)]


def test_what_is_typed_while_a_long_answer_is_merged_is_saved_before_the_rest_of_it(store: OpenStore) -> None:
    records, draft = many_records(), make_application()
    told: list[Event] = []

    def listen(event: Event) -> None:
        told.append(event)
        if event == ApplicationChanged(records[0].id):
            store.writer.save_draft(draft, PERSON, NOW)

    store.told_to(listen)
    store.writer.merge_records(records).result(LIMIT_S)
    saved_at = next(at for at, event in enumerate(told) if isinstance(event, DraftSaved))
    assert saved_at == told.index(ApplicationChanged(records[MERGED_AT_ONCE].id)) - 1
    assert [store.read(record.id) for record in records] == records


def test_a_store_that_closes_merges_the_rest_first(store: OpenStore) -> None:
    records = many_records()
    merging = store.writer.merge_records(records)
    store.reopen()
    assert merging.done()
    assert [store.read(record.id) for record in records] == records


def test_a_merge_that_fails_says_so_and_keeps_what_was_merged(store: OpenStore) -> None:
    records = many_records()
    wrong = replace(records[-1], application=replace(records[-1].application, id=ApplicationId(chr(0xD800))))
    assert store.writer.merge_records([*records[:-1], wrong]).exception(LIMIT_S) is not None
    assert store.read(records[0].id) == records[0]
    assert store.writer.merge_records(records).exception(LIMIT_S) is None
