"""A panel that floats at a field lies whole inside the window and never on its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.floating import SHADOW, Floating

WINDOW = QSize(1366, 672)
FIELD = QSize(180, 32)


@pytest.mark.parametrize("left", [10, 600, 1180])
@pytest.mark.parametrize("top", [4, 300, 636])
@pytest.mark.parametrize("size", [QSize(360, 120), QSize(272, 372), QSize(640, 330)])
def test_it_is_whole_and_not_on_its_field(qtbot: QtBot, look: Look, left: int, top: int, size: QSize) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(WINDOW)
    field = QWidget(window)
    field.setGeometry(QRect(QPoint(left, top), FIELD))
    window.show()
    panel = Floating(look, window)
    panel.show_at(field, size)
    shown = panel.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    assert shown.size() == size
    assert window.rect().contains(shown)
    assert not shown.intersects(field.geometry())
