"""The key is opened at the window: real files, argon2id and dialogs, by the keyboard; the window thread never waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.window.machine import PASSWORD, Machine
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.keys import RECOVERY_FILE
from yuyue_desktop.ui.dialogs import key_questions
from yuyue_desktop.ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from yuyue_desktop.ui.dialogs.secret_dialog import SecretDialog, SecretRequest
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.main_window import MainWindow
from yuyue_desktop.ui.opening.unlocking import ASKING_SYSTEM, Unlocking
from yuyue_desktop.ui.opening.view import OpeningView
from yuyue_desktop.ui.pages.opening_page import OpeningPage
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.text import Text

pytestmark = pytest.mark.thorough

ENTER, ESCAPE, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Tab
NEW_PASSWORD = "another one, thought of later"
MOST_STOPS = 8


class Start:
    """One start of the program on a machine, up to the key; what the clerk does is done by keys."""

    def __init__(self, qtbot: QtBot, machine: Machine, *, is_practice: bool = False) -> None:
        self._qtbot = qtbot
        look = Look()
        self.window = MainWindow(look, is_practice=is_practice)
        qtbot.addWidget(self.window)
        page = OpeningPage(look, is_practice=is_practice)
        self.window.show_content(page)
        self.bridge = EventBridge()
        self.unlocking = Unlocking(OpeningView(look, self.window, page, self.bridge, is_practice), machine.keys)
        self.keys: list[bytes] = []
        self.refusals: list[YuyueError] = []
        self.unlocking.opened.connect(self.keys.append)
        self.unlocking.refused.connect(self.refusals.append)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def asked(self, request: SecretRequest) -> SecretDialog:
        """Wait for this question."""

        def found() -> SecretDialog | None:
            shown = [dialog for dialog in self.window.findChildren(SecretDialog) if dialog.isVisible()]
            return next((dialog for dialog in shown if self._says(dialog, request.explanation)), None)

        self._qtbot.waitUntil(lambda: found() is not None)
        dialog = found()
        assert dialog is not None
        self._qtbot.waitUntil(dialog.fields[0].editor.hasFocus)
        return dialog

    def write_down_the_code(self) -> str:
        """Wait for the recovery code and say that it is written down."""
        self._qtbot.waitUntil(lambda: bool(self.window.findChildren(RecoveryCodeDialog)))
        (dialog,) = self.window.findChildren(RecoveryCodeDialog)
        self._qtbot.waitUntil(dialog.confirmation.hasFocus)
        dialog.copy.click()
        self.press(SPACE, TAB, TAB)
        assert dialog.done.hasFocus()
        self.press(SPACE)
        return QApplication.clipboard().text()

    def type(self, *texts: str) -> None:
        """Type each text and press Enter."""
        for text in texts:
            focused = QApplication.focusWidget()
            assert focused is not None
            self._qtbot.keyClicks(focused, text)
            self.press(ENTER)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            self._qtbot.keyClick(focused, key)

    def take_other_way(self, dialog: SecretDialog) -> None:
        """Tab to the button of the other way, and press it."""
        for _ in range(MOST_STOPS):
            if dialog.other.hasFocus():
                break
            self.press(TAB)
        assert dialog.other.hasFocus()
        self.press(SPACE)

    def key(self) -> bytes:
        self._qtbot.waitUntil(lambda: bool(self.keys))
        return self.keys[0]

    def refusal(self) -> Code:
        self._qtbot.waitUntil(lambda: bool(self.refusals))
        return self.refusals[0].code

    def is_said_wrong(self, dialog: SecretDialog) -> str:
        self._qtbot.waitUntil(lambda: dialog.fields[0].condition is Condition.WRONG)
        return dialog.fields[0].message

    def end(self) -> None:
        self.bridge.close()
        self.window.release()
        self.window.close()

    @staticmethod
    def _says(dialog: SecretDialog, words: str) -> bool:
        return any(text.text() == words for text in dialog.findChildren(Text))


class Clerk:
    """Starts the program again and again, one at a time."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._starts: list[Start] = []

    def starts(self, machine: Machine, password: str | None = None, *, is_practice: bool = False) -> Start:
        self.ends()
        start = Start(self._qtbot, machine, is_practice=is_practice)
        self._starts.append(start)
        start.unlocking.start(password)
        return start

    def ends(self) -> None:
        for start in self._starts:
            start.end()


@pytest.fixture
def clerk(qtbot: QtBot) -> Iterator[Clerk]:
    clerk = Clerk(qtbot)
    yield clerk
    clerk.ends()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_with_a_key_store_only_the_code_is_shown_and_only_once(clerk: Clerk, machine: Machine) -> None:
    start = clerk.starts(machine)
    code = start.write_down_the_code()
    key = start.key()
    assert machine.keys.open_from_system().key == key
    assert len(code.replace("-", "")) == 30
    machine.make_store(key)
    again = clerk.starts(machine)
    assert again.key() == key
    assert not again.window.findChildren(RecoveryCodeDialog)


def test_the_key_store_is_never_asked_by_the_window_thread(clerk: Clerk, machine: Machine, qtbot: QtBot) -> None:
    machine.key_store.gate.clear()
    start = clerk.starts(machine)
    said = start.window.findChildren(Text)
    qtbot.waitUntil(lambda: any(text.text() == ASKING_SYSTEM for text in said))
    machine.key_store.gate.set()
    start.write_down_the_code()
    assert start.key()
    assert threading.get_ident() not in machine.key_store.asked_in


def test_without_a_key_store_a_password_is_set_and_asked_from_then_on(clerk: Clerk, machine: Machine) -> None:
    machine.key_store.is_shut = True
    start = clerk.starts(machine)
    start.asked(key_questions.FIRST_PASSWORD)
    start.type(PASSWORD, PASSWORD)
    start.write_down_the_code()
    key = start.key()
    machine.make_store(key)
    again = clerk.starts(machine)
    dialog = again.asked(key_questions.PASSWORD)
    again.type("not the password")
    assert "本机密码不对" in again.is_said_wrong(dialog)
    again.type(PASSWORD)
    assert again.key() == key


def test_a_key_store_that_comes_up_is_used(clerk: Clerk, machine: Machine) -> None:
    machine.key_store.is_shut = True
    start = clerk.starts(machine)
    dialog = start.asked(key_questions.FIRST_PASSWORD)
    machine.key_store.is_shut = False
    start.take_other_way(dialog)
    start.write_down_the_code()
    assert machine.key_store.keys == {"云岭": start.key()}


def test_a_lost_key_comes_back_by_the_code(clerk: Clerk, machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.lose_key_store()
    start = clerk.starts(machine)
    dialog = start.asked(key_questions.LOST_KEY)
    start.type("7K2PQ")
    assert "30 个字母和数字" in start.is_said_wrong(dialog)
    dialog.fields[0].editor.selectAll()
    start.type(first.recovery_code)
    assert start.key() == first.key
    assert clerk.starts(machine).key() == first.key


def test_a_silent_key_store_can_be_asked_again(clerk: Clerk, machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.key_store.is_shut = True
    start = clerk.starts(machine)
    dialog = start.asked(key_questions.SILENT_KEY_STORE)
    machine.key_store.is_shut = False
    start.take_other_way(dialog)
    assert start.key() == first.key


def test_a_forgotten_password_is_replaced_by_the_code(clerk: Clerk, machine: Machine) -> None:
    first = machine.keys.open_with_password(PASSWORD)
    machine.make_store(first.key)
    start = clerk.starts(machine)
    start.take_other_way(start.asked(key_questions.PASSWORD))
    start.asked(key_questions.FORGOTTEN_PASSWORD)
    start.type(first.recovery_code)
    start.asked(key_questions.NEW_PASSWORD)
    start.type(NEW_PASSWORD, NEW_PASSWORD)
    assert start.key() == first.key
    assert machine.keys.open_with_password(NEW_PASSWORD).key == first.key


def test_leaving_is_told_and_opens_nothing(clerk: Clerk, machine: Machine, qtbot: QtBot) -> None:
    machine.make_store(machine.keys.open_with_password(PASSWORD).key)
    start = clerk.starts(machine)
    start.asked(key_questions.PASSWORD)
    with qtbot.waitSignal(start.unlocking.left):
        start.press(ESCAPE)
    assert not start.keys


def test_what_nobody_can_mend_is_refused(clerk: Clerk, machine: Machine, tmp_path: Path) -> None:
    machine.make_store(machine.keys.open_from_system().key)
    machine.lose_key_store()
    (tmp_path / RECOVERY_FILE).unlink()
    assert clerk.starts(machine).refusal() is Code.STORE_KEY_LOST


def test_a_password_handed_over_asks_nothing(clerk: Clerk, tmp_path: Path) -> None:
    machine = Machine(tmp_path, is_practice=True)
    first = clerk.starts(machine, PASSWORD, is_practice=True)
    key = first.key()
    machine.make_store(key)
    assert not first.window.findChildren(RecoveryCodeDialog)
    assert clerk.starts(machine, PASSWORD, is_practice=True).key() == key
    wrong = clerk.starts(machine, "not the password", is_practice=True)
    assert wrong.refusal() is Code.STORE_PASSWORD_WRONG
    assert not wrong.window.findChildren(SecretDialog)
