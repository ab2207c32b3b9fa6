"""The start page by the keyboard: one blue button, the most urgent; focus and scroll survive an update (B4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.contents import OutboxSummary, StartContent, StripDay, Task, TimeLeft
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.tables.rows import Cell, Row, Urgency
from yuyue_desktop.ui.widgets.button import Button, ButtonKind

FEEDBACK = Task(
    "a", TimeLeft("还剩 5 小时 24 分", "今天 20:00 前", Urgency.LATE), "YTG231 · 甲公司", "预约 9月18日", "去反馈"
)
DRAFT = Task("b", TimeLeft("还剩 2 小时 54 分", "今天 17:30 前", Urgency.SOON), "YTG274 · 乙公司", "还差 3 项", "继续")
RECEIPT = Row("r", {"time": Cell("14:31"), "number": Cell("YTG271"), "status": Cell("预约成功"), "text": Cell("同意")})
CONTENT = StartContent("9月23日 星期三", "有 2 件今天到期。", (FEEDBACK,), (DRAFT,), (RECEIPT,))


@pytest.fixture
def page(look: Look, show: Show) -> StartPage:
    page = StartPage(look)
    page.show_content(CONTENT)
    show(page)
    return page


def blue(page: StartPage) -> list[str]:
    buttons = page.findChildren(Button)
    return [b.text() for b in buttons if b.kind is ButtonKind.PRIMARY and b.isVisible()]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (CONTENT, "去反馈"),
        (replace(CONTENT, feedback=()), "继续"),
        (replace(CONTENT, feedback=(), drafts=()), "新建申请"),
    ],
)
def test_one_button_is_blue_the_most_urgent(page: StartPage, content: StartContent, word: str) -> None:
    page.show_content(content)
    assert blue(page) == [word]


def test_the_keyboard_begins_at_the_most_urgent(page: StartPage, qtbot: QtBot, press: Press) -> None:
    page.entry().setFocus()
    with qtbot.waitSignal(page.task_acted) as acted:
        press(Qt.Key.Key_Return)
    assert acted.args == ["a"]


def test_a_task_is_read_aloud_whole(page: StartPage) -> None:
    row = page.feedback.rows[0]
    assert row.accessibleName() == "还剩 5 小时 24 分，今天 20:00 前，YTG231 · 甲公司，预约 9月18日"
    assert row.act.accessibleName() == "去反馈，YTG231 · 甲公司"


def test_a_tick_of_the_clock_keeps_the_focus(page: StartPage) -> None:
    page.drafts.rows[0].act.setFocus()
    later = replace(DRAFT, time=TimeLeft("还剩 2 小时 53 分", "今天 17:30 前", Urgency.SOON))
    page.show_content(replace(CONTENT, drafts=(later,)))
    assert page.drafts.rows[0].act.hasFocus()
    assert page.drafts.rows[0].accessibleName().startswith("还剩 2 小时 53 分")


def test_what_did_not_change_is_left_alone(page: StartPage) -> None:
    row = page.feedback.rows[0]
    page.show_content(replace(CONTENT, drafts=()))
    assert page.feedback.rows[0] is row
    assert page.drafts.rows == []


def test_a_receipt_opens_its_application(page: StartPage, qtbot: QtBot, press: Press) -> None:
    page.receipts.setFocus()
    page.receipts.choose("r")
    with qtbot.waitSignal(page.receipt_opened) as opened:
        press(Qt.Key.Key_Return)
    assert opened.args == ["r"]


def test_the_outbox_is_told_in_words(page: StartPage, qtbot: QtBot) -> None:
    page.show_content(replace(CONTENT, outbox=OutboxSummary("待发送", "4 件等待发送。", is_idle=False)))
    chip = page._outbox_state
    assert chip.accessibleName() == "发件箱 待发送"
    with qtbot.waitSignal(page.outbox_asked):
        qtbot.keyClick(chip, Qt.Key.Key_Space)


def test_the_week_is_read_aloud(page: StartPage) -> None:
    page.show_content(replace(CONTENT, week=(StripDay("23", "三", is_today=True, sentence="今天，只剩 17:30 后可约"),)))
    assert page.week.accessibleName() == "今天，只剩 17:30 后可约"


def test_the_start_page_is_never_closed(page: StartPage) -> None:
    assert not page.is_closable
