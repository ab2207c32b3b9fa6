"""口岸工作时间查询 by the keyboard: question, week view, list (S34, B3)."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show, Write
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.calendar_page import NOTHING_FOUND, CalendarPage, CalendarQuery
from yuyue_desktop.ui.pages.contents import (
    Block,
    BlockKind,
    CalendarConditions,
    CalendarContent,
    CalendarDay,
    Choice,
    ChosenWindow,
)
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.widgets.bubble import Bubble
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.pick_list import Match

ENTER = Qt.Key.Key_Return
LEAST_WIDTH = 1024 - 52 - 6
"""Pixels of a page in the smallest window, beside the folded menu, inside the practice frame."""

NOW = datetime(2026, 9, 23, 14, 36)
PORTS = (Match("2210", "浦东海关"), Match("2233", "浦东机场"))
WORKING = Block(510, 720, BlockKind.WORKING, "工作 08:30–12:00")


def day(number: int, *blocks: Block) -> CalendarDay:
    return CalendarDay(
        date(2026, 9, number), f"9/{number}", "工作日", blocks or (WORKING,), "9/23 17:30", "还剩 2 小时"
    )


CONTENT = CalendarContent(
    tuple(day(number) for number in range(23, 30)),
    (Row("23-1", {"day": Cell("2026-09-23"), "period": Cell("08:30–12:00")}),),
    NOW,
)


@pytest.fixture
def page(look: Look, show: Show) -> CalendarPage:
    page = CalendarPage(look, lambda: NOW, lambda typed: [p for p in PORTS if typed in f"{p.code}{p.name}"])
    page.show_query(CalendarQuery(date(2026, 9, 23), date(2026, 9, 29), "2210"), "浦东海关")
    page.show_content(CONTENT)
    show(page)
    return page


def test_enter_asks_with_what_the_fields_say(page: CalendarPage, qtbot: QtBot, press: Press) -> None:
    page.days.last.setFocus()
    with qtbot.waitSignal(page.query_asked) as asked:
        press(ENTER)
    assert asked.args == [CalendarQuery(date(2026, 9, 23), date(2026, 9, 29), "2210")]


def test_a_port_is_searched_and_an_empty_field_means_every_port(
    page: CalendarPage, qtbot: QtBot, press: Press, write: Write
) -> None:
    page.port.setFocus()
    press(Qt.Key.Key_Backspace)
    with qtbot.waitSignal(page.query_asked) as asked:
        press(ENTER)
    assert asked.args[0].port == ""
    write("机场")
    press(ENTER)
    with qtbot.waitSignal(page.query_asked) as asked:
        press(ENTER)
    assert asked.args[0].port == "2233"


def test_arrows_move_the_window_by_half_an_hour_and_by_a_day(page: CalendarPage, qtbot: QtBot, press: Press) -> None:
    page.week.choose(datetime(2026, 9, 26, 14, 0))
    page.week.setFocus()
    moved: list[datetime] = []
    page.window_moved.connect(moved.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down):
        press(key)
    assert moved == [
        datetime(2026, 9, 26, 14, 30),
        datetime(2026, 9, 25, 14, 30),
        datetime(2026, 9, 25, 14, 0),
        datetime(2026, 9, 26, 14, 0),
    ]
    with qtbot.waitSignal(page.window_accepted) as accepted:
        press(ENTER)
    assert accepted.args == [datetime(2026, 9, 26, 14, 0)]


def test_the_window_goes_over_midnight_but_not_out_of_the_days(page: CalendarPage, press: Press) -> None:
    page.week.choose(datetime(2026, 9, 23, 0, 0))
    page.week.setFocus()
    press(Qt.Key.Key_Left)
    assert page.week.chosen == datetime(2026, 9, 23, 0, 0)
    page.week.choose(datetime(2026, 9, 24, 23, 30))
    press(Qt.Key.Key_Right)
    assert page.week.chosen == datetime(2026, 9, 25, 0, 0)


def test_the_chosen_window_stays_while_the_clock_ticks(page: CalendarPage) -> None:
    page.week.choose(datetime(2026, 9, 26, 14, 0))
    page.show_content(CONTENT)
    assert page.week.chosen == datetime(2026, 9, 26, 14, 0)
    page.show_content(CalendarContent((day(23),), (), NOW))
    assert page.week.chosen is None


def test_a_click_chooses_the_window_around_it(page: CalendarPage, qtbot: QtBot) -> None:
    rect = page.week.visualRect(page.week.model().index(3, 1))
    with qtbot.waitSignal(page.window_moved) as moved:
        qtbot.mouseClick(page.week.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert moved.args == [datetime(2026, 9, 26, 11, 0)]


def test_the_foot_says_until_when_and_takes_the_window(page: CalendarPage, qtbot: QtBot) -> None:
    page.week.choose(datetime(2026, 9, 26, 14, 0))
    page.show_chosen(ChosenWindow("选中 9月26日 周六 14:00–16:00", "须在今天 17:30 前提交", act="把草稿 0274 改到这里"))
    act = page._foot.act
    assert act.text() == "把草稿 0274 改到这里"
    with qtbot.waitSignal(page.window_accepted):
        act.click()
    page.show_chosen(None)
    assert not act.isVisible()


def test_conditions_are_told_only_when_the_clerk_changes_them(page: CalendarPage, qtbot: QtBot, press: Press) -> None:
    conditions = CalendarConditions(
        (Choice("other", "口岸不同"), Choice("same", "同一口岸")),
        (Choice("general", "一般企业"),),
        "other",
        "general",
        "下班前 24 小时",
    )
    with qtbot.assertNotEmitted(page.conditions_changed):
        page.show_conditions(conditions)
    page.relation.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.conditions_changed) as changed:
        press(ENTER)
    assert changed.args == ["same", "general"]


def test_the_list_shows_working_periods_and_says_whom_to_ask(page: CalendarPage) -> None:
    page.views.choose(1)
    assert page.list.isVisible()
    assert not page.week.isVisible()
    assert page.list.rows.rowCount() == 1
    assert page.chooser.isVisible()
    page.show_content(CalendarContent())
    assert page.list._empty_words == NOTHING_FOUND == "请联系口岸或海关更新工作日历"


def test_wrong_days_are_said_at_the_days(page: CalendarPage) -> None:
    page.show_problem("时间跨度不能超过 15 天", "请缩短起止日期")
    assert page.days.first.condition is Condition.WRONG
    assert page.days.first.editor.hasFocus()


@pytest.mark.parametrize("is_large", [False, True])
def test_nothing_moves_or_overlaps_when_something_is_wrong(page: CalendarPage, qtbot: QtBot, *, is_large: bool) -> None:
    page._look.choose(is_large=is_large)
    page.show_content(CONTENT, is_offline=True)
    page.resize(LEAST_WIDTH, 500)
    qtbot.waitUntil(lambda: page.width() == LEAST_WIDTH)
    places = laid_out(page)
    fields = places[:4]
    assert all(left.right() < right.left() for left, right in pairwise(fields))
    assert not any(field.intersects(places[4]) for field in fields)
    assert all(place.right() < LEAST_WIDTH for place in places)
    page.show_problem("时间跨度不能超过 15 天", "请缩短起止日期")
    page.show_port_problem("还没有选定口岸", "从列表选一个")
    assert laid_out(page) == places


def laid_out(page: CalendarPage) -> list[QRect]:
    QApplication.processEvents()
    row = (page.days.first, page.days.last, page.port, page.search, page.views)
    return [QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()) for widget in row]


def test_the_bubble_goes_with_the_page(page: CalendarPage) -> None:
    page.show_problem("时间跨度不能超过 15 天", "请缩短起止日期")
    bubble = page.window().findChild(Bubble)
    assert bubble is not None
    assert bubble.isVisible()
    page.left.emit()
    assert bubble.isHidden()


def test_screen_readers_find_a_table_of_days(page: CalendarPage) -> None:
    QAbstractItemModelTester(page.week.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    page.show_content(CalendarContent((day(23), day(24)), (), NOW))
    page.show_content(CalendarContent((day(23), day(24, Block(0, 1440, BlockKind.BOOKABLE))), (), NOW))
    model = page.week.model()
    said = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "工作时间 08:30–12:00"
    assert model.data(model.index(1, 1), Qt.ItemDataRole.AccessibleTextRole) == "可约 00:00–24:00"
    assert QAccessible.queryAccessibleInterface(page.week).role() == QAccessible.Role.Table
