"""The red message at a wrong field: what is wrong, how to make it right (S10); knows no rule."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEasingCurve, QPoint, QPointF, QPropertyAnimation, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.painting import soft_shadow, start

_TAIL = 9
_SHADOW = 8
_PADDING = 12
_ABOVE = 4
_WIDEST = 340
_EDGE = 1.2
_FADE_MS = 120
_VALUE_INSET = 7  # above and below the letters of a field: an edge may be covered, a value not


class Bubble(QWidget):
    """Floats right of a field, or below it where the right has no room; the mouse goes through it, it takes no focus.

    Its words are the field's accessible description, so that a screen reader hears them at the field itself.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._title = ""
        self._advice = ""
        self._is_beside = True
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
        at = self._rect_of(field)
        self._is_beside = self._fits_beside(at, [self._rect_of(other) for other in neighbours])
        self.setGeometry(self._place(at))
        self.show()
        self.raise_()
        self.update()
        if is_new:
            self._appear()

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
        return body.adjusted(_TAIL, 0, 0, 0) if self._is_beside else body.adjusted(0, _TAIL, 0, 0)

    def _tail(self, body: QRectF) -> QPolygonF:
        if self._is_beside:
            middle = body.center().y()
            tip, first, last = (-_TAIL, middle), (1, middle - 6), (1, middle + 6)
            return QPolygonF([QPointF(body.left() + x, y) for x, y in (first, tip, last)])
        right = body.right() - 24
        return QPolygonF(
            [QPointF(right - 6, body.top() + 1), QPointF(right, body.top() - _TAIL), QPointF(right + 6, body.top() + 1)]
        )

    def _words_size(self) -> QSize:
        title = self._wrapped(self._look.font(Role.LABEL, bold=True), self._title)
        advice = self._wrapped(self._look.font(Role.CAPTION), self._advice)
        width = max(title.width(), advice.width()) + 2 * _PADDING
        return QSize(ceil(width) + 1, ceil(title.height() + (advice.height() if self._advice else 0)) + 2 * _ABOVE)

    def _wrapped(self, font: QFont, text: str) -> QRectF:
        room = QRectF(0, 0, _WIDEST - 2 * _PADDING, 400)
        return QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text)

    def _fits_beside(self, field: QRect, neighbours: list[QRect]) -> bool:
        wanted = self._beside(field).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        is_inside = wanted.right() <= self._window.width()
        values = [other.adjusted(0, _VALUE_INSET, 0, -_VALUE_INSET) for other in neighbours]
        return is_inside and not any(wanted.intersects(value) for value in values)

    def _place(self, field: QRect) -> QRect:
        return self._beside(field) if self._is_beside else self._below(field)

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

    def _rect_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _appear(self) -> None:
        duration = self._look.motion_ms(_FADE_MS)
        self.setGraphicsEffect(self._opacity if duration else None)  # type: ignore[arg-type]  # None takes it off
        self._fade.stop()
        if duration:
            self._fade.setDuration(duration)
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()
