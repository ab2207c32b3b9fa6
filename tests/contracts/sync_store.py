"""What every SyncStore does, whatever is behind it: the suite that fake and real store both pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest

from tests.store.parts import (
    COLLEAGUE,
    NOW,
    PERSON,
    accepted,
    make_application,
    make_item,
    make_receipt,
    make_record,
    refused,
)
from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import Event, SaveFailed
from yuyue_desktop.domain.outbox import ItemState, OutboxItem
from yuyue_desktop.domain.ports import ReceiptPage, SyncStore

MINUTE = timedelta(minutes=1)


class SyncStoreRig(Protocol):
    """A store with what the window's side of it does."""

    @property
    def store(self) -> SyncStore:
        """The sync thread's side."""
        ...

    @property
    def events(self) -> list[Event]:
        """What was published."""
        ...

    def add(self, item: OutboxItem) -> OutboxItem:
        """Enqueue an item of an application of its own."""
        ...

    def add_wanted_draft(self, record: ApplicationRecord) -> None:
        """Keep a draft that its person asked to save at the gateway."""
        ...

    def delete(self, application_id: ApplicationId) -> None:
        """Delete a draft that the gateway may have."""
        ...

    def put_file(self, content: bytes) -> str:
        """Keep a file; answers its digest."""
        ...

    def state(self, item: OutboxItem) -> ItemState:
        """Where an item is."""
        ...


class SyncStoreContract:
    """Tests on the fixture `rig`."""

    def test_an_item_is_due_for_its_owner_from_its_moment_on(self, rig: SyncStoreRig) -> None:
        item = rig.add(make_item(make_application().id, next_try_at=NOW + MINUTE))
        assert rig.store.due_item(PERSON, NOW) is None
        assert rig.store.due_item(COLLEAGUE, NOW + MINUTE) is None
        assert rig.store.due_item(PERSON, NOW + MINUTE) == item
        assert (rig.store.next_due(PERSON), rig.store.next_due(COLLEAGUE)) == (NOW + MINUTE, None)

    def test_of_several_the_one_tried_least_is_due_then_the_oldest(self, rig: SyncStoreRig) -> None:
        later, first, tried = (
            rig.add(make_item(make_application().id, created_at=NOW + n * MINUTE, attempts=attempts))
            for n, attempts in ((1, 0), (0, 0), (-9, 1))
        )
        order = []
        for _ in range(3):
            due = rig.store.due_item(PERSON, NOW + 9 * MINUTE)
            assert due is not None
            order.append(due)
            rig.store.postpone(due.id, ItemState.TOO_LATE, NOW, "")
        assert order == [first, later, tried]

    def test_a_claim_counts_and_an_attempt_without_answer_waits(self, rig: SyncStoreRig) -> None:
        item = rig.add(make_item(make_application().id))
        assert rig.store.claim(item.id) == replace(item, state=ItemState.SENDING, attempts=1)
        rig.store.postpone(item.id, ItemState.UNKNOWN, NOW + MINUTE, "gateway_unreachable")
        assert rig.store.due_item(PERSON, NOW) is None
        due = rig.store.due_item(PERSON, NOW + MINUTE)
        assert due is not None
        assert (due.state, due.attempts, due.last_error) == (ItemState.UNKNOWN, 1, "gateway_unreachable")

    def test_what_a_crash_left_sending_is_due_at_once(self, rig: SyncStoreRig) -> None:
        item = rig.add(make_item(make_application().id))
        claimed = rig.store.claim(item.id)
        assert rig.store.due_item(PERSON, NOW) == claimed
        assert rig.store.next_due(PERSON) == NOW

    def test_a_turn_asks_for_what_a_crash_left_sending(self, rig: SyncStoreRig) -> None:
        item = rig.add(make_item(make_application().id))
        rig.store.claim(item.id)
        assert rig.store.begin_sending()
        assert rig.state(item) is ItemState.UNKNOWN
        due = rig.store.due_item(PERSON, NOW)
        assert due is not None
        assert due.must_ask_first
        rig.store.end_sending()
        assert rig.store.begin_sending()
        rig.store.end_sending()

    def test_whoever_waits_for_a_draft_is_told_that_it_was_refused(self, rig: SyncStoreRig) -> None:
        record = make_record(make_application())
        error = user_error(Code.PORT_NOT_A_PORT, code="0000")
        rig.store.draft_refused(record.id, error)
        (told,) = [event for event in rig.events if isinstance(event, SaveFailed)]
        assert (told.application_id, told.error) == (record.id, error)

    def test_what_is_too_late_is_never_due(self, rig: SyncStoreRig) -> None:
        item = rig.add(make_item(make_application().id))
        rig.store.postpone(item.id, ItemState.TOO_LATE, NOW, "")
        assert rig.store.due_item(PERSON, NOW + MINUTE) is None
        assert rig.store.next_due(PERSON) is None

    @pytest.mark.parametrize("way", ["accepted", "refused", "refused without a receipt"])
    def test_an_ended_item_is_never_due_nor_claimed(self, rig: SyncStoreRig, way: str) -> None:
        item = rig.add(make_item(make_application().id))
        rig.store.claim(item.id)
        for _ in range(2):
            if way == "refused without a receipt":
                rig.store.refuse(item.id, "wrong_gateway", "不是给本网关的", NOW)
            else:
                answer = accepted(item.application_id) if way == "accepted" else refused(item.application_id)
                rig.store.finish(item.id, answer)
        assert rig.state(item) is (ItemState.DONE if way == "accepted" else ItemState.REFUSED)
        assert rig.store.due_item(PERSON, NOW + MINUTE) is None
        assert rig.store.next_due(PERSON) is None
        with pytest.raises(YuyueError) as caught:
            rig.store.claim(item.id)
        assert caught.value.code is Code.STEP_NOT_ALLOWED

    def test_receipts_are_taken_once_and_the_cursor_goes_on(self, rig: SyncStoreRig) -> None:
        receipts = tuple(make_receipt(make_application().id, cursor) for cursor in (4, 7))
        assert rig.store.cursor() == 0
        taken = [rig.store.take_receipts(ReceiptPage(receipts[:count], (), 7)) for count in (1, 2, 2)]
        rig.store.take_receipts(ReceiptPage((), (), 2))
        assert (taken, rig.store.cursor()) == ([1, 1, 0], 7)

    def test_a_page_that_begins_anew_is_counted_again(self, rig: SyncStoreRig) -> None:
        kept, lacking, fresh = (make_receipt(make_application().id, cursor) for cursor in (4, 7, 7))
        rig.store.take_receipts(ReceiptPage((kept, lacking), (), 7))
        assert rig.store.newest_receipt() == lacking
        assert rig.store.take_receipts(ReceiptPage((kept,), (), 4, is_anew=True)) == 0
        assert (rig.store.cursor(), rig.store.newest_receipt(), rig.store.is_recounting()) == (4, kept, True)
        assert rig.store.take_receipts(ReceiptPage((fresh,), (), 7)) == 1
        assert rig.store.is_recounting()
        rig.store.take_receipts(ReceiptPage((), (), 7))
        assert (rig.store.newest_receipt(), rig.store.is_recounting()) == (fresh, False)

    def test_files_are_found_by_digest(self, rig: SyncStoreRig) -> None:
        digest = rig.put_file(b"%PDF-1.7")
        assert rig.store.attachment(digest) == b"%PDF-1.7"
        assert rig.store.attachment("ab" * 32) is None

    def test_a_draft_is_offered_to_its_owner_until_it_is_sent(self, rig: SyncStoreRig) -> None:
        record = make_record(make_application())
        rig.add_wanted_draft(record)
        assert rig.store.unsent_draft(COLLEAGUE) is None
        assert rig.store.unsent_draft(PERSON, [record.id]) is None
        assert rig.store.unsent_draft(PERSON) == record
        rig.store.draft_sent(replace(record, pre_entry_number="YTG202600000000001"))
        assert rig.store.unsent_draft(PERSON) is None

    @pytest.mark.parametrize("is_refused", [False, True])
    def test_a_deletion_is_offered_to_its_owner_until_customs_has_answered(
        self, rig: SyncStoreRig, is_refused: bool
    ) -> None:
        record = make_record(make_application())
        rig.add_wanted_draft(record)
        rig.delete(record.id)
        assert rig.store.unsent_draft(PERSON) is None
        assert rig.store.unsent_deletion(COLLEAGUE) is None
        assert rig.store.unsent_deletion(PERSON, [record.id]) is None
        assert rig.store.unsent_deletion(PERSON) == record.id
        for _ in range(2):
            if is_refused:
                rig.store.deletion_refused(record.id, "card_not_bound", "", NOW)
            else:
                rig.store.deletion_sent(record.id)
        assert rig.store.unsent_deletion(PERSON) is None
        assert rig.store.unsent_draft(PERSON) is None

    def test_saves_and_deletions_go_in_the_order_they_were_asked_for(self, rig: SyncStoreRig) -> None:
        first, doomed, last = records = [make_record(make_application()) for _ in range(3)]
        for record in records[:2]:
            rig.add_wanted_draft(record)
        rig.delete(doomed.id)
        rig.add_wanted_draft(last)
        assert rig.store.unsent_deletion(PERSON) is None
        assert rig.store.unsent_draft(PERSON) == first
        assert rig.store.unsent_deletion(PERSON, [first.id]) == doomed.id
        rig.store.draft_sent(replace(first, pre_entry_number="YTG202600000000001"))
        assert rig.store.unsent_deletion(PERSON) == doomed.id
        rig.store.deletion_sent(doomed.id)
        assert rig.store.unsent_draft(PERSON) == last
