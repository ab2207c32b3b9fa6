"""Covers the window with a scrim and keeps keys and focus inside until it is answered; knows no question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.focus import watch_focus


class Overlay(QWidget):
    """Lies over all of `window`; while it is open no key and no click reaches what is under it.

    `closed` comes once, after the focus went back to where it was, or to what under it asked for it meanwhile.
    """

    closed = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._opener: QWidget | None = None
        window.installEventFilter(self)
        look.changed.connect(self.update)
        self.hide()

    def open(self) -> None:
        """Show it and take the focus."""
        self._opener = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._first_focus().setFocus(Qt.FocusReason.PopupFocusReason)
        watch_focus(self._keep_focus)

    def dismiss(self) -> None:
        """Take it away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        opener, self._opener = self._opener, None
        if opener is not None and isValid(opener):
            self._give_focus_back(opener)
        self.closed.emit()
        self.deleteLater()

    def _give_focus_back(self, opener: QWidget) -> None:
        """To where it was, or to the next stop where that takes none any more: a form that was sent is locked."""
        widget = opener
        while not (widget.isVisible() and widget.isEnabled()) or (widget is not opener and not _is_stop(widget)):
            widget = widget.nextInFocusChain() or opener
            if widget is opener:
                return
        widget.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        # A shortcut of the window under the scrim must not act: the key goes to the focus widget instead.
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt knows the window; while Python takes the overlay apart events still come and attributes are gone.
        window = self.parentWidget()
        if watched is window and event.type() is QEvent.Type.Resize:
            self.setGeometry(window.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        stops = self._stops()
        focused = QApplication.focusWidget()
        if not stops:
            return False
        here = stops.index(focused) if focused in stops else -1 if is_next else 0
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if is_next else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("scrim"))

    def escape(self) -> None:
        """What Esc does; closes unless a dialog decides otherwise."""
        self.dismiss()

    def _keep_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A page under the scrim may want the keyboard (a card came in): it gets it once this is answered."""
        is_under = now is not None and now.window() is self._window and overlay_of(now) is None
        if not is_under or not self.isVisible():
            return
        self._opener = now
        self._first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def _first_focus(self) -> QWidget:
        """Where the focus goes first."""
        stops = self._stops()
        return stops[0] if stops else self

    def _stops(self) -> list[QWidget]:
        """Everything in it that Tab stops at, in focus order."""
        stops = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if _is_stop(widget) and widget.focusProxy() is None and self.isAncestorOf(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops


def _is_stop(widget: QWidget) -> bool:
    """Whether Tab could go there now."""
    is_wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return is_wanted and widget.isVisible() and widget.isEnabled()


def overlay_of(widget: QWidget | None) -> Overlay | None:
    """The overlay that a widget is or lies in, if any."""
    while widget is not None and not isinstance(widget, Overlay):
        widget = widget.parentWidget()
    return widget
