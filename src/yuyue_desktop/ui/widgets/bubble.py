"""The red message at a wrong field: what is wrong, how to make it right (S10); knows no rule."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from math import ceil

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.painting import soft_shadow, start
from yuyue_desktop.ui.widgets.sight import Sight, rect_in

_TAIL = 9
_SHADOW = 8
_PADDING = 12
_ABOVE = 4
_WIDEST = 340
_EDGE = 1.2
_FADE_MS = 120
_VALUE_INSET = 7  # above and below the letters of a field: an edge may be covered, a value not


class Side(Enum):
    """Where a bubble stands of its field."""

    BESIDE = auto()
    BELOW = auto()
    ABOVE = auto()


class Bubble(QWidget):
    """Floats right of a field, where that has no room below it, else above; takes no focus, the mouse goes through.

    Its words are the field's accessible description, so that a screen reader hears them at the field itself.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._title = ""
        self._advice = ""
        self._side = Side.BESIDE
        self._neighbours: tuple[QWidget, ...] = ()
        self._is_said = False
        self._sight = Sight(window, self)
        self._sight.changed.connect(self.make_way)
        self._moved = QTimer(self, singleShot=True, interval=0)  # after the fields have found their new places
        self._moved.timeout.connect(self.make_way)
        window.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opacity = QGraphicsOpacityEffect(self)
        self._opacity.setOpacity(1.0)
        self._fade = QPropertyAnimation(self._opacity, b"opacity", self)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return "。".join(part for part in (self._title, self._advice) if part)

    def show_at(self, field: QWidget, title: str, advice: str, neighbours: tuple[QWidget, ...] = ()) -> None:
        """Shows the message at `field` without covering one of `neighbours`' values."""
        is_new = not self.isVisible() or (title, advice) != (self._title, self._advice)
        self._title, self._advice = title, advice
        self._neighbours = neighbours
        self._is_said = True
        self._sight.look_at(field)
        self.make_way()
        self.raise_()
        if is_new and self.isVisible():
            self._appear()

    def withdraw(self) -> None:
        """Say no more."""
        self._is_said = False
        self.hide()

    def make_way(self) -> None:
        """The field moved or went, or something came to lie over the window: stand where it covers none of that.

        While its field is scrolled out of view the bubble is not in view either: it would point at another field.
        """
        field = self._sight.rect()
        if self._is_said and not field.isNull():
            self._stand(field)
            self.update()
        self.setVisible(self._is_said and not field.isNull())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self._moved.start()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        body = self._body()
        soft_shadow(painter, self._look, body, Radius.FIELD, reach=_SHADOW, drop=2)
        shape = QPainterPath()
        shape.addRoundedRect(body, Radius.FIELD + 1, Radius.FIELD + 1)
        tail = QPainterPath()
        tail.addPolygon(self._tail(body))
        tail.closeSubpath()
        painter.setPen(QPen(self._look.colour("red"), _EDGE))
        painter.setBrush(self._look.colour("red_soft"))
        painter.drawPath(shape.united(tail))
        self._paint_words(painter, body)

    def _paint_words(self, painter: QPainter, body: QRectF) -> None:
        inner = body.adjusted(_PADDING, _ABOVE, -_PADDING, -_ABOVE)
        title_font = self._look.font(Role.LABEL, bold=True)
        painter.setFont(title_font)
        painter.setPen(self._look.colour("red"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._title)
        height = self._wrapped(title_font, self._title).height()
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(
            inner.adjusted(0, height, 0, 0), Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._advice
        )

    def _body(self) -> QRectF:
        inset = _SHADOW + _EDGE
        body = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        match self._side:
            case Side.BESIDE:
                return body.adjusted(_TAIL, 0, 0, 0)
            case Side.BELOW:
                return body.adjusted(0, _TAIL, 0, 0)
            case Side.ABOVE:
                return body.adjusted(0, 0, 0, -_TAIL)

    def _tail(self, body: QRectF) -> QPolygonF:
        if self._side is Side.BESIDE:
            middle = body.center().y()
            tip, first, last = (-_TAIL, middle), (1, middle - 6), (1, middle + 6)
            return QPolygonF([QPointF(body.left() + x, y) for x, y in (first, tip, last)])
        right = body.right() - 24
        is_below = self._side is Side.BELOW
        root, tip_y = (body.top() + 1, body.top() - _TAIL) if is_below else (body.bottom() - 1, body.bottom() + _TAIL)
        return QPolygonF([QPointF(right - 6, root), QPointF(right, tip_y), QPointF(right + 6, root)])

    def _words_size(self) -> QSize:
        title = self._wrapped(self._look.font(Role.LABEL, bold=True), self._title)
        advice = self._wrapped(self._look.font(Role.CAPTION), self._advice)
        width = max(title.width(), advice.width()) + 2 * _PADDING
        return QSize(ceil(width) + 1, ceil(title.height() + (advice.height() if self._advice else 0)) + 2 * _ABOVE)

    def _wrapped(self, font: QFont, text: str) -> QRectF:
        room = QRectF(0, 0, _WIDEST - 2 * _PADDING, 400)
        return QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)

    def _stand(self, at: QRect) -> None:
        places = {Side.BESIDE: self._beside(at), Side.BELOW: self._below(at), Side.ABOVE: self._above(at)}
        kept = [rect_in(each, self._window) for each in self._window.findChildren(Uncovered) if each.isVisible()]
        values = [rect_in(other, self._window) for other in self._neighbours if isValid(other)]
        beside = kept + [value.adjusted(0, _VALUE_INSET, 0, -_VALUE_INSET) for value in values]
        free = (
            side
            for side, place in places.items()
            if self._is_free(place, self._room(side), beside if side is Side.BESIDE else kept)
        )
        self._side = next(free, Side.BELOW)
        self.setGeometry(places[self._side])

    def _is_free(self, place: QRect, room: QRect, kept: Sequence[QRect]) -> bool:
        """Whether a bubble there is inside its room and lies on nothing that has to be seen."""
        body = place.adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        return room.contains(body) and not any(body.intersects(each) for each in kept)

    def _room(self, side: Side) -> QRect:
        """Above or below a field it stays within what is scrolled: what is fixed there is no less to be seen."""
        room, frame = self._window.rect(), self._sight.frame()
        return room if side is Side.BESIDE else QRect(room.left(), frame.top(), room.width(), frame.height())

    def _outer(self) -> QSize:
        extra = ceil(2 * (_SHADOW + _EDGE))
        return self._words_size() + QSize(extra, extra)

    def _beside(self, field: QRect) -> QRect:
        size = self._outer() + QSize(_TAIL, 0)
        return QRect(QPoint(field.right() + 2 - _SHADOW, field.center().y() - size.height() // 2), size)

    def _below(self, field: QRect) -> QRect:
        size = self._outer() + QSize(0, _TAIL)
        left = max(field.right() - size.width() + _SHADOW, 0)
        return QRect(QPoint(left, field.bottom() - _SHADOW), size)

    def _above(self, field: QRect) -> QRect:
        place = self._below(field)
        place.moveBottom(field.top() + _SHADOW)
        return place

    def _appear(self) -> None:
        duration = self._look.motion_ms(_FADE_MS)
        self.setGraphicsEffect(self._opacity if duration else None)  # type: ignore[arg-type]  # None takes it off
        self._fade.stop()
        if duration:
            self._fade.setDuration(duration)
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()


class Uncovered(QFrame):
    """Lies over a window for a while, and no bubble covers it: one that is in view makes way."""

    def clear_way(self) -> None:
        """Call it whenever it came or changed its place."""
        for bubble in self.window().findChildren(Bubble):
            bubble.make_way()
