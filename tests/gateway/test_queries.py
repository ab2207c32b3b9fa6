"""预约通关查询 and 口岸工作时间查询 at the gateway (S33, S34), the register, and the office's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.gateway.clerk import Clerk, new_application, read, refused
from tests.gateway.conftest import RunningOffice
from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.calendar import Period
from yuyue_desktop.wire.messages import (
    TIME_HEADER,
    CalendarBody,
    CalendarsBody,
    CompanyBody,
    Keys,
    Now,
    Records,
    to_calendar,
)
from yuyue_practice.clock import START
from yuyue_practice.registry.ports import set_day
from yuyue_practice.seed import COMPANIES, DECLARANT, TRADER

pytestmark = pytest.mark.thorough

TODAY = {"applied_from": "2026-09-28", "applied_to": "2026-09-28"}


def find(clerk: Clerk, **words: str) -> list[str]:
    return [record.application.id for record in read(clerk.call("GET", "/applications", params=words), Records).records]


@pytest.fixture
def three(clerk: Clerk) -> tuple[Application, Application, Application]:
    """A draft, a declared one, and a declared one of another trader and window, in this order."""
    draft, declared = new_application(), new_application()
    other = new_application(trader="4401160042", window_start="2026-10-18T10:00")
    clerk.save(draft)
    clerk.declare(declared)
    clerk.declare(other)
    return draft, declared, other


def test_by_date_of_application_newest_first(clerk: Clerk, three: tuple[Application, ...]) -> None:
    draft, declared, other = three
    assert find(clerk, **TODAY) == [other.id, declared.id, draft.id]
    assert find(clerk, applied_from="2026-09-29", applied_to="2026-10-13") == []
    assert find(clerk, applied_from="2026-09-14", applied_to="2026-09-28") == [other.id, declared.id, draft.id]


def test_by_date_of_appointment(clerk: Clerk, three: tuple[Application, ...]) -> None:
    draft, declared, other = three
    assert find(clerk, window_from="2026-10-18", window_to="2026-10-18") == [other.id]
    assert set(find(clerk, window_from="2026-10-03", window_to="2026-10-17")) == {draft.id, declared.id}


def test_by_status_trader_and_number(clerk: Clerk, three: tuple[Application, ...]) -> None:
    draft, _, other = three
    assert find(clerk, status="draft", **TODAY) == [draft.id]
    assert find(clerk, trader="4401160042", **TODAY) == [other.id]
    number = clerk.record(draft.id).pre_entry_number
    assert find(clerk, pre_entry_number=number) == [draft.id]


def test_class_b_shows_whose_trader_it_is_to_both_companies(
    clerk: Clerk, by_hand: RunningOffice, three: tuple[Application, ...]
) -> None:
    draft, declared, _ = three
    assert set(find(clerk, company_class="B", trader=TRADER, **TODAY)) == {draft.id, declared.id}
    trader = by_hand.clerk("chengjiang")
    trader.sign_in_with_card()
    assert find(trader, company_class="B", trader=TRADER, **TODAY) == [declared.id]
    assert find(trader, **TODAY) == []
    stranger = by_hand.clerk("weizhuce")
    stranger.sign_in_with_card()
    assert find(stranger, company_class="B", trader=TRADER, **TODAY) == []


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"status": "draft"},
        {"company_class": "B", **TODAY},
        {"applied_from": "2026-09-28"},
        {"applied_from": "2026-09-14", "applied_to": "2026-09-29"},
        {"applied_from": "2026-09-28", "applied_to": "2026-09-27"},
        {"applied_from": "someday", "applied_to": "2026-09-27"},
        {"status": "unheard", **TODAY},
        {"company_class": "C", **TODAY},
    ],
)
def test_questions_that_are_not_answered(clerk: Clerk, words: dict[str, str]) -> None:
    assert refused(clerk.call("GET", "/applications", params=words), 400) == "call_unusable"


def calendar(clerk: Clerk, port: str, first: str, last: str) -> CalendarBody:
    return read(clerk.call("GET", f"/ports/{port}/calendar", params={"from": first, "to": last}), CalendarBody)


def test_a_ports_calendar_with_holidays_and_make_up_days(clerk: Clerk) -> None:
    body = calendar(clerk, "2210", "2026-09-28", "2026-10-12")
    # National Day 2026: off 10-01..10-07, make-up working days 09-20 and 10-10.
    assert sorted(body.days) == [
        "2026-09-28",
        "2026-09-29",
        "2026-09-30",
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
        "2026-10-12",
    ]
    assert body.days["2026-09-28"] == [(510, 720), (780, 1050)]
    assert to_calendar(body) is not None


def test_a_port_that_works_on_plain_saturdays(clerk: Clerk) -> None:
    body = calendar(clerk, "2225", "2026-10-03", "2026-10-17")
    assert body.days["2026-10-17"] == [(540, 690)]
    assert "2026-10-03" not in body.days


def test_what_is_not_published_is_not_told(clerk: Clerk) -> None:
    assert calendar(clerk, "2210", "2026-12-25", "2027-01-08").published_to == date(2026, 12, 31)
    for port, first, last in (
        ("2210", "2027-01-01", "2027-01-10"),
        ("3108", "2026-10-01", "2026-10-02"),
        ("9999", "2026-10-01", "2026-10-02"),
    ):
        assert calendar(clerk, port, first, last) == CalendarBody(None, None, {})


@pytest.mark.parametrize(("first", "last"), [("2026-10-02", "2026-10-01"), ("0001-01-01", "9999-12-31"), ("x", "y")])
def test_spans_that_cannot_be(clerk: Clerk, first: str, last: str) -> None:
    for path in ("/ports/2210/calendar", "/calendars"):
        answer = clerk.call("GET", path, params={"from": first, "to": last})
        assert refused(answer, 400) == "call_unusable"


def test_all_ports_are_asked_for_fifteen_days_at_most(clerk: Clerk) -> None:
    span = {"from": "2026-10-01", "to": "2026-10-15"}
    body = read(clerk.call("GET", "/calendars", params=span), CalendarsBody)
    assert "3108" not in body.calendars
    assert body.calendars["2210"] == calendar(clerk, "2210", "2026-10-01", "2026-10-15")
    assert refused(clerk.call("GET", "/calendars", params={**span, "to": "2026-10-16"}), 400) == "call_unusable"


def test_a_port_publishes_2027_day_by_day(clerk: Clerk, by_hand: RunningOffice) -> None:
    with by_hand.office.database.writing() as session:
        set_day(session, "2210", date(2027, 1, 4), "09:00-12:00")
    body = calendar(clerk, "2210", "2026-12-31", "2027-02-01")
    assert body.published_to == date(2027, 1, 4)
    found = to_calendar(body)
    assert found is not None
    assert found.periods(date(2027, 1, 4)) == (Period(540, 720),)


def test_the_machines_clock_does_not_matter(clerk: Clerk, by_hand: RunningOffice) -> None:
    by_hand.office.clock.move_to(datetime(2027, 5, 1, 9, 0))
    assert clerk.now() >= datetime(2027, 5, 1, 9, 0)
    answer = clerk.declare(new_application(window_start="2027-05-03T10:00"))
    assert [finding.code for finding in answer.findings] == ["calendar_unknown"]
    assert clerk.sign_in_with_card().person == "yunling"


def test_the_clock_begins_where_practice_begins_and_runs(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    first, second = clerk.now(), clerk.now()
    assert START <= first < second < START + timedelta(minutes=5)


def test_every_answer_carries_the_time(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    for path in ("/time", "/receipts", "/nowhere"):
        told = datetime.fromisoformat(clerk.call("GET", path).headers[TIME_HEADER])
        assert told.tzinfo is None
        assert START <= told < START + timedelta(minutes=5)
    assert read(clerk.call("GET", "/time"), Now).now >= START


def test_the_keys_are_the_gateways_and_usable(by_hand: RunningOffice) -> None:
    keys = read(by_hand.clerk().call("GET", "/keys"), Keys)
    assert keys.address == by_hand.office.address
    assert len(keys.keys) == 2
    assert all(key.usable_from < START < key.usable_to for key in keys.keys)


@pytest.mark.parametrize(
    ("code", "grade"),
    [(DECLARANT, "senior"), (TRADER, "general"), ("3122260005", "general"), ("3122260013", "dishonest")],
)
def test_companies_of_every_grade(clerk: Clerk, code: str, grade: str) -> None:
    body = read(clerk.call("GET", f"/companies/{code}"), CompanyBody)
    assert (body.grade, body.name.startswith("练习 · ")) == (grade, True)


@pytest.mark.parametrize(
    "at", [datetime(2018, 5, 1), datetime(2022, 1, 1), datetime(2030, 1, 1), datetime(2049, 12, 31)]
)
def test_levels_are_dated_law(clerk: Clerk, by_hand: RunningOffice, at: datetime) -> None:
    by_hand.office.clock.move_to(at)
    for code, *_ in COMPANIES:
        assert read(clerk.call("GET", f"/companies/{code}"), CompanyBody).customs_code == code


def test_an_unknown_company(clerk: Clerk) -> None:
    assert refused(clerk.call("GET", "/companies/0000000000"), 404) == "company_unknown"


def test_unknown_paths_and_methods_are_refused_in_chinese(clerk: Clerk) -> None:
    assert refused(clerk.call("GET", "/nowhere"), 404) == "call_unusable"
    assert refused(clerk.call("POST", "/time"), 405) == "call_unusable"
    assert refused(clerk.call("POST", "/sessions/card", data=b"{"), 400) == "call_unusable"
    assert refused(clerk.put_sealed(f"/applications/{new_application().id}/draft", b"[]"), 400) == "call_unusable"
    assert refused(clerk.call("GET", "/receipts?after=x"), 400) == "call_unusable"
    assert refused(clerk.call("GET", "/receipts?after=99999999999999999999999"), 400) == "call_unusable"


def test_status_in_queries_follows_the_officer(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    clerk.declare(application)
    by_hand.office.officer.answer(application.id, Step.ACCEPT)
    assert find(clerk, status=Status.ACCEPTED, **TODAY) == [application.id]
