"""Signing and enqueuing a step: what stops it, what is signed, what waits in the outbox (S3, S22, S29-S31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.card import soft_card
from tests.services.desk import DECLARATION_NUMBER, NOW, PORT, SILENT_PORT, TRADER, Desk, code, failure, save
from tests.store.parts import LIMIT_S
from yuyue_desktop.domain.application import Attachment, Status, Step
from yuyue_desktop.domain.card import CardState, LoginSpan
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.outbox import ItemState, OutboxItem
from yuyue_desktop.services.declaring import Act, _Judged

START = datetime(2026, 10, 3, 10)
CLOSING = datetime(2026, 9, 30, 17, 30)
EIGHT_HOURS, MINUTE = timedelta(hours=8), timedelta(minutes=1)


def test_a_declaration_waits_in_the_outbox_with_finished_bytes(desk: Desk) -> None:
    editing = desk.ready_draft()
    item = desk.declaring.declare(editing).result(LIMIT_S)
    kept = desk.store.reader.item(item.id)
    assert kept == item
    assert (item.step, item.state, item.owner) == (Step.DECLARE, ItemState.WAITING, "yunling")
    assert item.jws.count(".") == 2
    assert item.latest == CLOSING - EIGHT_HOURS
    assert desk.woken.is_set()
    assert "submit" not in desk.gateway.calls


def test_what_is_not_on_the_disk_yet_is_declared_as_typed(desk: Desk) -> None:
    editing = desk.ready_draft()
    editing.change("reason", "鲜活易腐")
    desk.declaring.declare(editing).result(LIMIT_S)
    assert desk.store.read(editing.id).application.reason == "鲜活易腐"


def test_a_save_under_way_is_waited_for(desk: Desk) -> None:
    """提交 within the blink of an eye after the automatic save: the revision that is signed is the saved one."""
    editing = desk.ready_draft()
    editing.change("reason", "鲜活易腐")
    assert editing.flush() is not None
    desk.declaring.declare(editing).result(LIMIT_S)
    assert desk.store.reader.open_items(editing.id)


def test_what_is_typed_after_the_judgement_is_not_signed(desk: Desk) -> None:
    editing = desk.ready_draft()
    declared = editing.state().record
    editing.change("reason", "鲜活易腐")
    judged = _Judged(declared, editing.flush(), Act(Step.DECLARE))
    assert code(lambda: desk.workers.submit(judged.kept)) is Code.REVISION_STALE


@pytest.mark.parametrize(
    ("field", "value", "stops"),
    [
        ("trader", "", Code.REQUIRED),
        ("goods", (), Code.GOODS_MISSING),
        ("is_import", False, Code.FLAG_MISSING),
        ("window_start", "2026-09-29T10:00", Code.WINDOW_IN_WORKING_TIME),
        ("window_start", "2026-09-28T09:00", Code.WINDOW_PAST),
        ("contact_mobile", "1381624530", Code.MOBILE_TOO_SHORT),
        ("trader", "3122269999", Code.COMPANY_UNKNOWN),
        ("declaration_port", SILENT_PORT, Code.CALENDAR_UNKNOWN),
    ],
)
def test_what_breaks_a_rule_is_not_signed(desk: Desk, field: str, value: str, stops: Code) -> None:
    editing = desk.ready_draft(**{field: value})
    assert code(lambda: desk.declaring.declare(editing)) is stops
    assert desk.store.reader.open_items() == ()


def test_exactly_at_the_latest_moment_is_in_time_and_a_minute_later_is_not(desk: Desk) -> None:
    late, early = desk.ready_draft(), desk.ready_draft()
    desk.clock.at = CLOSING - EIGHT_HOURS
    desk.declaring.declare(early).result(LIMIT_S)
    desk.clock.at += MINUTE
    assert code(lambda: desk.declaring.declare(late)) is Code.WINDOW_TOO_LATE


def test_a_trader_never_heard_of_is_left_to_the_gateway(desk: Desk) -> None:
    desk.know(desk.ready_draft())
    desk.office.tokens.clear()
    editing = desk.ready_draft(trader="4401160042")
    item = desk.declaring.declare(editing).result(LIMIT_S)
    assert item.latest is None


def test_without_the_ports_working_time_nothing_is_declared(desk: Desk) -> None:
    desk.office.tokens.clear()
    editing = desk.ready_draft()
    failed = failure(lambda: desk.declaring.declare(editing))
    assert (failed.code, dict(failed.params)) == (Code.CALENDAR_NOT_HEARD, {"port": PORT})


def test_another_card_than_the_accounts_signs_nothing(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.reader.insert(soft_card("8600000000002"))
    failed = failure(lambda: desk.declaring.declare(editing))
    assert failed.code is Code.CARD_MISMATCH
    assert dict(failed.params) == {"inserted": "8600000000002", "bound": "8600000000001"}
    assert desk.store.reader.open_items() == ()


def test_no_pin_is_asked_for_another_card(desk: Desk) -> None:
    """One that is put in after the signature was asked for, and before the PIN is."""
    editing = desk.ready_draft()
    desk.reader.pull()
    desk.reader.insert(desk.card)
    assert code(lambda: desk.declaring.declare(editing)) is Code.CARD_NOT_LOGGED_IN
    assert desk.declaring.look_at_card().result(LIMIT_S).holder.card_number == "8600000000001"
    desk.reader.insert(soft_card("8600000000002"))
    assert code(desk.declaring.look_at_card) is Code.CARD_MISMATCH


def test_a_pulled_card_signs_nothing(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.reader.pull()
    assert code(lambda: desk.declaring.declare(editing)) is Code.CARD_ABSENT
    assert desk.store.reader.open_items() == ()
    assert [e.state for e in desk.events if isinstance(e, CardChanged)][-1] is CardState.ABSENT


def test_a_card_put_back_asks_for_its_pin(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.reader.pull()
    desk.reader.insert(desk.card)
    assert code(lambda: desk.declaring.declare(editing)) is Code.CARD_NOT_LOGGED_IN
    assert code(lambda: desk.declaring.unlock("00000000")) is Code.PIN_WRONG
    desk.declaring.unlock(desk.card.pin).result(LIMIT_S)
    desk.declaring.declare(editing).result(LIMIT_S)


def test_what_another_hand_changed_meanwhile_is_not_declared(desk: Desk) -> None:
    editing = desk.ready_draft()
    other = desk.drafting.open(editing.id)
    other.change("reason", "另一个窗口")
    save(other)
    assert code(lambda: desk.declaring.declare(editing)) is Code.REVISION_STALE
    editing.reload()
    desk.declaring.declare(editing).result(LIMIT_S)


def test_a_second_declaration_is_refused(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.declaring.declare(editing).result(LIMIT_S)
    assert code(lambda: desk.declaring.declare(editing)) is Code.LOCKED_BY_OUTBOX
    assert len(desk.store.reader.open_items()) == 1


def test_a_card_that_fails_while_signing_leaves_nothing_behind(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.reader.fail_next(YuyueError(Code.CARD_DRIVER_FAILED))
    assert code(lambda: desk.declaring.declare(editing)) is Code.CARD_NOT_SIGNED
    assert desk.store.reader.open_items() == ()
    assert editing.state().is_editable


def test_several_are_declared_in_one_go_and_one_that_is_wrong_stops_none_of_them(desk: Desk) -> None:
    editings = [desk.ready_draft(**changes) for changes in ({}, {"trader": ""}, {"reason": "鲜活易腐"}, {})]
    editings[2].change("contact_name", "王芳")
    first, wrong, typed, last = desk.declaring.declare_all(editings).result(LIMIT_S)
    assert isinstance(wrong, YuyueError)
    assert (wrong.code, editings[1].state().is_editable) == (Code.REQUIRED, True)
    for editing, item in ((editings[0], first), (editings[2], typed), (editings[3], last)):
        assert isinstance(item, OutboxItem)
        assert item == desk.store.reader.item(item.id)
        assert item.application_id == editing.id
        assert item.latest == CLOSING - EIGHT_HOURS
    assert desk.store.read(editings[2].id).application.contact_name == "王芳"
    assert CardState.SIGNING in [event.state for event in desk.events if isinstance(event, CardChanged)]
    assert desk.card_session.state is CardState.SIGNED_IN


def test_a_card_that_fails_among_several_has_signed_those_before_it(desk: Desk) -> None:
    editings = [desk.ready_draft() for _ in range(4)]
    desk.reader.fail_next(YuyueError(Code.CARD_DRIVER_FAILED), after=2)
    *signed, failed = desk.declaring.declare_all(editings).result(LIMIT_S)
    assert isinstance(failed, YuyueError)
    assert failed.code is Code.CARD_NOT_SIGNED
    assert [item for item in signed if isinstance(item, OutboxItem)] == list(desk.store.reader.open_items())
    assert [editing.state().is_editable for editing in editings] == [False, False, True, True]
    desk.declaring.unlock(desk.card.pin).result(LIMIT_S)
    [rest] = desk.declaring.declare_all(editings[3:]).result(LIMIT_S)
    assert isinstance(rest, OutboxItem)


def test_of_several_a_card_that_wants_its_pin_each_time_signs_the_first(desk: Desk) -> None:
    editings = [desk.ready_draft() for _ in range(2)]
    desk.card.login_span = LoginSpan.ONE_SIGNATURE
    desk.declaring.unlock(desk.card.pin).result(LIMIT_S)
    [item] = desk.declaring.declare_all(editings).result(LIMIT_S)
    assert isinstance(item, OutboxItem)
    assert editings[1].state().is_editable


def test_several_that_are_all_wrong_ask_nothing_of_the_card(desk: Desk) -> None:
    editings = [desk.ready_draft(trader="") for _ in range(2)]
    desk.reader.pull()
    told = desk.declaring.declare_all(editings).result(LIMIT_S)
    assert [error.code for error in told if isinstance(error, YuyueError)] == [Code.REQUIRED] * 2


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.APPROVED])
def test_cancelling_until_the_window_begins(desk: Desk, status: Status) -> None:
    record = desk.record(status)
    desk.clock.at = START
    assert code(lambda: desk.declaring.cancel(record)) is Code.CANCEL_TOO_LATE
    desk.clock.at = START - MINUTE
    assert desk.declaring.cancel(record).result(LIMIT_S).latest == START


@pytest.mark.parametrize("status", set(Status) - {Status.ACCEPTED, Status.APPROVED})
def test_nothing_else_is_cancelled(desk: Desk, status: Status) -> None:
    record = desk.record(status)
    assert code(lambda: desk.declaring.cancel(record)) is Code.STEP_NOT_ALLOWED


def test_numbers_are_fed_back_until_they_lapse(desk: Desk) -> None:
    record = desk.record(Status.APPROVED)
    due = START + timedelta(days=5)
    desk.clock.at = due + MINUTE
    assert code(lambda: desk.declaring.feed_back(record, [DECLARATION_NUMBER])) is Code.FEEDBACK_LAPSED
    desk.clock.at = due
    assert desk.declaring.feed_back(record, [DECLARATION_NUMBER]).result(LIMIT_S).latest == due


@pytest.mark.parametrize(
    ("numbers", "stops"),
    [
        ([], Code.DECLARATION_NUMBERS_MISSING),
        (["22102026100000000"], Code.DECLARATION_NUMBER_LENGTH),
        ([DECLARATION_NUMBER, DECLARATION_NUMBER], Code.DECLARATION_NUMBER_REPEATED),
        (["221020260000000001"], Code.DECLARATION_NUMBER_FLAG),
        (["223320261000000001"], Code.DECLARATION_NUMBER_PORT),
        ([f"2210202610000000{n:02d}" for n in range(51)], Code.DECLARATION_NUMBERS_TOO_MANY),
    ],
)
def test_numbers_that_show_a_fault_are_not_sent(desk: Desk, numbers: list[str], stops: Code) -> None:
    record = desk.record(Status.APPROVED)
    assert code(lambda: desk.declaring.feed_back(record, numbers)) is stops


def test_fifty_numbers_are_sent(desk: Desk) -> None:
    record = desk.record(Status.APPROVED)
    numbers = [f"2210202610000000{n:02d}" for n in range(50)]
    assert desk.declaring.feed_back(record, numbers).result(LIMIT_S).step is Step.FEED_BACK


@pytest.mark.parametrize("status", [Status.APPROVED, Status.FEEDBACK_OVERDUE])
def test_an_explanation_is_sent_once(desk: Desk, status: Status) -> None:
    record = desk.record(status)
    assert desk.declaring.explain(record, "没有通过单一窗口申报").result(LIMIT_S).latest is None
    assert code(lambda: desk.declaring.explain(record, "再说一次")) is Code.LOCKED_BY_OUTBOX
    spent = replace(record, is_explained=True)
    assert code(lambda: desk.declaring.explain(spent, "再说一次")) is Code.EXPLANATION_SENT


@pytest.mark.parametrize(("text", "is_fine"), [("", False), ("一" * 1000, True), ("一" * 1001, False)])
def test_an_explanation_has_its_length(desk: Desk, text: str, is_fine: bool) -> None:
    record = desk.record(Status.APPROVED)
    if is_fine:
        desk.declaring.explain(record, text).result(LIMIT_S)
    else:
        assert code(lambda: desk.declaring.explain(record, text)) is Code.EXPLANATION_LENGTH


def test_an_explanation_takes_one_pdf(desk: Desk) -> None:
    record = desk.record(Status.APPROVED)
    files = tuple(Attachment(f"{n}.pdf", str(n) * 64, 10, (10,)) for n in range(2))
    failed = failure(lambda: desk.declaring.explain(record, "见附件", files))
    assert (failed.code, failed.params["limit"]) == (Code.ATTACHMENTS_TOO_MANY, 1)


def test_an_account_without_a_card_takes_no_step(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bound_card="")
    desk.sign_in_with_password()
    record = desk.record(Status.APPROVED)
    for step in (
        lambda: desk.declaring.cancel(record),
        lambda: desk.declaring.feed_back(record, [DECLARATION_NUMBER]),
        lambda: desk.declaring.explain(record, "说明"),
    ):
        assert code(step) is Code.CARD_NOT_BOUND
    desk.close()


def test_withdrawing_is_possible_until_an_attempt_was_begun(desk: Desk) -> None:
    item = desk.declaring.declare(desk.ready_draft()).result(LIMIT_S)
    desk.store.sync.claim(item.id)
    assert code(lambda: desk.declaring.withdraw(item.id)) is Code.STEP_NOT_ALLOWED


def test_the_moment_of_signing_is_the_gateways(desk: Desk) -> None:
    desk.clock.at = NOW + MINUTE
    item = desk.declaring.declare(desk.ready_draft()).result(LIMIT_S)
    assert item.created_at == NOW + MINUTE
    assert TRADER.customs_code in desk.store.read(item.application_id).application.trader
