"""Texts of any kind into every kind of field: said at once, nothing lost, undo brings back what was there (S10)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from yuyue_desktop.domain.limits import FIELD_CHARACTERS
from yuyue_desktop.domain.rules import has_control_character
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.pick_list import Match
from yuyue_desktop.ui.widgets.text_area import TextArea

pytestmark = pytest.mark.thorough

Show = Callable[..., QWidget]
Shown = Field | TextArea

PORT = Match("2210", "浦东海关")
UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
A_FRAME_MANY_TIMES_S = 3.0
"""On a busy machine; a pasted megabyte took minutes where every sign of it was laid out."""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60) | st.text(
    st.sampled_from("2210Ａ１　 \t\r\n\0\x7f\u200b\u202e\ufeff😀e\u0301张浦东-:"), max_size=40
)
ONE_WINDOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def now() -> datetime:
    return datetime(2026, 9, 23, 14, 36)


def find(text: str) -> list[Match]:
    return [PORT] if text in "2210 浦东海关" else []


KINDS: dict[str, Callable[[Look], Shown]] = {
    "text": lambda look: Field(look, "联系人姓名", length=30),
    "code": lambda look: Field(look, "收发货人", length=10, is_narrow=True),
    "pick": lambda look: PickField(look, "口岸", find),
    "moment": lambda look: MomentField(look, "预约通关时间 起", now),
    "day": lambda look: MomentField(look, "申请时间 起", now, has_time=False),
    "area": lambda look: TextArea(look, "预约通关事由"),
}


def paste(field: Shown, text: str) -> None:
    """As from the clipboard, which is the test's own: another test's clipboard can't come in between."""
    field.setFocus()
    if isinstance(field, TextArea):
        content = QMimeData()
        content.setText(text)
        field.editor.insertFromMimeData(content)
    else:
        QApplication.clipboard().setText(text)
        field.editor.paste()


@pytest.mark.parametrize("kind", KINDS)
def test_any_text_is_taken_or_said_and_undone(kind: str, look: Look, show: Show) -> None:
    field, other = KINDS[kind](look), Field(look, "别的")
    show(field, other)

    @ONE_WINDOW
    @given(ANY_TEXT)
    def tried(text: str) -> None:
        field.set_text("")
        paste(field, text)
        assert not has_control_character(field.text)
        pasted = field.text
        for _ in range(3):
            QTest.keyClick(field.editor, *UNDO)
        assert field.text == ""
        paste(field, text)
        assert field.text == pasted
        other.setFocus()
        assert field.text.strip() == field.text or isinstance(field, TextArea)

    tried()


@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_does_not_hold_the_window_up(kind: str, look: Look, show: Show) -> None:
    field = KINDS[kind](look)
    show(field)
    started = time.thread_time()  # this thread's own work, however busy the machine is
    paste(field, "字" * 1_000_000)
    QApplication.processEvents()
    assert time.thread_time() - started < A_FRAME_MANY_TIMES_S
    assert len(field.text) <= FIELD_CHARACTERS
    assert "没有填进去" in field.note


def test_a_number_pasted_with_blanks_around_it_is_whole(look: Look, show: Show) -> None:
    field = KINDS["code"](look)
    show(field)
    paste(field, " ３１２２２６１５４８\r\n")
    assert field.text == "3122261548"
    assert field.note == ""


def test_what_is_over_the_length_is_said_and_goes_with_the_next_key(look: Look, show: Show) -> None:
    field = KINDS["code"](look)
    show(field)
    paste(field, "31222615489")
    assert field.text == "3122261548"
    assert field.note.startswith("太长：最多 10 个字符")
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.note == ""
    QTest.keyClicks(field.editor, "89")
    assert field.text == "3122261548"
    assert "多出的 1 个没有填进去" in field.note


def test_what_nobody_sees_is_left_out_and_said(look: Look, show: Show) -> None:
    for kind in ("text", "area"):
        field = KINDS[kind](look)
        show(field)
        paste(field, "周\u202e敏\0")
        assert field.text == "周敏"
        assert field.note.startswith("去掉了 2 个看不见的字符")


def test_typing_full_width_keeps_the_caret_and_can_be_undone(look: Look, show: Show) -> None:
    field = KINDS["code"](look)
    assert isinstance(field, Field)
    show(field)
    paste(field, "1345")
    field.editor.setCursorPosition(1)
    typed = QInputMethodEvent()
    typed.setCommitString("２")
    QApplication.sendEvent(field.editor, typed)
    assert field.text == "12345"
    assert field.editor.cursorPosition() == 2
    QTest.keyClick(field.editor, *UNDO)
    assert field.text == "1345"


def test_undo_brings_a_picked_value_back_as_picked(look: Look, show: Show) -> None:
    field = PickField(look, "口岸", find)
    show(field)
    picked: list[str] = []
    field.picked.connect(lambda match: picked.append(match.code))
    field.show_picked(PORT.code, PORT.name)
    field.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.text == ""
    QTest.keyClick(field.editor, *UNDO)
    assert field.text == "2210  浦东海关"
    assert picked == ["2210"]


@pytest.mark.parametrize("typed", ["2026-02-30 09:00", "0001-01-01 09:00", "9999-12-31 23:30", "2026-09-31 9:00"])
def test_a_day_that_is_none_stays_as_typed(typed: str, look: Look, show: Show) -> None:
    field, other = MomentField(look, "预约通关时间 起", now), Field(look, "别的")
    show(field, other)
    paste(field, typed)
    other.setFocus()
    assert field.moment is None
    assert field.text == typed
