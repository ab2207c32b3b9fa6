"""The look as the clerk chose it: in force at once, kept for the next start, true to the system's (S10)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.presenters.conftest import Desk
from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay
from yuyue_desktop.services.card_way import CardWay, WayChoice, WayInUse
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.presenters.settings import LARGE_LETTERS, THEME, Appearance, open_settings, system_theme


def kept(desk: Desk, name: str) -> str:
    desk.store.writer.remember_setting("wait for the one before", "").result(10)
    return desk.remembered.text(name)


def test_at_first_the_system_is_followed(desk: Desk) -> None:
    appearance = Appearance(desk.surface.look, desk.remembered)
    assert (appearance.theme, appearance.is_large) == (None, False)
    assert desk.surface.look.theme is system_theme() is Theme.LIGHT


def test_a_choice_is_in_force_at_once_and_after_the_next_start(desk: Desk) -> None:
    appearance = Appearance(desk.surface.look, desk.remembered)
    appearance.choose_theme(Theme.DARK)
    appearance.choose_large(is_large=True)
    assert (desk.surface.look.theme, desk.surface.look.is_large) == (Theme.DARK, True)
    assert (kept(desk, THEME), kept(desk, LARGE_LETTERS)) == ("dark", "1")
    look = Look()
    again = Appearance(look, desk.remembered)
    assert (look.theme, look.is_large, again.theme) == (Theme.DARK, True, Theme.DARK)
    again.choose_theme(None)
    again.choose_large(is_large=False)
    assert (kept(desk, THEME), kept(desk, LARGE_LETTERS)) == ("", "")
    assert (look.theme, look.is_large) == (Theme.LIGHT, False)


def test_a_theme_that_this_program_does_not_know_follows_the_system(desk: Desk) -> None:
    desk.remembered.keep(THEME, "sepia")
    assert kept(desk, THEME) == "sepia"
    assert Appearance(desk.surface.look, desk.remembered).theme is None


def test_the_systems_change_is_followed_only_where_it_is_asked_for(desk: Desk) -> None:
    look, system = desk.surface.look, System()
    appearance = Appearance(look, desk.remembered, system)
    seen = []
    for theme in (Theme.DARK, Theme.HIGH_CONTRAST, Theme.LIGHT):
        system.change(theme)
        seen.append(look.theme)
    appearance.choose_theme(Theme.LIGHT)
    system.change(Theme.DARK)
    seen.append(look.theme)
    appearance.choose_theme(None)
    seen.append(look.theme)
    assert seen == [Theme.DARK, Theme.HIGH_CONTRAST, Theme.LIGHT, Theme.LIGHT, Theme.DARK]


class System:
    """A system whose colours a test changes; it says so as Qt's own hints do."""

    def __init__(self) -> None:
        self.theme = Theme.LIGHT

    def __call__(self) -> Theme:
        return self.theme

    def change(self, theme: Theme) -> None:
        self.theme = theme
        hints = QGuiApplication.styleHints()
        if theme is Theme.HIGH_CONTRAST:
            hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
        else:
            hints.colorSchemeChanged.emit(Qt.ColorScheme.Unknown)


def test_everything_can_be_chosen_by_keys(desk: Desk, qtbot: QtBot) -> None:
    desk.surface.window.show()
    appearance = Appearance(desk.surface.look, desk.remembered)
    dialog = open_settings(desk.surface, appearance)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QRadioButton))
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Right)
    assert appearance.theme is Theme.DARK
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.large
    press(qtbot, Qt.Key.Key_Space)
    assert appearance.is_large
    with qtbot.waitSignal(dialog.closed):
        press(qtbot, Qt.Key.Key_Escape)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def test_the_dialog_shows_what_holds(desk: Desk) -> None:
    appearance = Appearance(desk.surface.look, desk.remembered)
    appearance.choose_theme(Theme.DARK)
    appearance.choose_large(is_large=True)
    dialog = open_settings(desk.surface, appearance)
    assert (dialog.themes.index, dialog.large.isChecked()) == (2, True)
    assert (dialog.themes.accessibleName(), dialog.large.accessibleName()) == ("颜色", "大字")
    assert "大两号" in dialog.large.accessibleDescription()


def card_way(desk: Desk) -> tuple[CardWay, list[WayInUse]]:
    """A machine with one driver installed, and what was put to use."""
    used: list[WayInUse] = []

    def find(choice: WayChoice) -> WayInUse:
        is_by_control = choice.route is CardRoute.CONTROL
        return WayInUse(is_by_control, "" if is_by_control else choice.driver or r"C:\Windows\System32\OpsP11.dll")

    way = CardWay(
        reader=desk.store.reader, writer=desk.store.writer, of_profile=WayChoice(), find=find, use=used.append
    )
    return way, used


def test_the_way_to_the_card_is_chosen_by_keys_and_said(desk: Desk, qtbot: QtBot) -> None:
    desk.surface.window.show()
    way, used = card_way(desk)
    dialog = open_settings(desk.surface, Appearance(desk.surface.look, desk.remembered), way)
    assert dialog.ways is not None
    assert dialog.ways.accessibleName() == "读卡方式"
    assert dialog.in_use.text().endswith("现在用：驱动 OpsP11.dll")
    assert not dialog.file.isVisible()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QRadioButton))
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Right)
    assert dialog.file.isVisible()
    press(qtbot, Qt.Key.Key_Right)
    assert dialog.in_use.text() == "每次签名都输一次卡密码。现在用：客户端控件"
    assert not dialog.file.isVisible()
    assert [one.is_by_control for one in used] == [False, True]
    assert way.choice == WayChoice(CardRoute.CONTROL)


def test_in_practice_the_practice_card_is_given(desk: Desk) -> None:
    way, _ = card_way(desk)
    surface = replace(desk.surface, is_practice=True)
    assert open_settings(surface, Appearance(surface.look, desk.remembered), way).ways is None


def test_a_proxy_by_hand_is_in_force_once_it_can_be_used_and_after_the_next_start(desk: Desk) -> None:
    applied: list[ProxySettings] = []

    def connecting() -> Connecting:
        reader, writer = desk.store.reader, desk.store.writer
        return Connecting(reader, writer, apply=applied.append, wake_sync=lambda: None)

    at_work = connecting()
    dialog = open_settings(desk.surface, Appearance(desk.surface.look, desk.remembered), connecting=at_work)
    assert dialog.proxy is not None
    fields = dialog.proxy
    assert not fields.server.isVisibleTo(dialog)
    fields.ways.findChildren(QRadioButton)[2].click()
    assert fields.server.isVisibleTo(dialog)
    assert applied == [ProxySettings()]
    for field, text in ((fields.server, "10.1.2.3"), (fields.user, "yunling"), (fields.password, "s3cret")):
        QTest.keyClicks(field.editor, text)
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert "10.1.2.3:8080" in fields.server.message
    assert applied == [ProxySettings()]
    QTest.keyClicks(fields.server.editor, ":8080")
    QTest.keyClick(fields.server.editor, Qt.Key.Key_Return)
    wanted = ProxySettings(ProxyWay.MANUAL, "10.1.2.3:8080", "yunling", "s3cret")
    assert applied[-1] == wanted
    assert kept(desk, "proxy")
    assert connecting().proxy == wanted
    assert applied[-1] == wanted
