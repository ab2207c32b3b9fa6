"""Dates and moments are read in the shapes that clerks type, and picked in a calendar by keys (S16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.moment_text import moment_text, read_day, read_moment
from yuyue_desktop.ui.widgets.month_grid import month_later

Show = Callable[..., QWidget]

NOW = datetime(2026, 9, 23, 14, 36)
WISH = datetime(2026, 9, 26, 9, 0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-26 09:00", "2026-09-26 周六 09:00", "2026-9-26 9:00", "9-26 9:00", "0926 0900", "09260900",
        "202609260900", "2026/9/26 9:00",
        "9月26日 9点", "9.26 9:00", "９－２６ ９：００", "2026-09-26T09:00", "20260926 09:00",
        " 9-26  9:00 ",
    ],
)  # fmt: skip
def test_many_shapes_mean_the_same_moment(text: str) -> None:
    assert read_moment(text, NOW.date()) == WISH


@pytest.mark.parametrize(
    "text", ["", "9-26", "9-31 9:00", "13-1 9:00", "9-26 25:00", "明天 9:00", "2026-09-26 9:0", "926 9"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text, NOW.date()) is None


def test_a_date_without_year_is_the_next_one() -> None:
    assert read_moment("1-3 9:00", NOW.date()) == datetime(2027, 1, 3, 9, 0)
    assert read_moment("2-29 9:00", NOW.date()) == datetime(2028, 2, 29, 9, 0)


def test_a_day_alone_is_the_nearest_one() -> None:
    assert read_day("9-10", NOW.date()) == date(2026, 9, 10)
    assert read_day("20260910", NOW.date()) == date(2026, 9, 10)
    assert read_day("9-10 9:00", NOW.date()) is None


def test_what_is_shown_can_be_read_again() -> None:
    assert moment_text(WISH) == "2026-09-26 周六 09:00"
    assert read_moment(moment_text(WISH), NOW.date()) == WISH


def test_months_end_on_their_last_day() -> None:
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_later(date(2026, 12, 5), 1) == date(2027, 1, 5)
    assert month_later(date(2026, 1, 5), -1) == date(2025, 12, 5)


@pytest.fixture
def start(look: Look, show: Show) -> MomentField:
    field = MomentField(look, "预约通关时间 起", lambda: NOW)
    show(field, Field(look, "别的"))
    field.setFocus()
    return field


def test_typing_tells_the_moment_and_leaving_tidies_it(qtbot: QtBot, start: MomentField) -> None:
    with qtbot.waitSignal(start.moment_changed, check_params_cb=lambda moment: moment == WISH):
        QTest.keyClicks(start.editor, "9-26 9:00")
    assert start.text == "9-26 9:00"
    QTest.keyClick(start.editor, Qt.Key.Key_Tab)
    assert start.text == "2026-09-26 周六 09:00"


def test_an_edit_that_is_no_moment_tells_none(qtbot: QtBot, start: MomentField) -> None:
    start.set_moment(WISH)
    with qtbot.waitSignal(start.moment_changed, check_params_cb=lambda moment: moment is None):
        QTest.keyClick(start.editor, Qt.Key.Key_Backspace)
    assert start.text == ""
    assert start.moment is None


def test_the_calendar_is_walked_by_keys(qtbot: QtBot, start: MomentField) -> None:
    start.set_moment(WISH)
    QTest.keyClick(start.editor, Qt.Key.Key_Space)
    assert start.is_open
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Plus):
        QTest.keyClick(start.editor, key)
    with qtbot.waitSignal(start.moment_changed):
        QTest.keyClick(start.editor, Qt.Key.Key_Return)
    assert start.moment == datetime(2026, 11, 4, 9, 30)
    assert start.text == "2026-11-04 周三 09:30"
    assert not start.is_open


def test_escape_closes_the_calendar_and_keeps_the_moment(start: MomentField) -> None:
    start.set_moment(WISH)
    QTest.keyClick(start.editor, Qt.Key.Key_F4)
    QTest.keyClick(start.editor, Qt.Key.Key_Right)
    QTest.keyClick(start.editor, Qt.Key.Key_Escape)
    assert start.moment == WISH
    assert not start.is_open


def test_a_blank_can_be_typed_inside_a_moment(start: MomentField) -> None:
    QTest.keyClicks(start.editor, "9-26 ")
    assert start.text == "9-26 "
    assert not start.is_open


def test_a_day_field_shows_no_time(look: Look, show: Show) -> None:
    field = MomentField(look, "申请时间 起", lambda: NOW, has_time=False)
    show(field, Field(look, "别的"))
    field.setFocus()
    QTest.keyClicks(field.editor, "9-10")
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.text == "2026-09-10"
    assert field.moment == datetime(2026, 9, 10)
