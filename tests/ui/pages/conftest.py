"""What every page's test needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Show = Callable[[QWidget], None]
Press = Callable[..., None]
Write = Callable[[str], None]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(1162, 654)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return show


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key, modifier)

    return press


@pytest.fixture
def write(qtbot: QtBot) -> Write:
    def write(text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        if text.isascii():
            qtbot.keyClicks(focused, text)
        else:  # Han characters come from an input method
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(focused, event)

    return write
