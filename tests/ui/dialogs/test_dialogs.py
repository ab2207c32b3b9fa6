"""Dialogs by the keyboard: what Enter and Esc do, where the focus is, and that no try is spent by accident (B15)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.dialogs.conftest import Window
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.dialogs import questions
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.dialogs.copy_dialog import CopyDialog
from yuyue_desktop.ui.dialogs.key_help import KEYS, KeyHelp
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog, PinRequest
from yuyue_desktop.ui.dialogs.pin_entry import CAPS_LOCK_WORDS, FULL_WIDTH_WORDS
from yuyue_desktop.ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.chip import Chip
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.text import Text

ENTER, ESCAPE, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Tab
REQUEST = PinRequest([("要签的", "预约通关申请单 YTG202600000000274"), ("用哪张卡", "卡号 8910 0000 6037")])


@pytest.fixture
def dialog(qtbot: QtBot, look: Look, window: Window) -> PinDialog:
    dialog = PinDialog(look, window, REQUEST)
    dialog.show_tries(3, 5)
    dialog.open()
    qtbot.waitUntil(dialog.entry.field.editor.hasFocus)
    return dialog


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def write(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def test_enter_hands_the_pin_over_once_and_forgets_it(dialog: PinDialog, qtbot: QtBot) -> None:
    pins: list[str] = []
    dialog.pin_entered.connect(pins.append)
    write(qtbot, "123456")
    press(qtbot, ENTER)
    press(qtbot, ENTER)
    assert pins == ["123456"]
    assert dialog.entry.field.text == ""
    assert dialog.findChildren(QLineEdit)[0].text() == ""


def test_escape_signs_nothing_and_gives_the_focus_back(dialog: PinDialog, window: Window, qtbot: QtBot) -> None:
    write(qtbot, "123456")
    with qtbot.waitSignals([dialog.cancelled, dialog.closed]), qtbot.assertNotEmitted(dialog.pin_entered):
        press(qtbot, ESCAPE)
    assert window.field.hasFocus()


def test_the_focus_goes_to_the_next_stop_where_what_had_it_was_locked(look: Look, window: Window) -> None:
    after = QLineEdit(window)
    after.show()
    dialog = PinDialog(look, window, REQUEST)
    dialog.open()
    window.field.setEnabled(False)
    dialog.dismiss()
    assert after.hasFocus()


def test_tries_left_are_said_before_typing(dialog: PinDialog) -> None:
    assert dialog.entry.tries.accessibleName() == "还可试 3 次"
    assert not dialog.confirmation.isVisible()


def test_at_the_last_try_enter_is_dead_until_it_is_confirmed(look: Look, window: Window, qtbot: QtBot) -> None:
    dialog = PinDialog(look, window, REQUEST)
    dialog.show_tries(1, 5)
    dialog.open()
    assert dialog.confirmation.hasFocus()
    assert not dialog.act.isEnabled()
    with qtbot.assertNotEmitted(dialog.pin_entered):
        dialog.entry.field.setFocus()
        write(qtbot, "123456")
        press(qtbot, ENTER)
    assert dialog.entry.field.text == ""
    dialog.confirmation.setFocus()
    press(qtbot, SPACE)
    assert dialog.entry.field.editor.hasFocus()
    assert dialog.act.isEnabled()
    write(qtbot, "123456")
    with qtbot.waitSignal(dialog.pin_entered) as entered:
        press(qtbot, ENTER)
    assert entered.args == ["123456"]


def test_a_wrong_pin_is_said_and_the_next_try_can_be_typed(dialog: PinDialog, qtbot: QtBot) -> None:
    write(qtbot, "000000")
    press(qtbot, ENTER)
    dialog.say_wrong("卡密码不对", 2, 5)
    assert dialog.entry.tries.accessibleName() == "还可试 2 次"
    assert dialog.entry.field.condition is Condition.WRONG
    write(qtbot, "123456")
    with qtbot.waitSignal(dialog.pin_entered):
        press(qtbot, ENTER)


def test_after_a_wrong_pin_the_last_try_must_be_confirmed_anew(dialog: PinDialog, qtbot: QtBot) -> None:
    write(qtbot, "000000")
    press(qtbot, ENTER)
    dialog.say_wrong("卡密码不对", 1, 5)
    assert dialog.confirmation.isVisible()
    with qtbot.assertNotEmitted(dialog.pin_entered):
        dialog.entry.field.setFocus()
        write(qtbot, "123456")
        press(qtbot, ENTER)


@pytest.mark.parametrize(
    ("typed", "words"), [("12345", "现为 5 位"), ("", "还没有输入"), ("１２３４５６", FULL_WIDTH_WORDS)]
)
def test_what_can_be_no_pin_never_reaches_the_card(dialog: PinDialog, qtbot: QtBot, typed: str, words: str) -> None:
    dialog.entry.field.editor.insert(typed)
    with qtbot.assertNotEmitted(dialog.pin_entered):
        press(qtbot, ENTER)
    assert words in dialog.entry.field.message


def test_caps_lock_is_told_from_what_is_typed(dialog: PinDialog, qtbot: QtBot) -> None:
    write(qtbot, "a1")
    assert dialog.entry.field.message == ""
    write(qtbot, "A")  # a capital without Shift
    assert dialog.entry.field.message == CAPS_LOCK_WORDS


def test_no_shortcut_of_the_window_acts_under_a_dialog(dialog: PinDialog, window: Window, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.shortcut_acted):
        press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    dialog.dismiss()
    with qtbot.waitSignal(window.shortcut_acted):
        press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)


def test_tab_stays_inside_the_dialog(dialog: PinDialog, qtbot: QtBot) -> None:
    for _ in range(7):
        press(qtbot, TAB)
        assert dialog.isAncestorOf(QApplication.focusWidget() or dialog)


def test_a_dialog_follows_its_window(dialog: PinDialog, window: Window, qtbot: QtBot) -> None:
    window.resize(1280, 700)
    qtbot.waitUntil(lambda: dialog.size() == window.size())


def test_deleting_says_how_many_and_enter_is_harmless(look: Look, window: Window, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(look, window, questions.delete_drafts(3))
    dialog.open()
    assert dialog.keep.hasFocus()
    assert dialog.act.text() == "删除 3 份"
    with qtbot.waitSignal(dialog.answered) as answered:
        press(qtbot, ENTER)
    assert answered.args == [False]


def test_the_act_is_one_key_away(look: Look, window: Window, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(look, window, questions.delete_drafts(1))
    dialog.open()
    press(qtbot, Qt.Key.Key_Right)
    with qtbot.waitSignal(dialog.answered) as answered:
        press(qtbot, ENTER)
    assert answered.args == [True]
    assert window.field.hasFocus()


@pytest.mark.parametrize(
    "question",
    [
        questions.delete_drafts(2),
        questions.send_explanation(()),
        questions.cancel_application(()),
        questions.leave_with_waiting(4),
    ],
)
def test_no_question_shouts(question: object) -> None:
    assert "！" not in repr(question)


def test_the_key_help_opens_and_closes_with_keys(look: Look, window: Window, qtbot: QtBot) -> None:
    for key, modifier in ((Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier), (ESCAPE, Qt.KeyboardModifier.NoModifier)):
        page = KeyHelp(look, window)
        page.open()
        with qtbot.waitSignal(page.closed):
            press(qtbot, key, modifier)
        assert window.field.hasFocus()


def test_the_key_help_is_read_aloud_whole(look: Look, window: Window) -> None:
    spoken = KeyHelp(look, window).accessibleDescription()
    assert all(f"{key} {words}" in spoken for _, keys in KEYS for key, words in keys)


def test_the_recovery_code_stays_until_it_is_written_down(look: Look, window: Window, qtbot: QtBot) -> None:
    dialog = RecoveryCodeDialog(look, window, "K7QX2-9FM3T-PW4HD-8RVCN")
    dialog.open()
    with qtbot.assertNotEmitted(dialog.kept):
        press(qtbot, ESCAPE)
        dialog.done.click()
    assert dialog.isVisible()
    assert dialog.confirmation.hasFocus()
    press(qtbot, SPACE)
    with qtbot.waitSignals([dialog.closed, dialog.kept]):
        dialog.done.click()


def test_the_recovery_code_can_be_copied(look: Look, window: Window) -> None:
    dialog = RecoveryCodeDialog(look, window, "K7QX2-9FM3T")
    dialog.open()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "K7QX2-9FM3T"


def test_practice_is_marked_in_every_dialog(look: Look, window: Window) -> None:
    for dialog in (
        PinDialog(look, window, REQUEST, is_practice=True),
        ConfirmDialog(look, window, questions.delete_drafts(1), is_practice=True),
        KeyHelp(look, window, is_practice=True),
        RecoveryCodeDialog(look, window, "K7", is_practice=True),
    ):
        assert "练习" in {chip.accessibleName() for chip in dialog.findChildren(Chip)}


def test_a_title_of_the_manual_stands_there_whole(look: Look, window: Window) -> None:
    """S3's sentence is longer than a line of the dialog."""
    inserted, bound = "8600000000002", "8600000000001"
    sentence = words(Code.CARD_MISMATCH, {"inserted": inserted, "bound": bound}).title
    dialog = NoticeDialog(look, window, sentence, "", is_practice=True)
    dialog.open()
    (title,) = (text for text in dialog.findChildren(Text) if text.text() == sentence)
    assert title.height() >= title.heightForWidth(title.width())
    assert title.width() >= title.minimumSizeHint().width()
    dialog.escape()


@pytest.mark.parametrize(("keys", "with_files"), [((ENTER,), True), ((TAB, TAB, SPACE), False)])
def test_copying_asks_whether_files_come_along(
    look: Look, window: Window, qtbot: QtBot, keys: tuple[Qt.Key, ...], with_files: bool
) -> None:
    dialog = CopyDialog(look, window, 2)
    dialog.open()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        for key in keys:
            press(qtbot, key)
    assert chosen.args == [with_files]
    assert window.field.hasFocus()


def test_leaving_the_question_copies_nothing(look: Look, window: Window, qtbot: QtBot) -> None:
    dialog = CopyDialog(look, window, 2)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.chosen):
        press(qtbot, ESCAPE)
    assert window.field.hasFocus()
