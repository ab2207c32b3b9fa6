"""A clerk at the keyboard: presses keys in the real window, waits for what she sees, and takes pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_S = 30.0


class TookTooLong(AssertionError):
    """What the clerk waited for did not come."""


class Clerk:
    """Every key goes to the widget that has the focus, as from a keyboard; pictures are numbered in order."""

    def __init__(self, window: QWidget, out: Path) -> None:
        self._window = window
        self._out = out
        self._pictures = 0
        # A virtual display has no window manager that would hand the keyboard to a new window.
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window, round(PATIENCE_S * 1000)):
            raise TookTooLong("the window to be active")

    @property
    def focus(self) -> QWidget:
        """The widget that keys go to."""
        self.wait_for("a widget with focus", lambda: QApplication.focusWidget() is not None)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        """Type a text: key by key, Chinese as an input method commits it."""
        for is_plain, run in groupby(text, str.isascii):
            part = "".join(run)
            if is_plain:
                QTest.keyClicks(self.focus, part)
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(part)
                QApplication.sendEvent(self.focus, composed)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, with Alt or Ctrl held where given."""
        QTest.keyClick(self.focus, key, modifier)

    def alt(self, key: Qt.Key) -> None:
        """Press Alt and a key."""
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def enter(self, text: str) -> None:
        """Type a text and press Enter."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def wait_for(self, what: str, condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Let the window run until a condition holds. Raises TookTooLong."""
        end = time.monotonic() + patience_s
        while not condition():
            if time.monotonic() > end:
                self.picture("took-too-long")
                raise TookTooLong(what)
            QTest.qWait(10)

    def picture(self, name: str) -> Path:
        """Save what the window shows."""
        self._pictures += 1
        QTest.qWait(150)  # what fades in is there
        file = self._out / f"{self._pictures:02d}-{name}.png"
        if not self._window.grab().save(str(file)):
            raise OSError(f"cannot write {file}")
        return file
