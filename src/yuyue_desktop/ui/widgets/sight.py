"""Where a widget is seen in its window, and word when that changes: it moved, went, or what it lies in was scrolled."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

_CHANGES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Sight(QObject):
    """Looks at one widget at a time; whatever scrolls, by wheel, bar or key, moves what lies in it."""

    changed = Signal()

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._watched: tuple[QWidget, ...] = ()

    def look_at(self, widget: QWidget) -> None:
        """From now on at this widget of the window."""
        for each in filter(isValid, self._watched):
            each.removeEventFilter(self)
        self._watched = tuple(_up_to(self._window, widget))
        for each in self._watched:
            each.installEventFilter(self)

    def rect(self) -> QRect:
        """What is seen of the widget; null where its middle is scrolled out of view, or it is gone."""
        if not self._watched or not isValid(self._watched[0]) or not self._watched[0].isVisible():
            return QRect()
        whole = rect_in(self._watched[0], self._window)
        seen = whole & self.frame()
        return seen if seen.contains(whole.center()) else QRect()

    def frame(self) -> QRect:
        """What scrolling leaves in view around the widget; the whole window where nothing scrolls."""
        frame = self._window.rect()
        for each in filter(isValid, self._watched):
            area = each.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is each:
                frame &= rect_in(each, self._window)
        return frame

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self.changed.emit()
        return super().eventFilter(watched, event)


def rect_in(widget: QWidget, window: QWidget) -> QRect:
    """A widget's place in its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _up_to(window: QWidget, widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None and widget is not window:
        yield widget
        widget = widget.parentWidget()
