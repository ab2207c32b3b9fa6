"""The tabs themselves, painted so that the current one joins its page (S8); knows titles and signs, no page.

A QTabBar underneath gives arrows, scrolling and the tab list that screen readers know.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, hairline, panel

CROWDED_FROM = 12
"""From this many tabs on they shrink to `CROWDED_WIDTH` (look.md, Tabs)."""

CROWDED_WIDTH = 120
"""Pixels."""

_TOP = 4
_ICON = 16
_ICON_GAP = 6
_PADDING = 11
_CROSS = 13
_CLOSE_WIDTH = 36
_GAP = 2
_CORNER = 6
_LINE_HEIGHT = 2.5
_DOT_RADIUS = 4


class TabBar(QTabBar):
    """`close_asked` carries the tab's place in the row; sign, cross and dot are kept as the tab's data.

    `row_changed`: a tab was put in or taken out.
    """

    close_asked = Signal(int)
    row_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hovered = -1
        self._is_on_cross = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("已打开的选项卡")
        # The strip has arrows of its own; the scrolling itself stays Qt's.
        self.setStyleSheet("QTabBar::scroller { width: 0px; }")
        look.changed.connect(self._dress)

    def insert(self, place: int, title: str, icon: str, *, is_closable: bool) -> int:
        """Put a tab at a place; answers where it is."""
        place = self.insertTab(place, title)
        self.setTabData(place, {"icon": icon, "is_closable": is_closable, "is_unsaved": False})
        self.setTabToolTip(place, title)
        self._dress()
        return place

    def show_heading(self, place: int, title: str, icon: str, *, is_unsaved: bool) -> None:
        """Change what a tab says."""
        self.setTabData(place, {**self.tabData(place), "icon": icon, "is_unsaved": is_unsaved})
        self.setTabText(place, title)
        self.setTabToolTip(place, f"{title}，正在存盘" if is_unsaved else title)
        self.setAccessibleTabName(place, f"{title}，有改动还没存盘" if is_unsaved else title)
        self.update()

    def is_closable(self, place: int) -> bool:
        """Whether the tab at a place has a cross."""
        return bool(self.tabData(place)["is_closable"])

    def tabSizeHint(self, index: int) -> QSize:
        height = self._look.measures.tab_height
        if self._is_crowded():
            return QSize(CROWDED_WIDTH, height)
        # Bold is the widest a title gets, so that a tab does not change its width when it comes to the front.
        words = QFontMetricsF(self._look.font(Role.LABEL, bold=True)).horizontalAdvance(self.tabText(index))
        close = _CLOSE_WIDTH if self.tabData(index) and self.is_closable(index) else _PADDING + Space.L
        return QSize(round(_PADDING + _ICON + _ICON_GAP + words + close + _GAP), height)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(CROWDED_WIDTH, self._look.measures.tab_height)

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        self.row_changed.emit()

    def tabRemoved(self, index: int) -> None:
        super().tabRemoved(index)
        self.row_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour("line_strong"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.count()):
            if self.tabRect(place).intersects(event.rect()):
                self._paint_tab(painter, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._ask_close(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered, self._is_on_cross = -1, False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._cross_at(event.position().toPoint()) < 0:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.tabAt(event.position().toPoint())
        is_cross = event.button() is Qt.MouseButton.LeftButton and self._cross_at(event.position().toPoint()) == place
        if place >= 0 and (is_cross or event.button() is Qt.MouseButton.MiddleButton):
            self._ask_close(place)
        else:
            super().mouseReleaseEvent(event)

    # painting

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        is_current = place == self.currentIndex()
        card = QRectF(self.tabRect(place)).adjusted(0, _TOP, -_GAP, 0)
        if is_current:
            self._paint_card(painter, card)
        elif place == self._hovered:
            path = _card_path(card.adjusted(0, 1, 0, -1))
            painter.fillPath(path, self._look.colour("press"))
        if not self._is_crowded():
            icon = QRectF(card.left() + _PADDING, card.center().y() - _ICON / 2, _ICON, _ICON)
            colour = "accent" if is_current else "ink3"
            self._look.icons.paint(painter, self.tabData(place)["icon"], icon, colour, 1.6)
        self._paint_title(painter, place, card, is_current)
        self._paint_end(painter, place, card)
        if not is_current and place + 1 != self.currentIndex():
            line = QRect(self.tabRect(place).right(), _TOP + 10, 1, self.height() - _TOP - 20)
            painter.fillRect(line, self._look.colour("line_strong"))

    def _paint_card(self, painter: QPainter, card: QRectF) -> None:
        painter.fillPath(_card_path(card), self._look.colour("surface"))
        thin = hairline(painter)
        painter.setPen(QPen(self._look.colour("line_strong"), thin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_card_path(card.adjusted(thin / 2, thin / 2, -thin / 2, 1)))
        painter.fillRect(QRectF(card.left() + 1, card.bottom() - 1, card.width() - 2, 1), self._look.colour("surface"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent"))
        line = QRectF(card.left() + Space.S, card.top(), card.width() - Space.L, _LINE_HEIGHT)
        painter.drawRoundedRect(line, _LINE_HEIGHT / 2, _LINE_HEIGHT / 2)
        if self.hasFocus():
            ring = card.adjusted(4, 6, -4, -4)
            panel(painter, ring, _CORNER - 2, None, self._look.colour("accent"), width=FOCUS_WIDTH)

    def _paint_title(self, painter: QPainter, place: int, card: QRectF, is_current: bool) -> None:
        font = self._look.font(Role.LABEL, bold=is_current)
        left = _PADDING if self._is_crowded() else _PADDING + _ICON + _ICON_GAP
        room = card.adjusted(left, 0, -(_CLOSE_WIDTH - 4 if self.is_closable(place) else _PADDING), 0)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink" if is_current else "ink2"))
        title = QFontMetricsF(font).elidedText(self.tabText(place), Qt.TextElideMode.ElideMiddle, room.width() + 1)
        painter.drawText(room.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_end(self, painter: QPainter, place: int, card: QRectF) -> None:
        centre = QPointF(card.right() - _CLOSE_WIDTH / 2, card.center().y())
        is_pointed = place == self._hovered and self._is_on_cross
        if self.tabData(place)["is_unsaved"] and not is_pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("amber"))
            painter.drawEllipse(centre, _DOT_RADIUS, _DOT_RADIUS)
        elif self.is_closable(place):
            if is_pointed:
                disc = QRectF(centre.x() - 10, centre.y() - 10, 20, 20)
                panel(painter, disc, 4, self._look.colour("line"))
            cross = QRectF(centre.x() - _CROSS / 2, centre.y() - _CROSS / 2, _CROSS, _CROSS)
            self._look.icons.paint(painter, "cross", cross, "ink3", 1.8)

    # pointing and closing

    def _is_crowded(self) -> bool:
        return self.count() >= CROWDED_FROM

    def _hover(self, point: QPoint) -> None:
        self._hovered = self.tabAt(point)
        self._is_on_cross = self._cross_at(point) >= 0
        self.update()

    def _cross_at(self, point: QPoint) -> int:
        """The tab whose cross is under a point, -1 for none."""
        place = self.tabAt(point)
        if place < 0 or not self.is_closable(place):
            return -1
        rect = self.tabRect(place)
        return place if rect.right() - _GAP - _CLOSE_WIDTH <= point.x() else -1

    def _ask_close(self, place: int) -> None:
        if place >= 0 and self.is_closable(place):
            self.close_asked.emit(place)

    def _dress(self) -> None:
        self.setFont(self._look.font(Role.LABEL))
        self.updateGeometry()
        self.update()


def _card_path(card: QRectF) -> QPainterPath:
    path = QPainterPath(card.bottomLeft())
    path.lineTo(card.left(), card.top() + _CORNER)
    path.quadTo(card.topLeft(), QPointF(card.left() + _CORNER, card.top()))
    path.lineTo(card.right() - _CORNER, card.top())
    path.quadTo(card.topRight(), QPointF(card.right(), card.top() + _CORNER))
    path.lineTo(card.bottomRight())
    return path
