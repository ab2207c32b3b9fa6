"""The outbox drawer: words, acts, focus that stays (B1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.contents import LinkTrouble, OutboxAct, OutboxContent, OutboxEntry, TimeLeft
from yuyue_desktop.ui.pages.outbox_drawer import OutboxDrawer
from yuyue_desktop.ui.tables.rows import Urgency

WITHDRAW = OutboxAct("withdraw", "撤回")
LATE = OutboxEntry(
    "1", "已来不及", "申报", "YTG272 · 甲公司", "没有发出，请您决定",
    TimeLeft("过了 1 小时 6 分", "今天 13:30 前", Urgency.LATE),
    (OutboxAct("move", "改预约时间…"), OutboxAct("back", "退回草稿")), needs_choice=True,
)  # fmt: skip
WAITING = OutboxEntry("2", "待发送", "申报", "YTG274 · 乙公司", "已签名，等待网络", None, (WITHDRAW,))
CONTENT = OutboxContent((LATE, WAITING), ("14:30 申报 YTG273",), LinkTrouble("连不上网关", "14:38 自动再试"))


@pytest.fixture
def drawer(look: Look, show: Show) -> OutboxDrawer:
    drawer = OutboxDrawer(look)
    drawer.show_content(CONTENT)
    show(drawer)
    return drawer


def words(drawer: OutboxDrawer) -> list[str]:
    return [label.text() for label in drawer.findChildren(QLabel) if not label.isHidden()]


def test_an_item_is_read_aloud_whole(drawer: OutboxDrawer) -> None:
    assert drawer.cards["1"].accessibleName() == (
        "已来不及，申报，YTG272 · 甲公司，过了 1 小时 6 分，今天 13:30 前，没有发出，请您决定"
    )


def test_acts_by_keys(drawer: OutboxDrawer, qtbot: QtBot, press: Press) -> None:
    drawer.cards["1"].buttons["back"].setFocus()
    with qtbot.waitSignal(drawer.act_asked) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == ["1", "back"]
    press(Qt.Key.Key_Tab)
    with qtbot.waitSignal(drawer.act_asked) as asked:
        press(Qt.Key.Key_Space)
    assert asked.args == ["2", "withdraw"]


def test_the_keyboard_stays_at_its_item(drawer: OutboxDrawer) -> None:
    drawer.cards["2"].buttons["withdraw"].setFocus()
    drawer.show_content(replace(CONTENT, entries=(WAITING,)))
    assert drawer.cards["2"].buttons["withdraw"].hasFocus()
    drawer.show_content(replace(CONTENT, entries=(replace(WAITING, acts=()),)))
    assert drawer.close_button.hasFocus()


def test_the_same_content_changes_nothing(drawer: OutboxDrawer) -> None:
    card = drawer.cards["1"]
    drawer.show_content(
        OutboxContent((LATE, WAITING), ("14:30 申报 YTG273",), LinkTrouble("连不上网关", "14:38 自动再试"))
    )
    assert drawer.cards["1"] is card


def test_trouble_with_the_link_is_said_once_with_what_can_be_done(drawer: OutboxDrawer, qtbot: QtBot) -> None:
    assert drawer.trouble.accessibleName() == "连不上网关。14:38 自动再试"
    with qtbot.waitSignal(drawer.retry_asked):
        drawer.trouble._button.click()
    drawer.show_content(replace(CONTENT, trouble=None))
    assert drawer.trouble.isHidden()


def test_what_was_sent_today_opens_on_asking(drawer: OutboxDrawer) -> None:
    assert "14:30 申报 YTG273" not in words(drawer)
    drawer.sent.click()
    assert "14:30 申报 YTG273" in words(drawer)


def test_an_empty_outbox_says_so(drawer: OutboxDrawer) -> None:
    drawer.show_content(OutboxContent())
    assert "没有等待发送的" in words(drawer)
    assert drawer.cards == {}


def test_escape_and_the_cross_ask_to_close(drawer: OutboxDrawer, qtbot: QtBot, press: Press) -> None:
    drawer.cards["2"].buttons["withdraw"].setFocus()
    with qtbot.waitSignal(drawer.close_asked):
        press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(drawer.close_asked):
        drawer.close_button.click()
