"""A window with a field in it, for dialogs to lie over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


class Window(QWidget):
    """What lies under a dialog: a field, and a shortcut that must not act while a dialog is open."""

    shortcut_acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        QShortcut(QKeySequence("Alt+S"), self).activated.connect(self.shortcut_acted)
        self.resize(1024, 640)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    return window
