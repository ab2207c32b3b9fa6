"""Buttons are pressed by keys, keep their size, and say their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.widgets.alt_keys import AltKeys
from yuyue_desktop.ui.widgets.button import Button, ButtonKind

Show = Callable[..., QWidget]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_focused_button(qtbot: QtBot, look: Look, show: Show, key: Qt.Key) -> None:
    button = Button(look, "暂存", keys="Alt+S")
    show(button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_an_icon_button_has_a_name_and_a_square(look: Look) -> None:
    button = Button(look, icon="cross", name="关闭")
    assert button.accessibleName() == "关闭"
    assert button.sizeHint() == QSize(32, 32)


def test_a_button_is_wide_enough_for_icon_text_and_key(look: Look) -> None:
    assert Button(look, "提交", icon="plane", keys="Alt+T").sizeHint().width() > Button(look, "提交").sizeHint().width()


def test_large_letters_make_buttons_higher_at_run_time(look: Look) -> None:
    button = Button(look, "提交", ButtonKind.PRIMARY)
    look.choose(Theme.DARK, is_large=True)
    assert button.height() == 36


def test_holding_alt_shows_the_key_without_moving_anything(look: Look, show: Show) -> None:
    button = Button(look, "打印", ButtonKind.GHOST, icon="print", held_keys="Alt+P")
    AltKeys(button, [button])
    handle = show(button).windowHandle()
    before, size = button.grab().toImage(), button.size()
    QTest.keyPress(handle, Qt.Key.Key_Alt)
    held = button.grab().toImage()
    QTest.keyRelease(handle, Qt.Key.Key_Alt)
    assert held != before
    assert button.grab().toImage() == before
    assert button.size() == size
