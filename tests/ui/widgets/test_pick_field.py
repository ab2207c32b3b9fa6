"""A value is searched, picked and cleared by keys alone (S11, S14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.pick_field import Opening, PickField
from yuyue_desktop.ui.widgets.pick_list import Match, PickList, _pieces

Show = Callable[..., QWidget]

PORTS = (Match("2210", "浦东海关", ((0, 2),)), Match("2233", "浦东机场", ((0, 2),)), Match("0101", "首都机场"))


def find(text: str) -> Sequence[Match]:
    return [port for port in PORTS if text in port.code or text in port.name]


@pytest.fixture
def port(look: Look, show: Show) -> PickField:
    field = PickField(look, "预约申报口岸", find)
    show(field, Field(look, "别的"))
    field.setFocus()
    return field


def shown_list(field: PickField) -> PickList:
    found = field.window().findChild(PickList)
    assert isinstance(found, PickList)
    return found


def test_typing_offers_and_enter_takes_the_first(qtbot: QtBot, port: PickField) -> None:
    QTest.keyClicks(port.editor, "22")
    assert port.is_open
    with qtbot.waitSignal(port.picked) as taken:
        QTest.keyClick(port.editor, Qt.Key.Key_Return)
    assert taken.args == [PORTS[0]]
    assert port.text == "2210  浦东海关"
    assert not port.is_open


def test_arrows_choose_another(qtbot: QtBot, port: PickField) -> None:
    QTest.keyClicks(port.editor, "22")
    QTest.keyClick(port.editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(port.picked) as taken:
        QTest.keyClick(port.editor, Qt.Key.Key_Return)
    assert taken.args == [PORTS[1]]


def test_escape_keeps_what_was_typed(qtbot: QtBot, port: PickField) -> None:
    QTest.keyClicks(port.editor, "22")
    with qtbot.assertNotEmitted(port.picked):
        QTest.keyClick(port.editor, Qt.Key.Key_Escape)
    assert (port.text, port.is_open) == ("22", False)


def test_space_opens_the_whole_list_and_types_no_blank(port: PickField) -> None:
    QTest.keyClick(port.editor, Qt.Key.Key_Space)
    assert port.is_open
    assert port.text == ""
    assert shown_list(port).chosen == PORTS[0]


def test_space_on_a_picked_value_opens_everything(port: PickField) -> None:
    port.show_picked("2233", "浦东机场")
    QTest.keyClick(port.editor, Qt.Key.Key_Space)
    assert shown_list(port).chosen == PORTS[0]
    assert port.text == "2233  浦东机场"


def test_backspace_clears_a_picked_value_whole(qtbot: QtBot, port: PickField) -> None:
    port.show_picked("2233", "浦东机场")
    with qtbot.waitSignal(port.edited):
        QTest.keyClick(port.editor, Qt.Key.Key_Backspace)
    assert port.text == ""


def test_what_is_typed_takes_a_picked_values_place(port: PickField) -> None:
    port.show_picked("2233", "浦东机场")
    QTest.keyClicks(port.editor, "22")
    assert port.text == "22"
    assert port.is_open
    port.editor.undo()
    port.editor.undo()
    assert port.text == "2233  浦东机场"


def test_what_an_input_method_writes_takes_a_picked_values_place(port: PickField) -> None:
    port.show_picked("2233", "浦东机场")
    composed = QInputMethodEvent()
    composed.setCommitString("首都")
    QApplication.sendEvent(port.editor, composed)
    assert port.text == "首都"


def test_keys_that_write_nothing_leave_a_picked_value_alone(port: PickField) -> None:
    port.show_picked("2233", "浦东机场")
    for key, held in (
        (Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(port.editor, key, held)
        assert port.text == "2233  浦东机场"
        assert not port.editor.selectedText()


def test_a_full_code_is_taken_on_leaving(qtbot: QtBot, port: PickField) -> None:
    QTest.keyClicks(port.editor, "0101")
    with qtbot.waitSignal(port.picked) as taken:
        QTest.keyClick(port.editor, Qt.Key.Key_Tab)
    assert taken.args == [PORTS[2]]


def test_what_the_table_lacks_stays_as_typed(qtbot: QtBot, port: PickField) -> None:
    QTest.keyClicks(port.editor, "9999")
    assert shown_list(port).chosen is None
    with qtbot.assertNotEmitted(port.picked):
        QTest.keyClick(port.editor, Qt.Key.Key_Tab)
    assert port.text == "9999"


def test_the_list_goes_when_the_mouse_is_pressed_elsewhere(port: PickField) -> None:
    QTest.keyClicks(port.editor, "22")
    QTest.mouseClick(port.window(), Qt.MouseButton.LeftButton, pos=port.window().rect().bottomRight())
    assert not port.is_open
    assert port.editor.hasFocus()


def test_the_tool_opens_and_closes_the_list(port: PickField) -> None:
    port._arrow.click()
    assert port.is_open
    port._arrow.click()
    assert not port.is_open


def test_the_list_stays_inside_the_window(look: Look, show: Show) -> None:
    first, second = Field(look, "上"), PickField(look, "预约申报口岸", find)
    window = show(first, second)
    layout = window.layout()
    assert layout is not None
    layout.removeWidget(second)
    second.setParent(window)
    second.move(600, 640)
    second.show()
    second.setFocus()
    QTest.keyClicks(second.editor, "22")
    inner = shown_list(second).geometry().adjusted(12, 12, -12, -12)
    assert window.rect().contains(inner)
    assert inner.bottom() < second.y()


def test_a_lookup_field_waits_for_enter_and_enough_signs(look: Look, show: Show) -> None:
    code = PickField(look, "商品HS编码", find, opening=Opening.ENTER, least_typed=4)
    show(code)
    code.setFocus()
    QTest.keyClicks(code.editor, "221")
    QTest.keyClick(code.editor, Qt.Key.Key_Return)
    assert not code.is_open
    QTest.keyClicks(code.editor, "0")
    assert not code.is_open
    QTest.keyClick(code.editor, Qt.Key.Key_Return)
    assert shown_list(code).chosen == PORTS[0]


def test_a_locked_field_opens_nothing(port: PickField) -> None:
    port.set_locked(is_locked=True)
    QTest.keyClick(port.editor, Qt.Key.Key_Space)
    assert not port.is_open


def test_marked_parts_are_cut_out_in_order() -> None:
    assert _pieces("上海浦东机场", ((2, 2),)) == [("上海", False), ("浦东", True), ("机场", False)]
    assert _pieces("浦东", ((0, 2),)) == [("浦东", True)]
    assert _pieces("浦东", ()) == [("浦东", False)]
