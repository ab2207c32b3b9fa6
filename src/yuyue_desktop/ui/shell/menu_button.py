"""One line of the side menu, painted open or folded; knows no other line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start

_HEIGHT = 34
_ICON = 18
_TEXT_LEFT = Space.S + 10 + 28
_BAR = QSize(3, 16)
_BADGE_RADIUS = 8.5
_MOST_IN_BADGE = 99
_ARROW = 14


class MenuButton(QAbstractButton):
    """A line with sign, words, key and badge; `is_group` draws the arrow of a part that opens."""

    def __init__(
        self,
        look: Look,
        title: str,
        icon: str = "",
        key: str = "",
        *,
        is_group: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._key = key
        self._is_group = is_group
        self._is_chosen = False
        self._is_folded = False
        self._is_open = True
        self._badge = 0
        self.setText(title)
        self.setAccessibleName(title)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        look.changed.connect(self.update)

    def set_chosen(self, is_chosen: bool) -> None:
        """Mark it as the place that is in front."""
        self._is_chosen = is_chosen
        self.setAccessibleDescription("当前位置" if is_chosen else self._badge_words())
        self.update()

    def set_folded(self, is_folded: bool) -> None:
        """Show the sign alone; the words move to the tool tip."""
        self._is_folded = is_folded
        self.setToolTip(f"{self.text()} {self._key}".rstrip() if is_folded else "")
        self.update()

    def set_icon_name(self, icon: str, title: str) -> None:
        """Change sign and words."""
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.set_folded(self._is_folded)

    def set_open(self, is_open: bool) -> None:
        """Turn the arrow of a part that opens."""
        self._is_open = is_open
        self.setAccessibleDescription("已展开" if is_open else "已收起")
        self.update()

    def set_badge(self, count: int) -> None:
        """Show a count, none for 0."""
        self._badge = count
        self.setAccessibleDescription(self._badge_words())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.measures.folded_menu_width, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        ground = QRectF(self.rect()).adjusted(Space.S, 1, -Space.S, -1)
        self._paint_ground(painter, ground)
        self._paint_icon(painter, ground)
        if self._is_folded:
            self._paint_badge(painter, QPointF(ground.center().x() + 8, ground.top() + 8))
            return
        self._paint_words(painter, ground)
        self._paint_badge(painter, QPointF(ground.right() - 18, ground.center().y()))

    def _paint_ground(self, painter: QPainter, ground: QRectF) -> None:
        if self._is_chosen:
            panel(painter, ground, Radius.FIELD, self._look.colour("accent_soft"))
        elif self.isDown() or self.underMouse():
            panel(painter, ground, Radius.FIELD, self._look.colour("press" if self.isDown() else "hover"))
        if self._is_chosen:
            bar = QRectF(ground.left(), ground.center().y() - _BAR.height() / 2, _BAR.width(), _BAR.height())
            panel(painter, bar, 1.5, self._look.colour("accent"))
        if self.hasFocus():
            panel(painter, ground, Radius.FIELD, None, self._look.colour("accent"), width=FOCUS_WIDTH)

    def _paint_icon(self, painter: QPainter, ground: QRectF) -> None:
        if not self._icon:
            return
        left = ground.center().x() - _ICON / 2 if self._is_folded else ground.left() + 10
        place = QRectF(left, ground.center().y() - _ICON / 2, _ICON, _ICON)
        self._look.icons.paint(painter, self._icon, place, "accent" if self._is_chosen else "ink2")

    def _paint_words(self, painter: QPainter, ground: QRectF) -> None:
        words = ground.adjusted(_TEXT_LEFT - Space.S, 0, -Space.S, 0)
        is_sub = not self._icon
        font = self._look.font(Role.LABEL if is_sub else Role.BODY, bold=self._is_chosen)
        painter.setFont(font)
        painter.setPen(self._look.colour("accent" if self._is_chosen else "ink2" if is_sub else "ink"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, left, shown)
        if self._key:
            painter.setFont(self._look.font(Role.KEY))
            painter.setPen(self._look.colour("ink3"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)
        if self._is_group:
            arrow = QRectF(words.right() - _ARROW, words.center().y() - _ARROW / 2, _ARROW, _ARROW)
            self._look.icons.paint(painter, "down" if self._is_open else "right", arrow, "ink2", 1.8)

    def _paint_badge(self, painter: QPainter, centre: QPointF) -> None:
        if not self._badge:
            return
        words = str(min(self._badge, _MOST_IN_BADGE)) + ("+" if self._badge > _MOST_IN_BADGE else "")
        font = self._look.font(Role.KEY, bold=True)
        half = max(_BADGE_RADIUS, QFontMetricsF(font).horizontalAdvance(words) / 2 + 4)
        disc = QRectF(centre.x() - half, centre.y() - _BADGE_RADIUS, 2 * half, 2 * _BADGE_RADIUS)
        panel(painter, disc, _BADGE_RADIUS, self._look.colour("amber"))
        painter.setFont(font)
        painter.setPen(self._look.colour("surface"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, words)

    def _badge_words(self) -> str:
        return f"{self._badge} 件" if self._badge else ""
