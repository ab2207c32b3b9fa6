"""A panel that floats over the window beside a field and never takes its focus; knows no content."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius
from yuyue_desktop.ui.widgets.painting import panel, soft_shadow, start
from yuyue_desktop.ui.widgets.sight import Sight, rect_in

SHADOW = 12
"""Room around the panel in pixels that its shadow fades out in."""

_GAP = 4


class Floating(QFrame):
    """Goes with its field; hides when the clerk presses elsewhere, scrolls the field away or resizes the window."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._field = window
        self._size = QSize()
        self._sight = Sight(window, self)
        self._sight.changed.connect(self._follow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_at(self, field: QWidget, size: QSize) -> None:
        """Shows the panel, `size` without shadow, below `field`, above it, or beside it where neither has room."""
        self._field, self._size = field, size
        self._sight.look_at(field)
        self._stand(rect_in(field, self._window))
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        self._watch(is_watching=True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._watch(is_watching=False)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_pressed = event.type() is QEvent.Type.MouseButtonPress and self._is_elsewhere(watched)
        is_resized = event.type() is QEvent.Type.Resize and watched is self._window
        if is_pressed or is_resized:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        soft_shadow(painter, self._look, rect, Radius.CARD, reach=SHADOW)
        panel(painter, rect, Radius.CARD, self._look.colour("raised"), self._look.colour("line_strong"))

    def _stand(self, at: QRect) -> None:
        self.setGeometry(_fitting(at, self._size, self._window.size()).adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def _follow(self) -> None:
        at = self._sight.rect()
        if at.isNull():
            self.hide()
        elif self.isVisible():
            self._stand(at)

    def _is_elsewhere(self, watched: QObject) -> bool:
        own = (self, self._field)
        return isinstance(watched, QWidget) and not any(part is watched or part.isAncestorOf(watched) for part in own)

    def _watch(self, *, is_watching: bool) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if is_watching:
                application.installEventFilter(self)


def _fitting(field: QRect, size: QSize, window: QSize) -> QRect:
    left = max(min(field.left(), window.width() - size.width() - _GAP), _GAP)
    below = field.bottom() + 1 + _GAP
    above = field.top() - _GAP - size.height()
    if below + size.height() <= window.height() - _GAP:
        return QRect(QPoint(left, below), size)
    if above >= _GAP:
        return QRect(QPoint(left, above), size)
    right = field.right() + 1 + _GAP
    is_right = right + size.width() + _GAP <= window.width()
    beside = right if is_right else max(field.left() - _GAP - size.width(), _GAP)
    return QRect(QPoint(beside, max(min(field.top(), window.height() - _GAP - size.height()), _GAP)), size)
