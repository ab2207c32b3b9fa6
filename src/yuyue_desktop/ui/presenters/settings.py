"""设置 at work: the look as the clerk chose it, in force at once, kept for the next start, true to the system's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from yuyue_desktop.ui.dialogs.settings_dialog import SettingsDialog
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.presenters.remembering import YES, Remembered
from yuyue_desktop.ui.presenters.surface import Surface

THEME, LARGE_LETTERS = "theme", "large_letters"
"""Settings: the name of a Theme, empty to follow the system; YES for 大字."""

CHOICES: tuple[tuple[str, Theme | None], ...] = (("跟随系统", None), ("浅色", Theme.LIGHT), ("深色", Theme.DARK))
"""What may be chosen; None follows the system."""


def system_theme() -> Theme:
    """What the system is set to; its high contrast goes before light and dark (S10)."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Theme.HIGH_CONTRAST
    return Theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Theme.LIGHT


class Appearance(QObject):
    """Keeps `look` as it was chosen; made once the store is open, lives as long as the window.

    `system` tells what the system is set to, whenever that changes.
    """

    def __init__(self, look: Look, remembered: Remembered, system: Callable[[], Theme] = system_theme) -> None:
        super().__init__()
        self._system = system
        self._look = look
        self._remembered = remembered
        name = remembered.text(THEME)
        self._theme = next((theme for _, theme in CHOICES if theme == name), None)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._apply())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _preference: self._apply())
        look.choose(is_large=remembered.text(LARGE_LETTERS) == YES)
        self._apply()

    @property
    def theme(self) -> Theme | None:
        """The chosen theme, None while the system's is followed."""
        return self._theme

    @property
    def is_large(self) -> bool:
        """Whether 大字 is on."""
        return self._look.is_large

    def choose_theme(self, theme: Theme | None) -> None:
        """Take a theme, or follow the system."""
        self._theme = theme
        self._remembered.keep(THEME, theme or "")
        self._apply()

    def choose_large(self, *, is_large: bool) -> None:
        """大字 on or off."""
        self._remembered.keep(LARGE_LETTERS, YES if is_large else "")
        self._look.choose(is_large=is_large)

    def _apply(self) -> None:
        self._look.choose(self._theme or self._system())


def open_settings(surface: Surface, appearance: Appearance) -> SettingsDialog:
    """Show the settings over the window; each choice is in force at once."""
    places = [theme for _, theme in CHOICES]
    dialog = SettingsDialog(
        surface.look,
        surface.window,
        [title for title, _ in CHOICES],
        theme=places.index(appearance.theme),
        is_large=appearance.is_large,
        is_practice=surface.is_practice,
    )
    dialog.theme_chosen.connect(lambda place: appearance.choose_theme(places[place]))
    dialog.large_chosen.connect(lambda is_large: appearance.choose_large(is_large=is_large))
    dialog.open()
    return dialog
