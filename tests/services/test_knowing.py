"""Companies and calendars: the store's at once, the gateway's when it comes, each asked once (S12, S26, B1)."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.gateway import Fault
from tests.services.desk import DAY, HOURS, NOW, OWN, PORT, SILENT_PORT, TRADER, Desk, calendar
from tests.store.parts import LIMIT_S
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.deadline import LOOK_BACK, last_closing
from yuyue_desktop.domain.events import CalendarKnown, CompanyKnown
from yuyue_desktop.services.knowing import ASK_AGAIN_AFTER, CALENDAR_AHEAD


def test_a_company_is_known_once_the_gateway_answered(desk: Desk) -> None:
    with desk.held():
        assert desk.knowledge.company(TRADER.customs_code) is None
    assert desk.knowledge.company(TRADER.customs_code) == TRADER
    assert CompanyKnown(TRADER.customs_code) in desk.events


def test_it_is_asked_once(desk: Desk) -> None:
    for _ in range(3):
        desk.knowledge.company(TRADER.customs_code)
        desk.settle()
    assert desk.gateway.calls.count("company") == 1


def test_a_question_that_failed_rests_a_while(desk: Desk) -> None:
    """Each keystroke looks here: a network that swallows calls must not get one for each."""
    desk.gateway.faults.append(Fault.NO_LINK)
    for _ in range(3):
        assert desk.knowledge.company(TRADER.customs_code) is None
        desk.settle()
    assert desk.gateway.calls.count("company") == 1
    desk.clock.at += ASK_AGAIN_AFTER
    desk.knowledge.company(TRADER.customs_code)
    desk.settle()
    assert desk.knowledge.company(TRADER.customs_code) == TRADER


def test_what_failed_is_asked_at_once_when_the_link_is_back(desk: Desk) -> None:
    desk.gateway.faults.append(Fault.NO_LINK)
    for _ in range(2):
        desk.knowledge.calendar(PORT)
        desk.settle()
        desk.knowledge.forget_answers()
    assert desk.knowledge.is_calendar_answered(PORT)


def test_what_was_known_before_holds_offline_and_is_replaced_by_news(desk: Desk) -> None:
    old = replace(TRADER, name="旧名")
    desk.store.writer.remember_company(old).result(LIMIT_S)
    with desk.held():
        assert desk.knowledge.company(TRADER.customs_code) == old
    assert desk.knowledge.company(TRADER.customs_code) == TRADER


def test_a_code_that_no_company_has(desk: Desk) -> None:
    assert desk.knowledge.company("3122269999") is None
    desk.settle()
    assert desk.knowledge.is_unknown_company("3122269999")
    desk.office.companies["3122269999"] = replace(TRADER, customs_code="3122269999")
    desk.knowledge.forget_answers()
    desk.knowledge.company("3122269999")
    desk.settle()
    assert not desk.knowledge.is_unknown_company("3122269999")


def test_a_calendar_is_known_as_far_as_clerks_book(desk: Desk) -> None:
    with desk.held():
        assert desk.knowledge.calendar(PORT) is None
        assert not desk.knowledge.is_calendar_answered(PORT)
    known = desk.knowledge.calendar(PORT)
    assert known is not None
    assert known.published_to == calendar().published_to
    assert CalendarKnown(PORT) in desk.events


def test_a_calendar_reaches_back_as_far_as_the_law_looks(desk: Desk) -> None:
    """A port that was shut for weeks: its last closing time is known here where the gateway goes by it (S25)."""
    last_day = NOW.date() - LOOK_BACK
    far_back = last_day - 30 * DAY
    desk.office.calendars[PORT] = WorkingCalendar(far_back, NOW.date() + 30 * DAY, {far_back: HOURS, last_day: HOURS})
    desk.knowledge.calendar(PORT)
    desk.settle()
    known = desk.knowledge.calendar(PORT)
    assert known is not None
    assert last_closing(known, NOW) == known.closing(last_day)


def test_a_window_far_ahead_is_asked_for_as_far_as_it_lies(desk: Desk) -> None:
    """How far ahead a port has published is the port's affair: the law knows no limit (S26)."""
    end = NOW.date() + 2000 * DAY
    desk.office.calendars[PORT] = WorkingCalendar(NOW.date() - LOOK_BACK, end, {NOW.date(): HOURS, end: HOURS})
    for start in (NOW + CALENDAR_AHEAD + 40 * DAY, NOW + 1990 * DAY):
        assert not desk.knowledge.is_calendar_answered(PORT, start)
        desk.knowledge.calendar(PORT, start)
        desk.settle()
        known = desk.knowledge.calendar(PORT, start)
        assert known is not None
        assert known.is_known(start.date())
        assert desk.knowledge.is_calendar_answered(PORT, start)
    assert desk.knowledge.calendar(PORT) == desk.office.calendars[PORT]


def test_days_of_one_month_are_one_question(desk: Desk) -> None:
    far = NOW.replace(year=2027, month=5, day=1)
    for start in (far, far + 3 * DAY, far + 29 * DAY, NOW, None):
        desk.knowledge.calendar(PORT, start)
        desk.settle()
    assert desk.gateway.calls.count("calendar") == 2


def test_a_year_that_no_port_has_published_takes_one_question(desk: Desk) -> None:
    start = NOW.replace(year=9998)
    desk.knowledge.calendar(PORT, start)
    desk.settle()
    assert desk.knowledge.is_calendar_answered(PORT, start)
    assert desk.gateway.calls.count("calendar") == 1


def test_a_port_that_publishes_nothing_was_asked_all_the_same(desk: Desk) -> None:
    assert desk.knowledge.calendar(SILENT_PORT) is None
    desk.settle()
    assert desk.knowledge.is_calendar_answered(SILENT_PORT)
    assert CalendarKnown(SILENT_PORT) in desk.events


def test_the_own_company_is_asked_for_too(desk: Desk) -> None:
    desk.office.companies[OWN.customs_code] = replace(OWN, owes_feedback=True)
    with desk.held():
        desk.drafting.new()
    assert desk.knowledge.company(OWN.customs_code) == replace(OWN, owes_feedback=True)
