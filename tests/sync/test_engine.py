"""One step at a time: what the engine does with each kind of answer and fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.fakes.gateway import Crash, Fault
from tests.sync.rig import COLLEAGUE, SyncRig
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import LinkChanged, SaveFailed
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.sync.link import FRESH


@pytest.fixture
def rig() -> SyncRig:
    """A fresh machine whose link was probed."""
    rig = SyncRig()
    rig.engine.tick()
    rig.gateway.calls.clear()
    return rig


def test_an_item_goes_out_with_its_attachments_first(rig: SyncRig) -> None:
    item = rig.enqueue(files=(b"one", b"two"))
    rig.engine.tick()
    assert rig.gateway.calls == ["send_attachment", "send_attachment", "submit"]
    assert rig.state(item) is ItemState.DONE
    assert rig.office.processed == [item]


def test_a_refusal_at_the_door_ends_the_item(rig: SyncRig) -> None:
    rig.office.decides = lambda _: Code.WINDOW_TOO_LATE.value
    item = rig.enqueue()
    rig.engine.tick()
    assert rig.state(item) is ItemState.REFUSED
    assert rig.store.kept


def test_an_item_turned_away_without_receipt_ends_too(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.office.turned_away[item] = Code.SIGNATURE_INVALID
    rig.engine.tick()
    assert (rig.state(item), rig.store.items[item].last_error) == (ItemState.REFUSED, "signature_invalid")
    assert item in rig.store.refusals


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault.LOSE_REQUEST, ItemState.UNKNOWN),
        (Fault.LOSE_ANSWER, ItemState.UNKNOWN),
        (Fault.PORTAL, ItemState.UNKNOWN),
        (Fault.BUSY, ItemState.UNKNOWN),
        (Fault.NO_LINK, ItemState.WAITING),
        (Fault.SIGN_IN, ItemState.SIGN_IN_NEEDED),
    ],
)
def test_what_a_fault_makes_of_an_item(fault: Fault, state: ItemState, rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(fault)
    rig.engine.tick()
    assert rig.state(item) is state
    assert rig.store.items[item].attempts == 1


def test_what_may_have_arrived_is_asked_for_before_it_is_sent_again(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.LOSE_ANSWER)
    rig.engine.tick()
    rig.gateway.calls.clear()
    rig.settle()
    assert [call for call in rig.gateway.calls if call != "time"] == ["answer"]
    assert rig.state(item) is ItemState.DONE
    assert rig.store.items[item].attempts == 1


def test_what_never_arrived_is_sent_again_after_asking(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.LOSE_REQUEST)
    rig.engine.tick()
    rig.gateway.calls.clear()
    rig.settle()
    assert [call for call in rig.gateway.calls if call != "time"] == ["answer", "submit"]
    assert rig.office.processed == [item]


def test_an_item_that_could_not_be_asked_for_stays_unknown(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.LOSE_ANSWER)
    rig.engine.tick()
    rig.run(60)
    rig.gateway.faults += [None, Fault.LOSE_REQUEST]
    rig.engine.tick()
    assert rig.state(item) is ItemState.UNKNOWN
    assert rig.gateway.calls[-1] == "answer"


@pytest.mark.parametrize("fault", [Fault.CRASH, Fault.CRASH_AFTER])
def test_a_crash_in_the_middle_of_a_send_doubles_nothing(fault: Fault, rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(fault)
    with pytest.raises(Crash):
        rig.engine.tick()
    assert rig.state(item) is ItemState.SENDING
    rig.restart()
    rig.settle()
    assert rig.state(item) is ItemState.DONE
    assert rig.office.processed == [item]


def test_without_a_link_an_item_stays_untouched_and_can_be_withdrawn(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.run(FRESH.total_seconds())
    rig.gateway.faults.append(Fault.NO_LINK)
    until = rig.engine.tick()
    assert rig.store.items[item].can_withdraw
    assert isinstance(rig.events[-1], LinkChanged)
    assert not rig.events[-1].is_up
    assert rig.engine.tick() > until
    rig.settle()
    assert rig.state(item) is ItemState.DONE


def test_a_link_that_stays_down_is_told_once_and_asked_ever_more_rarely(rig: SyncRig) -> None:
    rig.enqueue()
    rig.run(FRESH.total_seconds())
    rig.events.clear()
    rig.gateway.faults.extend([Fault.NO_LINK] * 12)
    rests = []
    for _ in range(12):
        rig.engine.tick()
        rest = rig.link.rest_until()
        assert rest is not None
        rests.append((rest - rig.office.now).total_seconds())
        rig.office.now = rest
    assert rests == sorted(rests)
    assert rests[0] <= 1
    assert rests[-1] <= 120
    assert [event for event in rig.events if isinstance(event, LinkChanged)] == rig.events[:1]


def test_hurry_tries_at_once_although_it_rests(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.NO_LINK)
    rig.engine.tick()
    rig.engine.hurry()
    rig.engine.tick()
    assert rig.state(item) is ItemState.DONE


def test_retry_after_is_waited_even_in_a_hurry(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.BUSY)
    rig.engine.tick()
    other = rig.enqueue("b")
    for _ in range(4):
        rig.run(70)
        rig.engine.hurry()
        rig.engine.tick()
    assert rig.gateway.calls == ["submit"]
    rig.run(30)
    rig.settle()
    assert {rig.state(item), rig.state(other)} == {ItemState.DONE}


def test_what_was_withdrawn_meanwhile_is_not_sent(rig: SyncRig, monkeypatch: pytest.MonkeyPatch) -> None:
    item = rig.enqueue()
    seen = rig.store.items[item]
    monkeypatch.setattr(rig.store, "due_item", lambda *_: seen)
    rig.store.add(replace(seen, state=ItemState.WITHDRAWN))
    rig.engine.tick()
    assert rig.gateway.calls == []
    assert rig.state(item) is ItemState.WITHDRAWN


def test_one_bad_item_does_not_hold_up_others(rig: SyncRig) -> None:
    bad, good = rig.enqueue("bad"), [rig.enqueue(f"good {n}") for n in range(3)]
    rig.office.poisoned.add(bad)
    for _ in range(8):
        rig.engine.tick()
    assert [rig.state(item) for item in good] == [ItemState.DONE] * 3
    assert rig.state(bad).is_open


def test_a_lost_file_does_not_hold_up_others(rig: SyncRig) -> None:
    bad, good = rig.enqueue("bad", files=(b"gone",)), rig.enqueue("good")
    rig.store.files.clear()
    for _ in range(3):
        rig.engine.tick()
    assert rig.state(good) is ItemState.DONE
    assert (rig.state(bad), rig.store.items[bad].last_error) == (ItemState.WAITING, "attachments_missing")


def test_another_person_s_items_are_never_sent(rig: SyncRig) -> None:
    item = rig.enqueue(owner=COLLEAGUE)
    rig.settle()
    rig.engine.owner = ""
    rig.settle()
    assert rig.store.items[item].attempts == 0
    rig.engine.owner = COLLEAGUE
    rig.settle()
    assert rig.state(item) is ItemState.DONE


LATEST = datetime(2026, 9, 28, 12, 0)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (LATEST, ItemState.DONE),
        (LATEST + timedelta(seconds=59), ItemState.DONE),
        (LATEST + timedelta(minutes=1), ItemState.TOO_LATE),
    ],
)
def test_what_is_too_late_is_put_before_the_clerk(now: datetime, state: ItemState, rig: SyncRig) -> None:
    item = rig.enqueue(latest=LATEST)
    rig.office.now = now
    rig.settle()
    assert rig.state(item) is state
    assert rig.store.items[item].can_withdraw == (state is ItemState.TOO_LATE)


def test_a_late_item_that_arrived_in_time_is_finished(rig: SyncRig) -> None:
    item = rig.enqueue(latest=LATEST)
    rig.gateway.faults.append(Fault.LOSE_ANSWER)
    rig.engine.tick()
    rig.office.now = LATEST + timedelta(hours=1)
    rig.settle()
    assert rig.state(item) is ItemState.DONE


def test_a_late_item_that_did_not_arrive_is_not_sent_again(rig: SyncRig) -> None:
    item = rig.enqueue(latest=LATEST)
    rig.gateway.faults.append(Fault.LOSE_REQUEST)
    rig.engine.tick()
    rig.office.now = LATEST + timedelta(hours=1)
    rig.settle()
    assert rig.state(item) is ItemState.TOO_LATE
    assert rig.office.processed == []


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=3)])
def test_a_clock_that_jumps_does_not_strand_an_item(jump: timedelta, rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.LOSE_REQUEST)
    rig.engine.tick()
    rig.office.now += jump
    for _ in range(3):
        rig.engine.tick()
    assert rig.state(item) is ItemState.DONE


def test_a_wait_that_the_gateway_asked_for_ends_when_its_clock_goes_back(rig: SyncRig) -> None:
    item = rig.enqueue()
    rig.gateway.faults.append(Fault.BUSY)
    rig.engine.tick()
    rig.office.now -= timedelta(days=3)
    rig.engine.tick()
    assert rig.state(item) is ItemState.DONE


def test_drafts_are_saved_and_a_stale_one_is_told_and_passed_over(rig: SyncRig) -> None:
    stale, fine = rig.add_draft("stale"), rig.add_draft("fine")
    rig.office.save(rig.store.drafts[stale])
    rig.add_draft("stale", reason="another hand")
    for _ in range(4):
        rig.engine.tick()
    assert rig.store.saved_drafts[fine].pre_entry_number
    failures = [event for event in rig.events if isinstance(event, SaveFailed)]
    assert [(failure.application_id, failure.error.code) for failure in failures] == [(stale, Code.REVISION_STALE)]
    assert rig.gateway.calls.count("save_draft") == 2
    rig.add_draft("stale", revision=2)
    rig.engine.hurry()
    rig.engine.tick()
    assert rig.store.saved_drafts[stale].revision == 2


def test_a_draft_meets_a_fault_and_goes_later(rig: SyncRig) -> None:
    draft = rig.add_draft()
    rig.gateway.faults.append(Fault.LOSE_ANSWER)
    rig.settle()
    assert rig.store.saved_drafts[draft].pre_entry_number
    assert not [event for event in rig.events if isinstance(event, SaveFailed)]


def test_a_deleted_draft_is_deleted_at_the_gateway_whatever_happens_on_the_way(rig: SyncRig) -> None:
    draft = rig.add_draft()
    rig.settle()
    rig.delete_draft(draft)
    rig.gateway.faults.extend([Fault.NO_LINK, Fault.LOSE_REQUEST, Fault.SIGN_IN, Fault.BUSY, Fault.LOSE_ANSWER])
    rig.settle()
    assert draft not in rig.office.records
    assert rig.store.deletions == {}
    assert rig.store.refusals == {}


def test_a_deletion_that_the_gateway_turns_away_is_told_and_holds_up_nothing(rig: SyncRig) -> None:
    kept, gone = rig.add_draft("kept"), rig.add_draft("gone")
    rig.settle()
    rig.office.turned_away[kept] = Code.CARD_NOT_BOUND
    rig.delete_draft(kept)
    rig.delete_draft(gone)
    rig.settle()
    assert rig.store.deletions == {}
    assert list(rig.office.records) == [kept]
    assert rig.store.refusals[kept].endswith("card_not_bound 海关没有删除这份暂存，已放回列表：不删")


def test_a_deletion_that_fails_does_not_hold_up_the_next(rig: SyncRig) -> None:
    first, second = rig.add_draft("first"), rig.add_draft("second")
    rig.settle()
    rig.delete_draft(first)
    rig.delete_draft(second)
    rig.gateway.faults.append(Fault.LOSE_REQUEST)
    for _ in range(2):
        rig.engine.tick()
    assert list(rig.office.records) == [first]
    rig.settle()
    assert rig.office.records == {}


def test_a_deletion_belongs_to_whom_it_was_asked_by(rig: SyncRig) -> None:
    draft = rig.add_draft()
    rig.settle()
    rig.delete_draft(draft)
    rig.engine.owner = COLLEAGUE
    rig.settle()
    assert draft in rig.office.records


def test_declarations_go_before_drafts(rig: SyncRig) -> None:
    rig.add_draft()
    rig.enqueue()
    rig.engine.tick()
    assert rig.gateway.calls == ["submit"]


def test_an_idle_engine_keeps_the_link_known(rig: SyncRig) -> None:
    assert rig.engine.tick() - rig.office.now == timedelta(seconds=60)
    rig.run(60)
    rig.engine.tick()
    assert rig.gateway.calls == ["time"]


def test_receipts_are_taken_after_the_cursor(rig: SyncRig) -> None:
    rig.enqueue()
    rig.engine.tick()
    assert rig.listener.listen(0) == timedelta()
    assert sorted(rig.store.kept) == [receipt.cursor for receipt in rig.office.receipts]
    assert rig.store.cursor() == rig.office.receipts[-1].cursor


def test_the_listener_waits_for_a_sign_in(rig: SyncRig) -> None:
    rig.listening.sign_out()
    assert rig.listener.listen(0) >= timedelta(minutes=1)
    rig.listening.sign_in_with_password("yunling", "pass")
    assert rig.listener.listen(0) == timedelta()


def test_a_poll_that_breaks_off_does_not_call_the_link_down(rig: SyncRig) -> None:
    rig.events.clear()
    rig.listening.faults.append(Fault.LOSE_ANSWER)
    assert timedelta() < rig.listener.listen(0) <= timedelta(seconds=1)
    assert rig.events == []
