"""The look as the clerk chose it: in force at once, kept for the next start, true to the system's (S10)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.presenters.conftest import Desk
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
