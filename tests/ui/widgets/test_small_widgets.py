"""What the smaller widgets do and say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.widgets.banner import Banner
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.bubble import Bubble
from yuyue_desktop.ui.widgets.button import Button
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.page_bars import PageBars
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.sight import rect_in
from yuyue_desktop.ui.widgets.text import Text
from yuyue_desktop.ui.widgets.time_line import TimeLine, TimePoint
from yuyue_desktop.ui.widgets.toast import Toast
from yuyue_desktop.ui.widgets.tries_dots import TriesDots

Show = Callable[..., QWidget]


def test_space_ticks_a_check_but_not_a_locked_one(look: Look, show: Show) -> None:
    check = Check(look, "进口", kind=Kind.REQUIRED, name="进出口标识 进口", hint="至少勾一个")
    show(check)
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    check.set_locked(is_locked=True)
    QTest.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    assert check.accessibleName() == "进出口标识 进口"


def test_a_required_check_says_so(look: Look) -> None:
    check = Check(look, "进口", kind=Kind.REQUIRED, hint="至少勾一个")
    check.set_problem(Condition.WRONG, "进口、出口都没有勾")
    assert check.accessibleDescription() == "必填。至少勾一个。进口、出口都没有勾"


def test_stars_do_not_move_labels(look: Look) -> None:
    starred, plain = FieldLabel(look, "收发货人", is_required=True), FieldLabel(look, "收发货人")
    assert starred.sizeHint() == plain.sizeHint()


def test_the_bubble_stands_right_of_its_field_and_takes_no_focus(look: Look, show: Show) -> None:
    field = Field(look, "联系人手机")
    window = show(field)
    field.setMaximumWidth(200)
    layout = window.layout()
    assert layout is not None
    layout.activate()
    field.setFocus()
    bubble = Bubble(look, window)
    bubble.show_at(field, "少 1 位", "应为 11 位，现为 10 位")
    assert bubble.geometry().center().x() > rect_in(field, window).right()
    assert field.editor.hasFocus()
    assert bubble.words == "少 1 位。应为 11 位，现为 10 位"


def test_the_bubble_goes_below_where_the_right_has_no_room(look: Look, show: Show) -> None:
    field = Field(look, "联系人手机")
    window = show(field)
    bubble = Bubble(look, window)
    bubble.show_at(field, "少 1 位", "应为 11 位，现为 10 位")
    assert bubble.geometry().center().y() > rect_in(field, window).bottom()
    assert window.rect().contains(bubble.geometry().adjusted(9, 9, -9, -9))


def test_the_bubble_never_covers_a_neighbours_value(look: Look, show: Show) -> None:
    field, neighbour = Field(look, "联系人手机"), Field(look, "企业名称")
    window = show(field)
    field.setMaximumWidth(200)
    layout = window.layout()
    assert layout is not None
    layout.activate()
    neighbour.setParent(window)
    neighbour.setGeometry(rect_in(field, window).translated(230, 0))
    neighbour.show()
    bubble = Bubble(look, window)
    bubble.show_at(field, "少 1 位", "应为 11 位", (neighbour,))
    assert not bubble.geometry().adjusted(9, 9, -9, -9).intersects(neighbour.geometry())


def test_the_bubble_goes_with_its_field_when_the_window_gets_another_size(qtbot: QtBot, look: Look, show: Show) -> None:
    field = Field(look, "联系人手机")
    window = show(field)
    bubble = Bubble(look, window)
    bubble.show_at(field, "少 1 位", "应为 11 位，现为 10 位")
    before = bubble.geometry()
    window.resize(600, 500)
    qtbot.waitUntil(lambda: bubble.geometry() != before)
    assert window.rect().contains(bubble.geometry().adjusted(9, 9, -9, -9))


@pytest.mark.parametrize("comes_first", ["bubble", "toast"])
def test_the_bubble_and_a_note_of_the_window_never_cover_one_another(look: Look, show: Show, comes_first: str) -> None:
    field = Field(look, "预约通关报关单号")
    window = show(field)
    field.setParent(window)
    field.setGeometry(20, window.height() - 60, 200, 32)
    field.show()
    bubble, toast = Bubble(look, window), Toast(look, window, 10)
    say: list[Callable[[], None]] = [
        lambda: bubble.show_at(field, "020120261000000018 的申报口岸与申请不一致", "前 4 位应为 2210"),
        lambda: toast.tell("海关回执：预约成功", "YTG202600000000001 · 审批通过，请按预约时间办理"),
    ]
    for each in say if comes_first == "bubble" else reversed(say):
        each()
    body = bubble.geometry().adjusted(9, 9, -9, -9)
    assert bubble.isVisible()
    assert not body.intersects(toast.geometry().adjusted(12, 12, -12, -12))
    assert not body.intersects(field.geometry())
    assert window.rect().contains(body)


def test_arrows_move_the_segmented_choice(qtbot: QtBot, look: Look, show: Show) -> None:
    choice = Segmented(look, "登录方式", ("卡介质", "账号"))
    show(choice)
    choice._segments[0].setFocus()
    with qtbot.waitSignal(choice.chosen) as chosen:
        QTest.keyClick(choice._segments[0], Qt.Key.Key_Right)
    assert chosen.args == [1]
    assert choice.index == 1


def test_tab_stops_at_the_chosen_segment_alone(look: Look, show: Show) -> None:
    choice = Segmented(look, "登录方式", ("卡介质", "账号"))
    show(choice)
    for index in (0, 1):
        choice.choose(index)
        stops = [bool(s.focusPolicy() & Qt.FocusPolicy.TabFocus) for s in choice._segments]
        assert stops == [index == 0, index == 1]


def test_a_box_shows_title_note_and_tools(look: Look, show: Show) -> None:
    box = Box(look, "商品名称及HS编码", "3 项")
    tool = Button(look, "从 Excel 粘贴")
    box.add_tool(tool)
    show(box)
    box.set_note("4 项")
    assert [text.text() for text in box.findChildren(Text)] == ["商品名称及HS编码", "4 项"]
    assert tool.isVisible()


def test_an_empty_list_says_the_manuals_words(look: Look) -> None:
    assert EmptyState(look).accessibleName() == "暂无数据"


def test_page_bars_name_the_worst_page(look: Look) -> None:
    bars = PageBars(look)
    bars.show_pages((100 * 1024, 262 * 1024, 90 * 1024), 200 * 1024)
    assert bars.accessibleName() == "共 3 页，最大第 2 页 262 KB，超过每页 200 KB"
    bars.show_pages((100 * 1024,), 200 * 1024)
    assert bars.accessibleName() == "共 1 页，最大第 1 页 100 KB，不超过每页 200 KB"


def test_sixty_pages_fit_the_same_room(look: Look) -> None:
    bars = PageBars(look)
    bars.show_pages((100 * 1024,) * 60, 200 * 1024)
    assert bars.width() < 160


def test_tries_are_told_in_words(look: Look) -> None:
    dots = TriesDots(look)
    for left, words in ((3, "还可试 3 次"), (0, "卡已锁住"), (None, "剩余次数读不出")):
        dots.show_tries(left, 5)
        assert dots.accessibleName() == words


def test_a_banners_button_acts(qtbot: QtBot, look: Look, show: Show) -> None:
    banner = Banner(look, "cloud_off", act="立即重试")
    banner.say("连不上网关", "离线也能录入")
    show(banner)
    with qtbot.waitSignal(banner.acted):
        QTest.keyClick(banner._button, Qt.Key.Key_Return)
    assert banner.accessibleName() == "连不上网关。离线也能录入"


def test_a_toast_goes_by_itself(qtbot: QtBot, look: Look, show: Show) -> None:
    window = show(Field(look, "别的"))
    toast = Toast(look, window, bottom=30, shown_ms=50)
    toast.tell("预约成功", "YTG202600000000271")
    assert toast.isVisible()
    assert toast.geometry().bottom() <= window.height()
    qtbot.waitUntil(lambda: not toast.isVisible())


@pytest.mark.parametrize("is_filled_in", [False, True])
def test_a_toast_leaves_the_field_that_is_filled_in_free(
    look: Look, show: Show, qtbot: QtBot, *, is_filled_in: bool
) -> None:
    window = show(QWidget())
    window.resize(700, 500)
    field = Field(look, "报关单号")
    field.setParent(window)
    field.setGeometry(380, 420, 300, 32)
    field.show()
    if is_filled_in:
        field.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() in window.findChildren(QWidget))
    toast = Toast(look, window, bottom=30)
    toast.tell("预约成功", "YTG202600000000271")
    painted = toast.geometry().adjusted(12, 12, -12, -12)
    assert painted.intersects(field.geometry()) is not is_filled_in
    assert window.rect().contains(painted)


def test_a_toasts_act_is_told_and_hides_it(qtbot: QtBot, look: Look, show: Show) -> None:
    window = show(Field(look, "别的"))
    toast = Toast(look, window, bottom=30)
    toast.tell("已删除 2 份草稿", act="撤销")
    with qtbot.waitSignal(toast.acted):
        toast._button.click()
    assert not toast.isVisible()


def test_a_time_line_reads_each_moment_as_a_sentence(look: Look) -> None:
    line = TimeLine(look)
    line.show_points((TimePoint("现在", "周三 14:36"), TimePoint("最迟申报", "周三 17:30", "下班前 24 小时")))
    assert line.accessibleName() == "现在，周三 14:36。最迟申报，周三 17:30，下班前 24 小时"
    line.show_points((TimePoint("现在", "周三 14:37"),))
    assert line.accessibleName() == "现在，周三 14:37"


def test_a_text_follows_the_look_and_takes_no_mark_up(look: Look, show: Show) -> None:
    text = Text(look, "<b>周敏</b>", colour="ink2")
    show(text)
    look.choose(Theme.DARK, is_large=True)
    assert text.palette().color(text.foregroundRole()) == look.colour("ink2")
    assert text.font().pixelSize() == 16
    assert text.textFormat() is Qt.TextFormat.PlainText
