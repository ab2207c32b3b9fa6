"""Tells buttons when Alt is held, so that each shows its key; knows no button's act."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.widgets.button import Button


class AltKeys(QObject):
    """Follows the keys of the window in which `owner` is in view; owned by the widget whose `buttons` it lights up.

    It listens at the window alone: a filter on the whole program would see every event of every widget.
    """

    def __init__(self, owner: QWidget, buttons: Iterable[Button]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._buttons = tuple(buttons)
        self._window: QWindow | None = None
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._owner:
            if kind is QEvent.Type.Show:
                self._follow(self._owner.window().windowHandle())
            elif kind is QEvent.Type.Hide:
                self._follow(None)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self._show(is_held=kind is QEvent.Type.KeyPress)
        elif kind is QEvent.Type.FocusOut:
            self._show(is_held=False)
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None:
            if isValid(self._window):  # a window that closes may be gone before what is in it is hidden
                self._window.removeEventFilter(self)
            self._show(is_held=False)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _show(self, *, is_held: bool) -> None:
        for button in self._buttons:
            button.show_held_key(is_held=is_held)
