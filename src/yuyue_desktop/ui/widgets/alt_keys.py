"""Tells buttons when Alt is held, so that each shows its key; knows no button's act."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.widgets.button import Button


class AltKeys(QObject):
    """Watches `window` and all that is typed in it; owned by the widget whose `buttons` it lights up."""

    def __init__(self, owner: QWidget, buttons: Iterable[Button]) -> None:
        super().__init__(owner)
        self._buttons = tuple(buttons)

    def watch(self, target: QObject) -> None:
        """Installs itself on the application or window that sees the keys first."""
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt:
                self._show(is_held=kind is QEvent.Type.KeyPress)
        elif kind is QEvent.Type.WindowDeactivate:
            self._show(is_held=False)
        return super().eventFilter(watched, event)

    def _show(self, *, is_held: bool) -> None:
        for button in self._buttons:
            button.show_held_key(is_held=is_held)
