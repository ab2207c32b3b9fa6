"""Every page for those who see little or use no mouse: names, sizes, order, at every size of window and letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.calendar_page import CalendarPage
from yuyue_desktop.ui.pages.contents import (
    CardInReader,
    OutboxAct,
    OutboxContent,
    OutboxEntry,
    PinTries,
    ReceiptsContent,
    StartContent,
    Task,
    TimeLeft,
)
from yuyue_desktop.ui.pages.outbox_drawer import OutboxDrawer
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.pages.start_page import StartPage

pytestmark = pytest.mark.thorough

LEAST_TARGET = (28, 26)
"""Pixels, from look.md (Accessibility)."""


def now() -> datetime:
    return datetime(2026, 9, 23, 14, 36)


def sign_in(look: Look) -> QWidget:
    page = SignInPage(look)
    page.show_card(CardInReader("公司", "8910", "2027-05-18"), PinTries(3, 5), "")
    return page


def start(look: Look) -> QWidget:
    page = StartPage(look)
    task = Task("a", TimeLeft("还剩 5 小时", "今天 20:00 前"), "YTG231 · 甲公司", "", "去反馈")
    page.show_content(StartContent("9月23日", "", (task,), (task,)))
    return page


def query(look: Look) -> QWidget:
    page = QueryPage(look, now)
    page.show_receipts("a", ReceiptsContent("0 条"))
    return page


def calendar(look: Look) -> QWidget:
    return CalendarPage(look, now, lambda _typed: [])


def outbox(look: Look) -> QWidget:
    drawer = OutboxDrawer(look)
    entry = OutboxEntry("1", "待发送", "申报", "YTG1", "等待网络", None, (OutboxAct("withdraw", "撤回"),))
    drawer.show_content(OutboxContent((entry,), ("14:30",)))
    return drawer


PAGES: tuple[Callable[[Look], QWidget], ...] = (sign_in, start, query, calendar, outbox)


def stops(page: QWidget) -> list[QWidget]:
    found = page.findChildren(QWidget)
    tab = Qt.FocusPolicy.TabFocus
    return [w for w in found if w.isVisible() and w.isEnabled() and w.focusPolicy() & tab and w.focusProxy() is None]


@pytest.mark.parametrize("make", PAGES)
def test_everything_that_takes_the_keyboard_has_a_name(look: Look, show: Show, make: Callable[[Look], QWidget]) -> None:
    page = make(look)
    show(page)
    assert stops(page)
    assert [w for w in stops(page) if not (w.accessibleName() or str(w.property("text") or ""))] == []


@pytest.mark.parametrize("make", PAGES)
def test_targets_are_large_enough(look: Look, show: Show, make: Callable[[Look], QWidget]) -> None:
    page = make(look)
    show(page)
    width, height = LEAST_TARGET
    lines = {w: w.parentWidget() if "Editor" in type(w).__name__ else w for w in stops(page)}
    small = [w for w, target in lines.items() if target and (target.width() < width or target.height() < height)]
    assert [f"{type(w).__name__} {w.size()}" for w in small if type(w).__name__ not in ("ChipLink", "Check")] == []


@pytest.mark.parametrize("make", PAGES)
def test_tab_reaches_everything_and_comes_round(
    look: Look, show: Show, press: Press, make: Callable[[Look], QWidget]
) -> None:
    page = make(look)
    show(page)
    wanted = stops(page)
    wanted[0].setFocus()
    seen = set()
    for _ in range(2 * len(wanted)):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused)
        press(Qt.Key.Key_Tab)
    radios = {w for w in wanted if type(w).__name__ == "_Segment"}
    assert set(wanted) - radios <= seen
    assert not radios or radios & seen


@pytest.mark.parametrize("size", [(972, 520), (1162, 604), (1716, 956), (2356, 1296)])
@pytest.mark.parametrize("make", [start, query, calendar])
def test_a_page_fits_what_the_shell_leaves_it(
    look: Look, show: Show, qtbot: QtBot, make: Callable[[Look], QWidget], size: tuple[int, int]
) -> None:
    page = make(look)
    show(page)
    for is_large in (False, True):
        look.choose(is_large=is_large, is_compact=size[1] < 640)
        page.resize(*size)
        qtbot.waitUntil(lambda: (page.width(), page.height()) == size)
        inside = [w for w in stops(page) if w.mapTo(page, QPoint(w.width(), 0)).x() > size[0]]
        assert inside == [], "cut at the right"
