"""Editing a draft: judged at each change, kept by the store, refused to whom the law refuses it (S2, S5, S11, S23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.desk import (
    DAY,
    HOURS,
    NOW,
    OWN,
    PERSON,
    PORT,
    SILENT_PORT,
    TRADER,
    WINDOW,
    Desk,
    code,
    content,
    save,
)
from tests.store.parts import LIMIT_S
from yuyue_desktop.domain.application import ApplicationId, Attachment, Status
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.deadline import Verdict
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.rules import Severity
from yuyue_desktop.services.drafting import Editing

ATTACHMENT = Attachment("合同.pdf", "0" * 64, 1000, (1000,))


def codes(editing: Editing) -> set[Code]:
    return {problem.code for problem in editing.state().obstacles}


def test_a_change_is_judged_at_once_and_not_yet_on_the_disk(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("contact_mobile", "1381624530")
    state = editing.state()
    assert Code.MOBILE_TOO_SHORT in codes(editing)
    assert state.saved_at is None
    assert editing.is_unsaved
    assert desk.store.reader.record(editing.id) is None


def test_full_width_signs_are_narrowed_where_the_field_says_so(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("trader", "３１２２２６１５４８")
    editing.change("contact_name", "周（敏）１")
    assert editing.state().application.trader == TRADER.customs_code
    assert editing.state().application.contact_name == "周（敏）１"


def test_the_same_again_is_no_change(desk: Desk) -> None:
    editing = desk.ready_draft()
    editing.change("trader", TRADER.customs_code)
    assert not editing.is_unsaved
    assert editing.flush() is None


def test_an_untouched_draft_is_not_kept(desk: Desk) -> None:
    editing = desk.drafting.new()
    assert editing.flush() is None
    assert desk.store.reader.drafts(OWN.customs_code) == ()


def test_an_empty_draft_is_kept_where_the_clerk_wants_it(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.touch()
    assert save(editing).revision == 1


def test_a_commit_tells_its_moment_and_revision(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("contact_name", "周敏")
    record = save(editing)
    assert editing.state().saved_at == record.saved_at
    assert editing.state().record.revision == 1
    assert not editing.is_unsaved


def test_what_is_typed_while_a_save_is_under_way_counts_as_unsaved(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("contact_name", "周")
    first = editing.flush()
    editing.change("contact_name", "周敏")
    assert first is not None
    editing.note_saved(first.result(LIMIT_S))
    assert editing.is_unsaved
    assert editing.state().saved_at is None
    assert editing.state().application.contact_name == "周敏"
    assert editing.state().record.revision == 1
    assert save(editing).revision == 2


def test_a_save_under_way_is_what_flush_answers(desk: Desk) -> None:
    """Who waits for the disk waits for it too: 提交 straight after a key must not meet an older revision."""
    editing = desk.drafting.new()
    editing.change("contact_name", "周敏")
    under_way = editing.flush()
    assert editing.flush() is under_way
    assert editing.is_unsaved


def test_an_older_save_told_late_does_not_hide_the_newer(desk: Desk) -> None:
    editing = desk.drafting.new()
    saves = []
    for name in ("周", "周敏"):
        editing.change("contact_name", name)
        future = editing.flush()
        assert future is not None
        future.result(LIMIT_S)
        saves.append(future)
    editing.note_saved(saves[0].result())
    assert editing.flush() is saves[1]
    editing.note_saved(saves[1].result())
    assert editing.flush() is None
    assert editing.state().record.revision == saves[1].result().revision


def test_a_failed_save_is_tried_again(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("contact_name", "周敏")
    assert editing.flush() is not None
    editing.note_failed()
    assert editing.is_unsaved
    assert save(editing).application.contact_name == "周敏"


def test_reload_takes_status_and_numbers_and_keeps_what_is_typed(desk: Desk) -> None:
    editing = desk.ready_draft()
    editing.change("contact_name", "没保存")
    kept = desk.store.read(editing.id)
    desk.store.writer.merge_records([replace(kept, pre_entry_number="YTG202600000000001")]).result(LIMIT_S)
    assert editing.reload()
    assert editing.state().record.pre_entry_number == "YTG202600000000001"
    assert editing.state().application.contact_name == "没保存"
    assert editing.is_unsaved


def test_reload_says_that_a_draft_was_deleted(desk: Desk) -> None:
    editing, fresh = desk.ready_draft(), desk.drafting.new()
    desk.drafting.delete(editing.id).result(LIMIT_S)
    assert not editing.reload()
    assert fresh.reload()


def test_a_copy_has_neither_window_nor_numbers_nor_receipts(desk: Desk) -> None:
    record = desk.record(Status.RETURNED, attachments=(ATTACHMENT,))
    copy = desk.drafting.copy(record)
    state = copy.state()
    assert state.application.id != record.id
    assert (state.application.window_start, state.application.attachments) == ("", ())
    assert state.application.goods == record.application.goods
    assert (state.record.status, state.record.pre_entry_number, state.record.revision) == (Status.DRAFT, "", 0)
    assert save(copy).id == copy.id
    assert desk.tracking.receipts(copy.id) == ()


def test_a_copy_takes_attachments_along_on_asking(desk: Desk) -> None:
    record = desk.record(Status.RETURNED, attachments=(ATTACHMENT,))
    assert desk.drafting.copy(record, with_attachments=True).state().application.attachments == (ATTACHMENT,)


def test_fields_are_locked_once_declared(desk: Desk) -> None:
    editing = desk.drafting.open(desk.record(Status.DECLARED).id)
    with pytest.raises(YuyueError) as refused:
        editing.change("contact_name", "别人")
    assert refused.value.code is Code.STEP_NOT_ALLOWED
    assert not editing.state().is_editable
    assert editing.state().problems == ()


def test_fields_are_locked_while_it_waits_in_the_outbox(desk: Desk) -> None:
    editing = desk.ready_draft()
    item = desk.declaring.declare(editing).result(LIMIT_S)
    with pytest.raises(YuyueError) as refused:
        editing.change("contact_name", "别人")
    assert refused.value.code is Code.LOCKED_BY_OUTBOX
    assert not editing.state().is_editable
    desk.declaring.withdraw(item.id).result(LIMIT_S)
    editing.change("contact_name", "别人")
    assert editing.state().is_editable


def test_what_is_unknown_here_is_told(desk: Desk) -> None:
    with pytest.raises(YuyueError) as unknown:
        desk.drafting.open(ApplicationId("nothing"))
    assert unknown.value.code is Code.APPLICATION_UNKNOWN


def test_keeping_at_the_gateway_wakes_the_sender(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.drafting.keep_at_gateway(editing.id).result(LIMIT_S)
    assert desk.woken.wait(LIMIT_S)
    wanted = desk.store.sync.unsent_draft(PERSON)
    assert wanted is not None
    assert wanted.id == editing.id


def test_deleting_wakes_the_sender_and_a_copy_is_another_draft(desk: Desk) -> None:
    editing = desk.ready_draft()
    desk.drafting.keep_at_gateway(editing.id).result(LIMIT_S)
    assert desk.woken.wait(LIMIT_S)
    desk.woken.clear()
    desk.drafting.delete(editing.id).result(LIMIT_S)
    assert desk.woken.wait(LIMIT_S)
    assert desk.store.sync.unsent_deletion(PERSON) == editing.id
    (deleted,) = desk.store.reader.deleted_drafts(desk.session.company.customs_code)
    copy = save(desk.drafting.copy(deleted))
    assert copy.id != editing.id
    assert desk.store.reader.record(copy.id) == copy


def test_the_time_is_judged_once_everything_around_is_known(desk: Desk) -> None:
    editing = desk.drafting.new()
    for name, value in content().items():
        editing.change(name, value)
    with desk.held():
        state = editing.state()
        assert (state.trader, state.judgement) == (None, None)
        assert Code.TRADER_NOT_CHECKED in {p.code for p in state.problems if p.severity is Severity.WARNING}
    state = editing.state()
    assert state.trader == TRADER
    assert state.judgement is not None
    assert state.judgement.verdict is Verdict.IN_TIME
    assert state.obstacles == ()


def test_a_port_that_publishes_nothing_is_said_once_it_was_asked(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("declaration_port", SILENT_PORT)
    tokens, desk.office.tokens = desk.office.tokens, set()
    desk.know(editing)
    assert Code.CALENDAR_UNKNOWN not in codes(editing)
    desk.office.tokens = tokens
    desk.knowledge.forget_answers()
    desk.know(editing)
    assert Code.CALENDAR_UNKNOWN in codes(editing)


def test_a_window_further_ahead_than_was_asked_for_is_not_called_unpublished(desk: Desk) -> None:
    """Nor is it declared before the port was asked: what customs has published decides, not what was fetched (S26)."""
    desk.office.calendars[PORT] = WorkingCalendar(NOW.date(), NOW.date() + 400 * DAY, {NOW.date(): HOURS})
    editing = desk.ready_draft()
    with desk.held():
        editing.change("window_start", f"{NOW + 300 * DAY:%Y-%m-%dT%H:%M}")
        assert not editing.state().problems
        assert editing.state().judgement is None
        assert code(lambda: desk.declaring.declare(editing)) is Code.CALENDAR_NOT_HEARD
    state = editing.state()
    assert not state.problems
    assert state.judgement is not None
    assert state.judgement.verdict is Verdict.IN_TIME


def test_a_code_that_no_company_has_is_said(desk: Desk) -> None:
    editing = desk.drafting.new()
    editing.change("trader", "3122269999")
    desk.know(editing)
    assert Code.COMPANY_UNKNOWN in codes(editing)


def test_a_dishonest_trader_is_said_at_its_field(desk: Desk) -> None:
    bad = replace(TRADER, customs_code="3122260013", grade=Grade.DISHONEST)
    desk.office.companies[bad.customs_code] = bad
    editing = desk.ready_draft(trader=bad.customs_code)
    assert ("trader", Code.COMPANY_DISHONEST) in {(p.field, p.code) for p in editing.state().obstacles}
    assert editing.state().judgement is None


@pytest.fixture(
    params=[
        (replace(OWN, grade=Grade.DISHONEST), Code.COMPANY_DISHONEST),
        (replace(OWN, is_registered=False), Code.COMPANY_NOT_REGISTERED),
        (replace(OWN, owes_feedback=True), Code.COMPANY_OWES_FEEDBACK),
    ],
    ids=["dishonest", "unregistered", "owing"],
)
def barred(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, Code]]:
    company: Company
    company, forbidden = request.param
    opened = Desk(tmp_path, company=company)
    opened.sign_in()
    yield opened, forbidden
    opened.close()


def test_who_may_not_apply_gets_no_new_draft_but_goes_on_with_old_ones(barred: tuple[Desk, Code]) -> None:
    desk, forbidden = barred
    returned, draft = desk.record(Status.RETURNED), desk.record(Status.DRAFT)
    for make in (desk.drafting.new, lambda: desk.drafting.copy(returned)):
        with pytest.raises(YuyueError) as refused:
            make()
        assert refused.value.code is forbidden
    editing = desk.drafting.open(draft.id)
    editing.change("contact_name", "周敏敏")
    assert save(editing).revision == 2
    assert code(lambda: desk.declaring.declare(editing)) is forbidden


def test_who_settled_what_it_owed_may_apply_once_that_is_heard(tmp_path: Path) -> None:
    desk = Desk(tmp_path, company=replace(OWN, owes_feedback=True))
    desk.sign_in()
    with desk.held(), pytest.raises(YuyueError):
        desk.drafting.new()
    desk.office.companies[OWN.customs_code] = OWN
    desk.knowledge.forget_answers()
    with desk.held(), pytest.raises(YuyueError):
        desk.drafting.new()
    assert desk.drafting.new().state().declarant == OWN
    desk.close()


def test_an_account_without_a_card_may_look_and_not_act(tmp_path: Path) -> None:
    desk = Desk(tmp_path, bound_card="")
    desk.sign_in_with_password()
    record = desk.record(Status.DRAFT)
    editing = desk.drafting.open(record.id)
    assert not editing.state().is_editable
    for act in (desk.drafting.new, lambda: desk.drafting.copy(record), lambda: editing.change("contact_name", "x")):
        with pytest.raises(YuyueError) as refused:
            act()
        assert refused.value.code is Code.CARD_NOT_BOUND
    assert code(lambda: desk.drafting.delete(record.id)) is Code.CARD_NOT_BOUND
    assert code(lambda: desk.drafting.keep_at_gateway(record.id)) is Code.CARD_NOT_BOUND
    assert code(lambda: desk.declaring.declare(editing)) is Code.CARD_NOT_BOUND
    assert desk.tracking.drafts()[0].record.application.window_start == WINDOW
    desk.close()


def test_the_form_shows_the_offices_time(desk: Desk) -> None:
    assert desk.drafting.new().state().now == NOW
    assert desk.ready_draft().state().application.declaration_port == PORT
