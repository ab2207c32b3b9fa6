"""Following applications: the gateway's answer merged, the store's where there is none, receipts, what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.fakes.gateway import Fault
from tests.services.desk import NOW, OWN, PERSON, Desk, code
from tests.store.parts import LIMIT_S, make_application, make_receipt
from yuyue_desktop.domain.application import ApplicationRecord, Status
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.services.tracking import QueryAnswer

TODAY, DAY = NOW.date(), timedelta(days=1)
NUMBER = "YTG202600000000001"


def at_the_gateway(desk: Desk, status: Status = Status.ACCEPTED) -> ApplicationRecord:
    record = ApplicationRecord(make_application(), 1, status, PERSON, NOW, NUMBER, declared_at=NOW)
    desk.office.records[record.id] = record
    return record


def ask(desk: Desk, query: ApplicationQuery | None = None) -> QueryAnswer:
    return desk.tracking.query(query or desk.tracking.preset()).result(LIMIT_S)


def test_the_preset_is_the_last_fifteen_days(desk: Desk) -> None:
    assert desk.tracking.preset() == ApplicationQuery(applied_from=TODAY - 14 * DAY, applied_to=TODAY)


def test_the_gateways_answer_is_merged_and_shown(desk: Desk) -> None:
    record = at_the_gateway(desk)
    answer = ask(desk)
    assert [(row.record.id, row.record.status) for row in answer.rows] == [(record.id, Status.ACCEPTED)]
    assert (answer.is_offline, answer.at) == (False, NOW)
    assert desk.store.read(record.id).pre_entry_number == NUMBER


@pytest.mark.parametrize("fault", [Fault.NO_LINK, Fault.LOSE_ANSWER, Fault.BUSY, Fault.PORTAL, Fault.SIGN_IN])
def test_offline_the_store_answers_and_says_how_old_it_is(desk: Desk, fault: Fault) -> None:
    record = at_the_gateway(desk)
    ask(desk)
    desk.clock.at = NOW + DAY
    desk.gateway.faults.append(fault)
    answer = ask(desk)
    assert [row.record.id for row in answer.rows] == [record.id]
    assert (answer.is_offline, answer.at) == (True, NOW)


def test_offline_before_anything_was_heard(desk: Desk) -> None:
    desk.gateway.faults.append(Fault.NO_LINK)
    assert ask(desk) == QueryAnswer((), is_offline=True, at=None)


def test_a_draft_that_is_newer_here_stays(desk: Desk) -> None:
    editing = desk.ready_draft()
    older = replace(desk.store.read(editing.id), revision=0, pre_entry_number=NUMBER)
    desk.office.records[editing.id] = replace(older, application=replace(older.application, contact_name="旧的"))
    ask(desk)
    assert desk.store.read(editing.id).application.contact_name == "周敏"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        (ApplicationQuery(), Code.QUERY_EMPTY),
        (ApplicationQuery(applied_from=TODAY), Code.QUERY_SPAN_REVERSED),
        (ApplicationQuery(applied_from=TODAY, pre_entry_number=NUMBER), Code.QUERY_SPAN_REVERSED),
        (ApplicationQuery(applied_from=TODAY, applied_to=TODAY - DAY), Code.QUERY_SPAN_REVERSED),
        (ApplicationQuery(applied_from=TODAY, applied_to=TODAY + 15 * DAY), Code.QUERY_SPAN_TOO_LONG),
        (ApplicationQuery(window_from=TODAY, window_to=TODAY + 15 * DAY), Code.QUERY_SPAN_TOO_LONG),
        (ApplicationQuery(CompanyClass.TRADER, applied_from=TODAY, applied_to=TODAY), Code.QUERY_TRADER_MISSING),
        (ApplicationQuery(pre_entry_number="YTG2026"), Code.QUERY_NUMBER_MALFORMED),
    ],
)
def test_what_can_not_be_asked(desk: Desk, query: ApplicationQuery, fault: Code) -> None:
    assert code(lambda: desk.tracking.query(query)) is fault
    assert "query" not in desk.gateway.calls


@pytest.mark.parametrize(
    "query",
    [
        ApplicationQuery(applied_from=TODAY - 14 * DAY, applied_to=TODAY),
        ApplicationQuery(window_from=TODAY, window_to=TODAY + 14 * DAY),
        ApplicationQuery(pre_entry_number=NUMBER),
        ApplicationQuery(CompanyClass.TRADER, OWN.customs_code, pre_entry_number=NUMBER),
    ],
)
def test_what_can_be_asked(desk: Desk, query: ApplicationQuery) -> None:
    assert not ask(desk, query).is_offline


def test_what_is_due_is_the_approved(desk: Desk) -> None:
    approved = desk.record(Status.APPROVED)
    desk.record(Status.ACCEPTED)
    (row,) = desk.tracking.awaiting_feedback()
    assert row.record.id == approved.id
    assert row.feedback_due == datetime(2026, 10, 8, 10)


def test_a_row_has_its_open_items(desk: Desk) -> None:
    editing = desk.ready_draft()
    item = desk.declaring.declare(editing).result(LIMIT_S)
    row = desk.tracking.row(editing.id)
    assert row is not None
    assert row.items == desk.tracking.open_items() == (item,)


def test_receipts_of_today_are_those_since_midnight(desk: Desk) -> None:
    record = desk.record(Status.DECLARED)
    midnight = datetime.combine(date(2026, 9, 28), datetime.min.time())
    moments = (midnight - timedelta(seconds=1), midnight, NOW)
    receipts = tuple(make_receipt(record.id, cursor, at=at) for cursor, at in enumerate(moments, 1))
    desk.store.sync.take_receipts(ReceiptPage(receipts, (), 3))
    assert [receipt.cursor for receipt in desk.tracking.receipts_today()] == [3, 2]
    assert [receipt.cursor for receipt in desk.tracking.receipts(record.id)] == [1, 2, 3]
