"""The chosen look: hands out colours, fonts, icons and measures, tells when they change; knows no page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from yuyue_desktop.ui.look.icons import Icons
from yuyue_desktop.ui.look.stylesheet import stylesheet
from yuyue_desktop.ui.look.system_colours import system_colours
from yuyue_desktop.ui.look.tokens import DARK, FAMILIES, LARGE_STEP, LIGHT, Measures, Role, measures


class Theme(StrEnum):
    """By day, by night, or the system's own high-contrast colours."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Look(QObject):
    """Tokens of the chosen theme and density: the first constructor argument of every widget.

    `changed` is emitted after theme, letter size or density changed: a widget then sets its fonts and repaints.
    """

    changed = Signal()

    def __init__(self, theme: Theme = Theme.LIGHT, *, is_large: bool = False, is_compact: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._is_large = is_large
        self._is_compact = is_compact
        self._renew()

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    @property
    def is_large(self) -> bool:
        """Whether 大字 is on: every letter 2 px larger."""
        return self._is_large

    @property
    def is_compact(self) -> bool:
        """Whether the window is low, so that fields and gaps are tighter."""
        return self._is_compact

    @property
    def measures(self) -> Measures:
        """Heights and gaps at the density in force."""
        return self._measures

    @property
    def icons(self) -> Icons:
        """The icons, painted in the colours in force."""
        return self._icons

    def choose(
        self, theme: Theme | None = None, *, is_large: bool | None = None, is_compact: bool | None = None
    ) -> None:
        """Takes another theme, letter size or density; what is None stays. Emits `changed` if anything differs."""
        before = (self._theme, self._is_large, self._is_compact)
        self._theme = self._theme if theme is None else theme
        self._is_large = self._is_large if is_large is None else is_large
        self._is_compact = self._is_compact if is_compact is None else is_compact
        if before != (self._theme, self._is_large, self._is_compact):
            self._renew()
            self.changed.emit()

    def colour(self, name: str, alpha: int | None = None) -> QColor:
        """The colour of a token, `alpha` 0-255 in place of its own.

        Raises:
            KeyError: there is no such token.
        """
        colour = QColor(self._colours[name])
        if alpha is not None:
            colour.setAlpha(alpha)
        return colour

    def font(self, role: Role = Role.BODY, *, bold: bool = False) -> QFont:
        """The font of a role; figures are tabular so that numbers stand in columns."""
        font = QFont(list(FAMILIES))
        font.setPixelSize(role + (LARGE_STEP if self._is_large else 0))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def stylesheet(self) -> str:
        """What Qt draws by itself (scroll bars, menus, tool tips, line edits), in the colours in force."""
        return stylesheet(self._colours, self.font(Role.LABEL).pixelSize())

    def dress(self, application: QApplication) -> None:
        """Gives the whole program this look, now and after each change."""
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        application.setStyle("Fusion")
        self._apply(application)
        self.changed.connect(lambda: self._apply(application))

    def motion_ms(self, duration_ms: int) -> int:
        """`duration_ms`, or 0 where the system says that nothing shall move."""
        return duration_ms if QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu) else 0

    def _apply(self, application: QApplication) -> None:
        application.setFont(self.font())
        if self._theme is not Theme.HIGH_CONTRAST:
            application.setPalette(self._palette())
        application.setStyleSheet(self.stylesheet())

    def _palette(self) -> QPalette:
        """Colours for what Qt draws by itself."""
        palette = QPalette()
        for role, name in (
            (QPalette.ColorRole.Window, "surface"),
            (QPalette.ColorRole.WindowText, "ink"),
            (QPalette.ColorRole.Base, "opt"),
            (QPalette.ColorRole.AlternateBase, "zebra"),
            (QPalette.ColorRole.Text, "ink"),
            (QPalette.ColorRole.Button, "surface"),
            (QPalette.ColorRole.ButtonText, "ink"),
            (QPalette.ColorRole.ToolTipBase, "raised"),
            (QPalette.ColorRole.ToolTipText, "ink"),
            (QPalette.ColorRole.PlaceholderText, "ink3"),
            (QPalette.ColorRole.Highlight, "accent"),
            (QPalette.ColorRole.HighlightedText, "on_accent"),
            (QPalette.ColorRole.Link, "accent"),
        ):
            palette.setColor(role, self.colour(name))
        return palette

    def _renew(self) -> None:
        self._colours = self._table()
        self._measures = measures(is_compact=self._is_compact, is_large=self._is_large)
        self._icons = Icons(self._colours)

    def _table(self) -> Mapping[str, str]:
        if self._theme is Theme.HIGH_CONTRAST:
            QApplication.setPalette(QPalette())  # gives up what an earlier theme had set over the system's own
            return system_colours(QApplication.palette())
        return DARK if self._theme is Theme.DARK else LIGHT
