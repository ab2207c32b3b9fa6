"""An input method at work in every kind of field: what it holds is not typed yet, and is not lost either (S11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.widgets.test_bad_input import KINDS, Shown
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.text_area import TextArea

Show = Callable[..., QWidget]
HELD = "zhou'min"
"""As an input method shows it while the clerk spells."""


def compose(field: Shown, held: str) -> None:
    """The input method holds a text, and shows it in the field."""
    QApplication.sendEvent(field.editor, QInputMethodEvent(held, []))


def commit(field: Shown, text: str) -> None:
    """The clerk chose: the input method gives the text away."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field.editor, event)


def counted(field: FieldFrame) -> list[str]:
    """Everything that the field has taken as typed since."""
    taken: list[str] = []
    field.edited.connect(taken.append)
    field.committed.connect(taken.append)
    return taken


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_being_composed_is_not_typed(kind: str, look: Look, show: Show) -> None:
    field = KINDS[kind](look)
    show(field, Field(look, "别的"))
    field.setFocus()
    taken = counted(field)
    for held in ("z", "zh", HELD, HELD * 30):
        compose(field, held)
        assert (field.text, taken, field.note) == ("", [], "")
    compose(field, "")
    assert (field.text, [text for text in taken if text]) == ("", [])


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_acts_and_no_shortcut_fires_meanwhile(kind: str, look: Look, show: Show) -> None:
    field = KINDS[kind](look)
    show(field, Field(look, "别的"))
    field.setFocus()
    compose(field, HELD)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        QTest.keyClick(field.editor, key)
    shortcut = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    shortcut.ignore()
    QApplication.sendEvent(field.editor, shortcut)
    assert shortcut.isAccepted()
    assert field.editor.hasFocus()
    assert not (isinstance(field, PickField | MomentField) and field.is_open)
    commit(field, "周敏")
    assert field.text == "周敏"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_held_is_taken_over_when_the_clerk_goes_on_elsewhere(kind: str, look: Look, show: Show) -> None:
    field, other = KINDS[kind](look), Field(look, "别的")
    show(field, other)
    field.setFocus()
    commit(field, "周")
    taken = counted(field)
    compose(field, "min")
    other.setFocus()
    assert field.text == "周min"
    assert taken[-1] == "周min"
    field.setFocus()
    assert field.text == "周min", "it is taken over once"


def test_the_length_counts_what_is_given_away(look: Look, show: Show) -> None:
    field = KINDS["code"](look)
    show(field)
    field.setFocus()
    compose(field, "3" * 40)
    assert field.note == ""
    commit(field, "３１２２２６１５４８９９")
    assert field.text == "3122261548"
    assert "多出的 2 个没有填进去" in field.note


def test_an_area_counts_bytes_of_what_is_given_away(look: Look, show: Show) -> None:
    field = TextArea(look, "预约通关事由")
    show(field)
    field.setFocus()
    changes: list[str] = []
    field.edited.connect(changes.append)
    compose(field, "xian'qie'hua")
    commit(field, "鲜切花")
    assert changes == ["鲜切花"]


def test_a_picked_value_makes_way_and_comes_back(look: Look, show: Show) -> None:
    field = KINDS["pick"](look)
    assert isinstance(field, PickField)
    show(field, Field(look, "别的"))
    field.show_picked("2210", "浦东海关")
    field.setFocus()
    compose(field, "ji'chang")
    commit(field, "机场")
    assert field.text == "机场"
    for _ in range(3):
        QTest.keyClick(field.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text == "2210  浦东海关"
