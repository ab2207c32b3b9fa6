"""A shell with four pages, shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.shell.page import Page


class FormPage(Page):
    """A page with two fields and a rail."""

    def __init__(self, place: str, title: str) -> None:
        super().__init__(place, title, "form", menu_place="application")
        self.first, self.second, self.in_rail = QLineEdit(), QLineEdit(), QLineEdit()
        self._rail = QWidget()
        rail = QHBoxLayout(self._rail)
        rail.addWidget(self.in_rail)
        row = QHBoxLayout(self)
        for widget in (self.first, self.second, self._rail):
            row.addWidget(widget)

    def rail(self) -> QWidget:
        return self._rail


@pytest.fixture
def home() -> Page:
    page = Page("home", "首页", "home")
    page.is_closable = False
    return page


@pytest.fixture
def forms() -> list[FormPage]:
    return [FormPage(f"application-{number}", f"预约申请 {number}") for number in range(3)]


@pytest.fixture
def frame(qtbot: QtBot, look: Look, home: Page, forms: list[FormPage]) -> ShellFrame:
    frame = ShellFrame(look)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    for page in (home, *forms):
        frame.open_page(page)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    return frame
