"""Push buttons in their kinds, with icon and key cap; knows no act behind them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.painting import KEY_CAP_HEIGHT, key_cap, key_cap_width, panel, start

_ICON = 16.0
_GAP = 6.0


class ButtonKind(StrEnum):
    """How much a button asks to be pressed; one PRIMARY per page."""

    PRIMARY = "primary"
    PLAIN = "plain"
    GHOST = "ghost"
    SOFT = "soft"
    OUTLINED = "outlined"
    DANGER = "danger"
    DANGER_FILLED = "danger_filled"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class _Style:
    ink: str
    ground: str = ""
    edge: str = ""
    hover: str = ""
    press: str = ""
    padding: float = 12.0


_STYLES = {
    ButtonKind.PRIMARY: _Style("on_accent", "accent", "", "accent_hover", "accent_press"),
    ButtonKind.PLAIN: _Style("ink", "surface", "line_strong", "hover", "press"),
    ButtonKind.GHOST: _Style("ink2", "", "", "hover", "press", 8.0),
    ButtonKind.SOFT: _Style("accent", "accent_soft", "", "hover", "press"),
    ButtonKind.OUTLINED: _Style("accent", "accent_soft", "accent_line", "hover", "press"),
    ButtonKind.DANGER: _Style("red", "surface", "red_line", "red_soft", "red_soft"),
    ButtonKind.DANGER_FILLED: _Style("surface", "red", "", "red", "red"),
    ButtonKind.LINK: _Style("accent", padding=4.0),
}
_DISABLED = _Style("ink3", "sys", "sys_line", "sys", "sys")
_BOLD = frozenset({ButtonKind.PRIMARY, ButtonKind.DANGER_FILLED})


class Button(QPushButton):
    """A button that shows its key in a cap, or only while Alt is held (`show_held_key`).

    `name` is the accessible name where the text is empty or too short to be understood alone; Enter presses it as Space
    does.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        *,
        icon: str = "",
        keys: str = "",
        held_keys: str = "",
        is_small: bool = False,
        has_arrow: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(text)
        self._look = look
        self._kind = kind
        self._icon = icon
        self._keys = keys
        self._held_keys = held_keys
        self._is_key_held = False
        self._is_small = is_small
        self._has_arrow = has_arrow
        self.setAccessibleName(name)
        self.setToolTip("" if text else name)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind is ButtonKind.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._dress()
        look.changed.connect(self._dress)

    @property
    def kind(self) -> ButtonKind:
        """The kind it is painted as."""
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        """Takes another kind, e.g. the most urgent row's act becomes the page's blue one."""
        self._kind = kind
        self._dress()

    def show_held_key(self, *, is_held: bool) -> None:
        """Shows or hides the cap of `held_keys` while Alt is down, without changing the button's size."""
        self._is_key_held = is_held and bool(self._held_keys)
        self.update()

    def sizeHint(self) -> QSize:
        if self._is_icon_only():
            return QSize(self.height(), self.height())
        return QSize(ceil(self._content_width() + 2 * _STYLES[self._kind].padding), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        style = self._style()
        rect = QRectF(self.rect())
        panel(painter, rect, Radius.FIELD, self._ground(style), self._optional(style.edge))
        if self.hasFocus():
            ring = "on_accent" if self._kind in _BOLD and self.isEnabled() else "accent"
            panel(painter, rect.adjusted(2, 2, -2, -2), Radius.FIELD - 1.5, None, self._look.colour(ring), width=1.5)
        self._paint_content(painter, style)

    def _paint_content(self, painter: QPainter, style: _Style) -> None:
        middle = self.height() / 2
        width = _ICON if self._is_icon_only() else self._content_width()
        left = (self.width() - width) / 2
        if self._icon:
            self._look.icons.paint(painter, self._icon, QRectF(left, middle - _ICON / 2, _ICON, _ICON), style.ink)
            left += _ICON + _GAP
        if self._is_key_held:
            self._paint_held_key(painter, left)
            return
        painter.setPen(self._look.colour(style.ink))
        painter.setFont(self._text_font())
        text_width = QFontMetricsF(painter.font()).horizontalAdvance(self.text())
        painter.drawText(QRectF(left, 0, text_width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        left += text_width
        if self._keys:
            self._paint_key(painter, style, left + 8, middle)
            left += 8 + key_cap_width(self._look, self._keys)
        if self._has_arrow:
            self._look.icons.paint(painter, "down", QRectF(left + 4, middle - 7, 14, 14), style.ink)

    def _paint_key(self, painter: QPainter, style: _Style, left: float, middle: float) -> None:
        width = key_cap_width(self._look, self._keys)
        rect = QRectF(left, middle - KEY_CAP_HEIGHT / 2, width, KEY_CAP_HEIGHT)
        ink = self._look.colour(style.ink if self._kind in _BOLD or not self.isEnabled() else "ink3")
        edge = QColor(ink)
        edge.setAlpha(110)
        key_cap(painter, self._look, rect, self._keys, ink=ink, edge=edge)

    def _paint_held_key(self, painter: QPainter, left: float) -> None:
        """The cap stands in the word's place; the icon beside it still tells the act."""
        look = self._look
        width = key_cap_width(look, self._held_keys)
        left = min(left, self.width() - width - 2)
        cap = QRectF(left, (self.height() - KEY_CAP_HEIGHT) / 2, width, KEY_CAP_HEIGHT)
        key_cap(painter, look, cap, self._held_keys, ink=look.colour("ink"), edge=look.colour("field_line"))

    def _style(self) -> _Style:
        if self.isEnabled():
            return _STYLES[self._kind]
        return _DISABLED if _STYLES[self._kind].ground else _Style("ink3", padding=_STYLES[self._kind].padding)

    def _ground(self, style: _Style) -> QColor | None:
        if self.isDown():
            return self._optional(style.press)
        return self._optional(style.hover if self.underMouse() and style.hover else style.ground)

    def _optional(self, colour: str) -> QColor | None:
        return self._look.colour(colour) if colour else None

    def _is_icon_only(self) -> bool:
        return bool(self._icon) and not (self.text() or self._keys or self._has_arrow)

    def _content_width(self) -> float:
        width = QFontMetricsF(self._text_font()).horizontalAdvance(self.text())
        width += (_ICON + _GAP) if self._icon else 0
        width += (8 + key_cap_width(self._look, self._keys)) if self._keys else 0
        return width + (18 if self._has_arrow else 0)

    def _text_font(self) -> QFont:
        font = self._look.font(Role.LABEL if self._is_small else Role.BODY, bold=self._kind in _BOLD)
        font.setUnderline(self._kind is ButtonKind.LINK and self.underMouse())
        return font

    def _dress(self) -> None:
        measures = self._look.measures
        height = measures.tool_height if self._is_small else measures.button_height
        if self._kind is ButtonKind.LINK and self._is_small:
            height = measures.chip_height  # it stands in rows that can be pressed as a whole
        self.setFixedHeight(height)
        self.updateGeometry()
        self.update()
