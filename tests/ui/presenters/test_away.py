"""Nobody at the machine: the window's own acts, the system's messages, and what is said on coming back (B15)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.card import FakeCard, SoftCard, soft_card
from tests.ui.presenters.conftest import Desk
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import CardChanged, LinkChanged
from yuyue_desktop.domain.limits import CARD_IDLE_MINUTES
from yuyue_desktop.domain.texts import words as words_of
from yuyue_desktop.services.away import Absence
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.dialogs.pin_change_dialog import PinChangeDialog
from yuyue_desktop.ui.presenters.away import IDLE_MINUTES, Away
from yuyue_desktop.ui.presenters.pin_change import change_pin
from yuyue_desktop.ui.presenters.settings import Appearance, open_settings
from yuyue_desktop.ui.system_absence import LOGIND, BusAbsence, absence_in_message
from yuyue_desktop.wire.envelope import JwsCodec

SESSION_CHANGE, POWER = 0x02B1, 0x0218


@dataclass
class Machine:
    """A window at an unlocked card, a clock by hand."""

    desk: Desk
    card: SoftCard
    session: CardSession
    now_s: float = 1000.0
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window = self.desk.surface.window
        self.away = Away(self.window, self.session, self.desk.remembered, self.told.append, lambda: self.now_s)

    def is_locked(self) -> bool:
        return self.session.unlocked is None

    def pass_minutes(self, minutes: int) -> None:
        for _ in range(minutes * 12):
            self.now_s += 5
            self.away._watch.tick()

    def press(self) -> None:
        """A key, as it comes from the system."""
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Shift)


@pytest.fixture
def machine(desk: Desk) -> Iterator[Machine]:
    card = soft_card()
    with ThreadPoolExecutor(1) as workers:
        session = CardSession(FakeCard(lambda _event: None, card), JwsCodec(), workers, lambda _event: None)
        session.unlock(card.pin)
        yield Machine(desk, card, session)


def test_typing_keeps_the_login_and_stopping_ends_it(machine: Machine) -> None:
    machine.away.choose_minutes(5)
    for _ in range(3):
        machine.pass_minutes(4)
        machine.press()
    assert not machine.is_locked()
    machine.pass_minutes(5)
    assert machine.is_locked()
    assert machine.told == [], "nobody is there to read it"
    machine.press()
    machine.press()
    assert machine.told == ["5 分钟没有操作。下次签名时再输卡密码，草稿都在。"]


def test_the_chosen_time_is_kept_for_the_next_start(machine: Machine, qtbot: QtBot) -> None:
    surface = machine.desk.surface
    dialog = open_settings(surface, Appearance(surface.look, machine.desk.remembered), away=machine.away)
    assert dialog.spans is not None
    assert dialog.spans.index == 1
    dialog.spans.chosen.emit(3)
    qtbot.waitUntil(lambda: machine.desk.remembered.text(IDLE_MINUTES) == "60")
    again = QWidget()
    qtbot.addWidget(again)
    kept = Away(again, machine.session, machine.desk.remembered, print)
    assert kept.minutes == machine.away.minutes == CARD_IDLE_MINUTES[3]


@pytest.mark.parametrize(
    ("message", "argument", "absence"),
    [
        (SESSION_CHANGE, 0x7, Absence.SCREEN_LOCKED),
        (SESSION_CHANGE, 0x4, Absence.SCREEN_LOCKED),
        (SESSION_CHANGE, 0x8, None),
        (POWER, 0x4, Absence.SLEPT),
        (POWER, 0x7, None),
        (0x0100, 0x7, None),
    ],
)
def test_what_windows_says(message: int, argument: int, absence: Absence | None) -> None:
    assert absence_in_message(message, argument) is absence


@pytest.fixture
def bus() -> Iterator[QDBusConnection]:
    """A D-Bus of this test's own, in place of the system's."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout is not None
    yield QDBusConnection.connectToBus(daemon.stdout.readline().strip(), "away-test")
    QDBusConnection.disconnectFromBus("away-test")
    daemon.kill()
    daemon.wait()
    daemon.stdout.close()


@pytest.mark.parametrize(
    ("name", "arguments", "absence"),
    [
        ("Manager.PrepareForSleep", [True], Absence.SLEPT),
        ("Session.Lock", [], Absence.SCREEN_LOCKED),
    ],
)
def test_what_linux_says(
    bus: QDBusConnection, qtbot: QtBot, name: str, arguments: list[object], absence: Absence
) -> None:
    heard: list[Absence] = []
    listener = BusAbsence(bus, heard.append)
    interface, _, member = name.partition(".")
    signal = QDBusMessage.createSignal("/org/freedesktop/login1", f"{LOGIND}.{interface}", member)
    signal.setArguments(arguments)
    assert bus.send(signal)
    qtbot.waitUntil(lambda: heard == [absence])
    del listener


def test_the_pin_is_changed_from_the_settings(machine: Machine, qtbot: QtBot) -> None:
    surface = machine.desk.surface
    surface.window.show()
    settings = open_settings(surface, Appearance(surface.look, machine.desk.remembered), away=machine.away)
    assert settings.change_pin is not None
    settings.change_pin.click()
    qtbot.waitUntil(lambda: bool(surface.window.findChildren(PinChangeDialog)))
    (dialog,) = surface.window.findChildren(PinChangeDialog)
    old = machine.card.pin
    dialog.entry.field.set_text(old)
    for again, words in (("8765432", "不同"), ("", "不同")):
        dialog.new.set_text("87654321")
        dialog.again.set_text(again)
        dialog.act.click()
        assert words in dialog._problem.text()
    dialog.new.set_text(old)
    dialog.act.click()
    assert "相同" in dialog._problem.text()
    dialog.new.set_text("87654321")
    dialog.again.set_text("87654321")
    dialog.act.click()
    qtbot.waitUntil(lambda: bool(surface.window.findChildren(NoticeDialog)))
    assert machine.card.pin == "87654321"
    assert machine.is_locked()


def test_a_wrong_pin_stays_in_the_dialog_with_what_was_said(machine: Machine, qtbot: QtBot) -> None:
    surface = machine.desk.surface
    surface.window.show()
    settings = open_settings(surface, Appearance(surface.look, machine.desk.remembered), away=machine.away)
    assert settings.change_pin is not None
    settings.change_pin.click()
    qtbot.waitUntil(lambda: bool(surface.window.findChildren(PinChangeDialog)))
    (dialog,) = surface.window.findChildren(PinChangeDialog)
    dialog.entry.field.set_text("00000000")
    for entry in (dialog.new, dialog.again):
        entry.set_text("87654321")
    dialog.act.click()
    qtbot.waitUntil(lambda: "卡密码不对" in dialog.entry._words.text())
    assert (dialog.new.text, dialog.again.text) == ("", "")
    assert machine.card.pin != "87654321"


def test_pulling_the_card_ends_the_change_of_its_pin(machine: Machine, qtbot: QtBot) -> None:
    surface = machine.desk.surface
    surface.window.show()
    change_pin(surface, machine.session)
    qtbot.waitUntil(lambda: bool(surface.window.findChildren(PinChangeDialog)))
    (dialog,) = surface.window.findChildren(PinChangeDialog)
    dialog.entry.field.set_text("123456")
    surface.bridge.publish(CardChanged(CardState.PRESENT))
    surface.bridge.publish(CardChanged(CardState.ABSENT))
    qtbot.waitUntil(lambda: bool(surface.window.findChildren(NoticeDialog)))
    assert not surface.window.findChildren(PinChangeDialog)
    (notice,) = surface.window.findChildren(NoticeDialog)
    assert notice.accessibleName() == words_of(Code.CARD_CHANGED).title
    surface.bridge.publish(CardChanged(CardState.ABSENT))
    surface.bridge.publish(LinkChanged(is_up=True))
    with qtbot.waitSignal(surface.bridge.arrived, check_params_cb=lambda event: isinstance(event, LinkChanged)):
        pass
    assert surface.window.findChildren(NoticeDialog) == [notice], "said once"
    assert machine.card.pins_seen == [machine.card.pin], "the log-in's alone"
