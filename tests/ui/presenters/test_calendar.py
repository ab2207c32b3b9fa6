"""口岸工作时间查询 at work, over a real store and real widgets: asking, the week, offering windows (S34, B3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.fakes.gateway import Fault
from tests.store.parts import make_application
from tests.ui.presenters.conftest import COMPANY, NOW, SESSION, Desk
from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.events import DraftSaved, LinkChanged
from yuyue_desktop.domain.lookup import Match
from yuyue_desktop.services.calendars import Calendars
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.forms.finders import Finder
from yuyue_desktop.ui.pages.calendar_page import LIST, NOTHING_FOUND, WEEK, CalendarPage
from yuyue_desktop.ui.pages.contents import BlockKind, CalendarDay
from yuyue_desktop.ui.presenters.calendar import PORT, CalendarPresenter
from yuyue_desktop.ui.widgets.field_frame import Condition

TODAY = NOW.date()
Open = Callable[[], CalendarPresenter]


class Ports:
    """Two ports in a table."""

    rows = (Match("2210", "浦东海关", "浦东海关"), Match("3108", "甬驻慈办", "甬驻慈办"))

    def find(self, text: str, limit: int = 50) -> list[Match]:
        return [row for row in self.rows if text in f"{row.code}{row.name}"][:limit]

    def pick(self, text: str) -> Match | None:
        return next((row for row in self.rows if text in (row.code, row.name)), None)


@pytest.fixture
def open_page(desk: Desk, qtbot: QtBot) -> Open:
    def open_page() -> CalendarPresenter:
        calendars = Calendars(
            gateway=desk.gateway,
            reader=desk.store.reader,
            writer=desk.store.writer,
            clock=desk.clock,
            workers=desk.workers,
        )
        tracking = Tracking(
            session=SESSION,
            gateway=desk.gateway,
            reader=desk.store.reader,
            writer=desk.store.writer,
            clock=desk.clock,
            workers=desk.workers,
        )
        presenter = CalendarPresenter(
            desk.surface, calendars=calendars, tracking=tracking, ports=Finder(Ports()), remembered=desk.remembered
        )
        QVBoxLayout(desk.surface.window).addWidget(presenter.page)
        with qtbot.waitExposed(desk.surface.window):
            desk.surface.window.show()
        qtbot.waitUntil(lambda: answered(presenter))
        return presenter

    return open_page


def answered(presenter: CalendarPresenter) -> bool:
    return presenter._answer is not None and presenter._answer.question == presenter._asked


def save(desk: Desk, start: str, port: str = "2210") -> ApplicationRecord:
    application = replace(make_application(), declarant=COMPANY.customs_code, declaration_port=port, window_start=start)
    return desk.store.save(application)


def ask(presenter: CalendarPresenter, qtbot: QtBot, port: str) -> None:
    presenter.page.port.show_picked(port, "")
    presenter.page._port = port
    presenter.page.ask()
    qtbot.waitUntil(lambda: answered(presenter))


def days(presenter: CalendarPresenter) -> tuple[CalendarDay, ...]:
    return presenter.page.week._days.days


def drafts_in(presenter: CalendarPresenter) -> list[tuple[date, str]]:
    return [(day.day, block.text) for day in days(presenter) for block in day.blocks if block.kind is BlockKind.DRAFT]


def words_of_list(presenter: CalendarPresenter) -> list[str]:
    rows = presenter.page.list.rows
    return [rows.row(place).cell("port").text for place in range(rows.rowCount())]


def test_it_begins_with_seven_days_of_the_newest_drafts_port(desk: Desk, open_page: Open) -> None:
    save(desk, "2026-09-26T09:00")
    presenter = open_page()
    assert presenter.page.port.text == "2210  浦东海关"
    assert presenter.page.days.days == (TODAY, TODAY + timedelta(days=6))
    assert [day.day for day in days(presenter)] == [TODAY + timedelta(days=count) for count in range(7)]
    assert presenter.page.week.isVisible()
    assert presenter.page.entry() is presenter.page.days.first


def test_without_any_port_the_list_of_all_comes_forward_until_one_is_asked(open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    assert presenter.page.views.index == LIST
    assert set(words_of_list(presenter)) == {"2210 浦东海关"}
    ask(presenter, qtbot, "2210")
    assert presenter.page.views.index == WEEK
    assert presenter.page.week.isVisible()


def test_the_port_that_was_asked_for_is_remembered(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "3108")
    desk.store.writer.remember_setting("wait for the one before", "").result(10)
    assert desk.remembered.text(PORT) == "3108"


def test_a_port_without_calendar_says_whom_to_ask(open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "3108")
    assert words_of_list(presenter) == []
    assert presenter.page.list._empty_words == NOTHING_FOUND == "请联系口岸或海关更新工作日历"
    assert {day.note for day in days(presenter)} == {"今天", "日历未公布"}


def test_wrong_days_are_said_at_the_days_and_wrong_ports_at_the_port(open_page: Open) -> None:
    page = open_page().page
    page.days.show_days(TODAY, TODAY + timedelta(days=15))
    page.ask()
    assert conditions_of(page) == (Condition.WRONG, Condition.FINE)
    assert "15" in page.days.first.message
    page.days.show_days(TODAY, TODAY)
    page._port = "外高"
    page.port.show_typed("外高")
    page.ask()
    assert conditions_of(page) == (Condition.FINE, Condition.WRONG)


def conditions_of(page: CalendarPage) -> tuple[Condition, Condition]:
    return page.days.first.condition, page.port.condition


def test_offline_the_store_answers_marked_and_the_link_asks_again(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "2210")
    desk.gateway.faults.append(Fault.NO_LINK)
    ask(presenter, qtbot, "2210")
    qtbot.waitUntil(presenter.page._origin.isVisible)
    assert days(presenter)[1].note == "工作日"
    presenter.take(LinkChanged(is_up=False))
    presenter.take(LinkChanged(is_up=True))
    qtbot.waitUntil(lambda: not presenter.page._origin.isVisible())


def test_a_failure_is_told_and_what_was_shown_stays(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "2210")
    before = days(presenter)
    desk.gateway.faults.append(Fault.CRASH)
    presenter.page.ask()
    qtbot.waitUntil(lambda: bool(desk.surface.window.findChildren(NoticeDialog)))
    assert days(presenter) == before


def test_as_the_clock_goes_time_becomes_too_late(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "2210")
    thursday = days(presenter)[1]
    assert thursday.blocks[-1].kind is BlockKind.BOOKABLE
    desk.clock.at = datetime(2026, 9, 23, 17, 30)
    presenter.tick()
    assert days(presenter)[1].blocks[-1].kind is BlockKind.BOOKABLE
    desk.clock.at = datetime(2026, 9, 23, 17, 31)
    presenter.tick()
    assert days(presenter)[1].blocks[-1].kind is BlockKind.TOO_LATE


def test_conditions_judge_the_week_anew(open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "2210")
    assert presenter.page._rule.text() == "下班前 24 小时"
    presenter.page.conditions_changed.emit("same", "senior")
    assert presenter.page._rule.text() == "下班前 4 小时"
    assert days(presenter)[3].latest == "9/24 周四 13:30"


def test_a_draft_is_moved_by_keys(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    save(desk, "2026-09-26T09:00", port="3108")
    desk.clock.at += timedelta(seconds=1)
    record = save(desk, "2026-09-26T09:00")
    presenter = open_page()
    assert drafts_in(presenter) == [(date(2026, 9, 26), "09:00\n未编号草稿")]
    week = presenter.page.week
    assert week.chosen == datetime(2026, 9, 26, 9)
    qtbot.keyClick(week, Qt.Key.Key_Return)
    qtbot.keyClick(week, Qt.Key.Key_Right)
    assert presenter.page._foot.act.text() == "把未编号草稿改到这里"
    with qtbot.waitSignal(presenter.window_chosen) as chosen:
        qtbot.keyClick(week, Qt.Key.Key_Return)
    assert chosen.args == [record.id, datetime(2026, 9, 26, 9, 30)]


def test_a_window_that_can_not_be_had_is_not_taken(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    save(desk, "2026-09-26T09:00")
    presenter = open_page()
    presenter.page.week.choose(datetime(2026, 9, 24, 9))
    with qtbot.assertNotEmitted(presenter.window_chosen):
        qtbot.keyClick(presenter.page.week, Qt.Key.Key_Return)


def test_space_takes_the_next_draft(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    older, newer = save(desk, "2026-09-26T09:00"), save(desk, "2026-09-27T20:00")
    presenter = open_page()
    week = presenter.page.week
    assert presenter.page._foot.other.isVisible()
    assert presenter._held is not None
    first = presenter._held.id
    qtbot.keyClick(week, Qt.Key.Key_Space)
    assert {first, presenter._held.id} == {older.id, newer.id}
    assert week.chosen == presenter._held.start
    qtbot.keyClick(week, Qt.Key.Key_Space)
    assert presenter._held.id == first


def test_a_saved_draft_appears_in_the_week(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    presenter = open_page()
    ask(presenter, qtbot, "2210")
    assert drafts_in(presenter) == []
    record = save(desk, "2026-09-27T20:00")
    presenter.take(DraftSaved(record.id, record.revision, record.saved_at))
    assert drafts_in(presenter) == [(date(2026, 9, 27), "20:00\n未编号草稿")]
