"""What lies over the window keeps the keyboard, whatever happens under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.dialogs.conftest import Window
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.look.look import Look


def test_a_page_that_wants_the_keyboard_gets_it_once_the_dialog_is_answered(
    qtbot: QtBot, look: Look, window: Window
) -> None:
    window.setFocus()
    dialog = NoticeDialog(look, window, "卡被拔出或换过", "请插回原来的卡")
    dialog.open()
    qtbot.waitUntil(dialog.act.hasFocus)
    window.field.setFocus()
    assert dialog.act.hasFocus()
    QTest.keyClick(dialog.act, Qt.Key.Key_Return)
    assert window.field.hasFocus()


def test_the_upper_of_two_dialogs_has_the_keyboard(qtbot: QtBot, look: Look, window: Window) -> None:
    lower, upper = (NoticeDialog(look, window, title, "") for title in ("先", "后"))
    lower.open()
    upper.open()
    qtbot.waitUntil(upper.act.hasFocus)
    QTest.keyClick(upper.act, Qt.Key.Key_Return)
    assert lower.act.hasFocus()
    QTest.keyClick(lower.act, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is None or not lower.isAncestorOf(focused)
