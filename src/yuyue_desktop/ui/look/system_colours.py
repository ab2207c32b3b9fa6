"""Maps every colour token to one of the system's own colours for high-contrast mode (S10); knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

from yuyue_desktop.ui.look.tokens import LIGHT

_GROUND = frozenset({
    "chrome", "menu", "surface", "raised", "zebra", "req", "sys", "opt", "neutral_soft", "ribbon", "card", "card_chip",
})  # fmt: skip
_SOFT_GROUND = frozenset(name for name in LIGHT if name.endswith("_soft"))
_CHOSEN = frozenset({"accent", "accent_hover", "accent_press"})
_PASSING = frozenset({"shadow", "scrim"})
_OPAQUE = 255


def system_colours(palette: QPalette) -> Mapping[str, str]:
    """A table with LIGHT's names made from `palette`: meaning is then carried by words, signs and patterns alone."""
    return {name: _written(_colour_of(name, palette)) for name in LIGHT}


def _written(colour: QColor) -> str:
    """With its alpha only where it has one: icons are drawn from SVG, which does not know `#AARRGGBB`."""
    is_opaque = colour.alpha() == _OPAQUE
    return colour.name(QColor.NameFormat.HexRgb if is_opaque else QColor.NameFormat.HexArgb)


def _colour_of(name: str, palette: QPalette) -> QColor:
    if name in _GROUND or name in _SOFT_GROUND or name in ("hover", "press"):
        return palette.color(QPalette.ColorRole.Base)
    if name in _CHOSEN:
        return palette.color(QPalette.ColorRole.Highlight)
    if name == "on_accent":
        return palette.color(QPalette.ColorRole.HighlightedText)
    if name in _PASSING:
        return QColor(LIGHT[name])
    return palette.color(QPalette.ColorRole.Text)
