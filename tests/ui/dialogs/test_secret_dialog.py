"""Asking for a password or a code by the keyboard: nothing goes on that can't be right, a wrong one is said at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.dialogs.conftest import Window
from yuyue_desktop.ui.dialogs import key_questions
from yuyue_desktop.ui.dialogs.secret_dialog import NOT_THE_SAME, SecretDialog, SecretRequest
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.text import Text

PASSWORD = "a password of the clerk's own"
ENTER, ESCAPE, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Tab
EVERY_REQUEST = [value for value in vars(key_questions).values() if isinstance(value, SecretRequest)]


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def write(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def opened(qtbot: QtBot, look: Look, window: Window, request: SecretRequest) -> SecretDialog:
    dialog = SecretDialog(look, window, request)
    dialog.open()
    qtbot.waitUntil(dialog.fields[0].editor.hasFocus)
    return dialog


def test_enter_hands_the_password_over_once(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.PASSWORD)
    entered: list[str] = []
    dialog.entered.connect(entered.append)
    assert dialog.fields[0].editor.echoMode() is QLineEdit.EchoMode.Password
    write(qtbot, PASSWORD)
    press(qtbot, ENTER, ENTER)
    assert entered == [PASSWORD]
    assert dialog.isVisible()


def test_a_wrong_password_is_said_at_the_field_and_forgotten(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.PASSWORD)
    write(qtbot, "wrong")
    press(qtbot, ENTER)
    dialog.say_wrong("本机密码不对")
    field = dialog.fields[0]
    assert (field.condition, field.message, field.text) == (Condition.WRONG, "本机密码不对", "")
    assert field.editor.hasFocus()
    write(qtbot, PASSWORD)
    assert field.condition is Condition.FINE
    with qtbot.waitSignal(dialog.entered) as entered:
        press(qtbot, ENTER)
    assert entered.args == [PASSWORD]


def test_a_new_password_is_typed_twice(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.FIRST_PASSWORD)
    with qtbot.assertNotEmitted(dialog.entered):
        write(qtbot, "too short")
        press(qtbot, ENTER)
        assert "现为 9 个" in dialog.fields[0].message
        write(qtbot, " for it")
        press(qtbot, ENTER)
        assert dialog.fields[1].editor.hasFocus()
        press(qtbot, ENTER)
        assert dialog.fields[1].message == "请再输一次"
        write(qtbot, "too short for IT")
        press(qtbot, ENTER)
        assert dialog.fields[1].message == NOT_THE_SAME
    dialog.fields[1].editor.selectAll()
    write(qtbot, "too short for it")
    with qtbot.waitSignal(dialog.entered) as entered:
        press(qtbot, ENTER)
    assert entered.args == ["too short for it"]


def test_blanks_make_no_password_long_enough(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.NEW_PASSWORD)
    with qtbot.assertNotEmitted(dialog.entered):
        write(qtbot, " " * 20)
        press(qtbot, ENTER)
    assert dialog.fields[0].condition is Condition.WRONG


def test_a_miscopied_code_stays_to_be_corrected(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.LOST_KEY)
    assert dialog.fields[0].editor.echoMode() is QLineEdit.EchoMode.Normal
    write(qtbot, "7K2PQ-9XW3M")
    press(qtbot, ENTER)
    dialog.say_wrong("恢复码不对")
    assert dialog.fields[0].text == "7K2PQ-9XW3M"
    write(qtbot, "-ABCDE")
    with qtbot.waitSignal(dialog.entered) as entered:
        press(qtbot, ENTER)
    assert entered.args == ["7K2PQ-9XW3M-ABCDE"]


def test_escape_opens_nothing_and_keeps_nothing(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.PASSWORD)
    write(qtbot, PASSWORD)
    with qtbot.waitSignals([dialog.cancelled, dialog.closed]), qtbot.assertNotEmitted(dialog.entered):
        press(qtbot, ESCAPE)
    assert window.field.hasFocus()
    assert [line.text() for line in dialog.findChildren(QLineEdit)] == [""]


def test_another_way_is_reached_by_the_keyboard(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.PASSWORD)
    press(qtbot, TAB, TAB, TAB)  # past the eye
    assert dialog.other.hasFocus()
    with qtbot.waitSignal(dialog.other_wanted), qtbot.assertNotEmitted(dialog.cancelled):
        press(qtbot, SPACE)
    assert not dialog.isVisible()


def test_nothing_is_typed_or_left_another_way_while_it_opens(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, key_questions.PASSWORD)
    write(qtbot, PASSWORD)
    press(qtbot, ENTER)
    assert dialog.fields[0].editor.isReadOnly()
    assert not dialog.other.isEnabled()
    with qtbot.waitSignal(dialog.cancelled):
        press(qtbot, ESCAPE)


@pytest.mark.parametrize("request_", EVERY_REQUEST, ids=lambda request: request.title)
@pytest.mark.parametrize("is_large", [False, True])
def test_every_question_shows_all_its_words(
    qtbot: QtBot, look: Look, window: Window, request_: SecretRequest, is_large: bool
) -> None:
    look.choose(None, is_large=is_large)
    window.resize(1024, 640)
    dialog = opened(qtbot, look, window, request_)
    texts = [text for text in dialog.findChildren(Text) if text.text()]
    assert {request_.title, request_.explanation, request_.note} <= {text.text() for text in texts}
    for text in texts:
        needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
        assert text.height() >= needed
        assert text.width() >= text.minimumSizeHint().width()
    for field in dialog.fields:
        assert field.editor.accessibleName() in (request_.name, request_.again)
        assert request_.note.rstrip("。") in field.editor.accessibleDescription()


def test_without_another_way_there_is_no_button_for_it(qtbot: QtBot, look: Look, window: Window) -> None:
    dialog = opened(qtbot, look, window, replace(key_questions.PASSWORD, other=""))
    press(qtbot, TAB, TAB, TAB)  # past the eye
    assert dialog.act.hasFocus()
    assert not dialog.other.isVisible()
