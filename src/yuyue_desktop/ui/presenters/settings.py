"""设置 at work: look and way to the card as the clerk chose them, in force at once, kept for the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.limits import CARD_IDLE_MINUTES
from yuyue_desktop.services.card_findings import way_words
from yuyue_desktop.services.card_way import CardWay, WayChoice
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.ui.dialogs.settings_dialog import SettingsDialog, WayRow
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.presenters.away import Away
from yuyue_desktop.ui.presenters.moving import Movable, MovingPresenter
from yuyue_desktop.ui.presenters.pin_change import change_pin
from yuyue_desktop.ui.presenters.remembering import YES, Remembered
from yuyue_desktop.ui.presenters.surface import Surface

THEME, LARGE_LETTERS = "theme", "large_letters"
"""Settings: the name of a Theme, empty to follow the system; YES for 大字."""

CHOICES: tuple[tuple[str, Theme | None], ...] = (("跟随系统", None), ("浅色", Theme.LIGHT), ("深色", Theme.DARK))
"""What may be chosen; None follows the system."""

WAYS: tuple[tuple[str, CardRoute], ...] = (
    ("自动", CardRoute.FITTING),
    ("驱动", CardRoute.DRIVER),
    ("客户端控件", CardRoute.CONTROL),
)
"""The ways to the card that may be chosen (B15)."""
DRIVER_FILES = "驱动文件 (*.dll *.so)"


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


def open_settings(
    surface: Surface,
    appearance: Appearance,
    card_way: CardWay | None = None,
    *,
    connecting: Connecting | None = None,
    away: Away | None = None,
    moving: Movable | None = None,
) -> SettingsDialog:
    """Show the settings over the window; each choice is in force at once.

    In practice the card's way is given, and there is no proxy.
    """
    places = [theme for _, theme in CHOICES]
    is_way_open = card_way is not None and not surface.is_practice
    dialog = SettingsDialog(
        surface.look,
        surface.window,
        [title for title, _ in CHOICES],
        theme=places.index(appearance.theme),
        is_large=appearance.is_large,
        way=_way_row(card_way) if card_way is not None and is_way_open else None,
        proxy=connecting.proxy if connecting is not None else None,
        is_practice=surface.is_practice,
    )
    dialog.theme_chosen.connect(lambda place: appearance.choose_theme(places[place]))
    dialog.large_chosen.connect(lambda is_large: appearance.choose_large(is_large=is_large))
    if card_way is not None and is_way_open:
        _connect_way(dialog, surface, card_way)
    if connecting is not None and dialog.proxy is not None:
        dialog.proxy.chosen.connect(connecting.choose)
    if away is not None:
        _offer_card(dialog, surface, away)
    if moving is not None:
        mover = MovingPresenter(surface, moving, surface.window)
        dialog.add_moving()
        dialog.export_asked.connect(mover.ask_export)
        dialog.import_asked.connect(mover.ask_import)
    dialog.open()
    return dialog


def _connect_way(dialog: SettingsDialog, surface: Surface, card_way: CardWay) -> None:
    def choose(choice: WayChoice) -> None:
        try:
            card_way.choose(choice)
        except YuyueError as error:
            surface.tell(error)
        dialog.show_way(_way_row(card_way))

    def ask_file() -> None:
        question = QFileDialog(surface.window, "选择卡的驱动文件", card_way.choice.driver, DRIVER_FILES)
        question.fileSelected.connect(lambda file: choose(WayChoice(CardRoute.DRIVER, QDir.toNativeSeparators(file))))
        question.finished.connect(question.deleteLater)
        question.open()

    dialog.way_chosen.connect(lambda place: choose(replace(card_way.choice, route=WAYS[place][1])))
    dialog.file_asked.connect(ask_file)


def _way_row(card_way: CardWay) -> WayRow:
    routes = [route for _, route in WAYS]
    notes = {
        CardRoute.FITTING: "有驱动就用驱动，没有就用客户端控件",
        CardRoute.DRIVER: "登录时输一次卡密码",
        CardRoute.CONTROL: "每次签名都输一次卡密码",
    }
    chosen = card_way.choice.route
    return WayRow(
        [title for title, _ in WAYS],
        routes.index(chosen),
        routes.index(CardRoute.DRIVER),
        f"{notes[chosen]}。现在用：{way_words(card_way.in_use)}",
    )


def _offer_card(dialog: SettingsDialog, surface: Surface, away: Away) -> None:
    dialog.add_card([f"{minutes} 分钟" for minutes in CARD_IDLE_MINUTES], CARD_IDLE_MINUTES.index(away.minutes))
    dialog.span_chosen.connect(lambda place: away.choose_minutes(CARD_IDLE_MINUTES[place]))
    dialog.pin_change_asked.connect(lambda: change_pin(surface, away.card))
