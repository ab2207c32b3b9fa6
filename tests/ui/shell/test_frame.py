"""Tabs, menu, sizes and keys of the window (S7, S8, S11), by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import FormPage
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.frame import LEAST_SIZE, ShellFrame
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.shell.strip_button import StripButton
from yuyue_desktop.ui.shell.top_bar import TopBarStates

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Press = Callable[..., None]


@pytest.fixture
def press(qtbot: QtBot, frame: ShellFrame) -> Press:
    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or frame, key, modifier)

    return press


def leads_on(button: StripButton) -> bool:
    return not button._is_quiet


def titles(frame: ShellFrame) -> list[str]:
    return [page.title for page in frame.pages]


def test_a_new_page_opens_beside_the_one_in_front(frame: ShellFrame, home: Page) -> None:
    frame.choose(home)
    frame.open_page(FormPage("new", "新的"))
    assert titles(frame) == ["首页", "新的", "预约申请 0", "预约申请 1", "预约申请 2"]
    assert frame.page is frame.pages[1]


def test_a_page_opens_behind_another_and_what_is_in_front_stays_there(frame: ShellFrame, forms: list[FormPage]) -> None:
    frame.choose(forms[2])
    forth = next(button for button in frame.tabs.findChildren(StripButton) if button.accessibleName() == "下一个选项卡")
    assert not leads_on(forth)
    behind = frame.open_page(FormPage("new", "新的"), forms[2])
    assert leads_on(forth)
    frame.open_page(FormPage("newer", "更新的"), behind)
    assert frame.page is forms[2]
    assert titles(frame)[-3:] == ["预约申请 2", "新的", "更新的"]
    frame.close_pages(frame.pages[-2:])
    assert not leads_on(forth)
    frame.open_page(FormPage("last", "最后"), behind)  # which is closed: beside the one in front
    assert titles(frame)[-2:] == ["预约申请 2", "最后"]


def test_a_place_that_is_open_is_shown_again_and_not_opened_twice(frame: ShellFrame, forms: list[FormPage]) -> None:
    assert frame.open_page(FormPage(forms[0].place, "同一份")) is forms[0]
    assert frame.page is forms[0]
    assert len(frame.pages) == 4


def test_control_tab_walks_round_all_tabs(frame: ShellFrame, press: Press) -> None:
    seen = []
    for _ in frame.pages:
        press(Qt.Key.Key_Tab, CONTROL)
        assert frame.page is not None
        seen.append(frame.page.title)
    assert seen == ["首页", "预约申请 0", "预约申请 1", "预约申请 2"]
    press(Qt.Key.Key_Backtab, CONTROL | SHIFT)
    assert frame.page is frame.pages[2]


def test_control_w_closes_the_page_in_front_but_never_the_first(frame: ShellFrame, press: Press, home: Page) -> None:
    for left in (3, 2, 1, 1):
        press(Qt.Key.Key_W, CONTROL)
        assert len(frame.pages) == left
    assert frame.page is home


def test_a_page_is_told_that_it_is_left_before_it_closes(
    frame: ShellFrame, qtbot: QtBot, forms: list[FormPage]
) -> None:
    with qtbot.waitSignals([forms[2].left, frame.page_closed], order="strict"):
        frame.close_pages([forms[2]])


def test_a_page_is_told_that_it_is_left_when_another_comes_to_the_front(
    frame: ShellFrame, qtbot: QtBot, forms: list[FormPage]
) -> None:
    with qtbot.waitSignal(forms[2].left):
        frame.choose(forms[0])


def test_the_list_of_tabs_closes_others_and_all(frame: ShellFrame, forms: list[FormPage], home: Page) -> None:
    frame.choose(forms[1])
    menu = frame.tabs.tab_menu()
    by_title = {action.text(): action for action in menu.actions()}
    assert list(by_title)[:4] == titles(frame)
    by_title["关闭其他选项卡"].trigger()
    assert list(frame.pages) == [home, forms[1]]
    by_title["关闭全部选项卡"].trigger()
    assert list(frame.pages) == [home]
    menu.deleteLater()


def test_an_unsaved_page_says_so_in_words_too(frame: ShellFrame, forms: list[FormPage]) -> None:
    forms[0].set_unsaved(True)
    assert frame.tabs.bar.accessibleTabName(1) == "预约申请 0，有改动还没存盘"
    forms[0].set_unsaved(False)
    forms[0].set_title("预约申请 YTG…0274")
    assert frame.tabs.bar.accessibleTabName(1) == "预约申请 YTG…0274"
    assert frame.tabs.bar.tabText(1) == "预约申请 YTG…0274"


def test_f6_goes_from_region_to_region_and_back_to_where_it_was(
    frame: ShellFrame, press: Press, forms: list[FormPage]
) -> None:
    forms[2].second.setFocus()
    regions: list[QWidget] = []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        regions.append(focused)
    assert regions[0] is forms[2].in_rail
    assert frame.menu.isAncestorOf(regions[1])
    assert regions[2] is frame.tabs.bar
    assert regions[3] is forms[2].second
    press(Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is frame.tabs.bar


def test_the_menu_is_one_tab_stop_walked_with_arrows(frame: ShellFrame, press: Press, qtbot: QtBot) -> None:
    frame.menu.take_focus()
    press(Qt.Key.Key_Home)
    walked = []
    for _ in range(10):
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(focused.accessibleName())
        press(Qt.Key.Key_Down)
    assert walked == [
        "折叠菜单", "首页", "预约申请", "打开申请文件…",
        "预约查询", "预约通关查询", "口岸工作时间查询", "发件箱", "诊断", "设置",
    ]  # fmt: skip
    press(Qt.Key.Key_End)
    with qtbot.waitSignal(frame.menu_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == [Place.SETTINGS]
    stops = [b for b in frame.menu.findChildren(QWidget) if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def test_left_and_right_close_and_open_a_part_of_the_menu(frame: ShellFrame, press: Press) -> None:
    frame.menu.take_focus()
    press(Qt.Key.Key_Home)
    for _ in range(4):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "发件箱"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "预约通关查询"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_folded_menu_flies_out(frame: ShellFrame, press: Press, qtbot: QtBot) -> None:
    press(Qt.Key.Key_B, CONTROL)
    frame.menu.take_focus()
    press(Qt.Key.Key_Home)
    for _ in range(4):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    fly_out = QApplication.activePopupWidget()
    assert fly_out is not None
    with qtbot.waitSignal(frame.menu_chosen) as chosen:
        qtbot.keyClick(fly_out, Qt.Key.Key_Down)
        qtbot.keyClick(fly_out, Qt.Key.Key_Return)
    assert chosen.args == [Place.CALENDAR_QUERY]


def test_control_b_folds_and_the_wish_is_told(frame: ShellFrame, press: Press, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.menu_folded) as folded:
        press(Qt.Key.Key_B, CONTROL)
    assert folded.args == [True]
    qtbot.waitUntil(lambda: frame.menu.width() == 52)
    press(Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(lambda: frame.menu.width() == 204)


def test_a_narrow_window_folds_by_itself_and_forgets_it_when_wide_again(frame: ShellFrame, qtbot: QtBot) -> None:
    frame.resize(1300, 768)
    qtbot.waitUntil(lambda: frame.menu.width() == 52)
    frame.resize(1320, 768)
    qtbot.waitUntil(lambda: frame.menu.width() == 204)


@pytest.mark.parametrize(("height", "is_compact"), [(719, True), (720, False)])
def test_a_low_window_is_compact(frame: ShellFrame, look: Look, qtbot: QtBot, height: int, is_compact: bool) -> None:
    frame.resize(1366, height)
    qtbot.waitUntil(lambda: look.is_compact is is_compact)


def test_the_top_bar_says_what_is_true(frame: ShellFrame) -> None:
    frame.top_bar.show_states(
        TopBarStates("推算时间 9月23日 14:36", is_online=False, waiting=4, card="卡已拔出", is_card_fine=False)
    )
    bar = frame.top_bar
    assert [b.accessibleName() for b in (bar.time, bar.link, bar.outbox, bar.card)] == [
        "推算时间 9月23日 14:36",
        "离线",
        "发件箱 4 件待发",
        "卡已拔出",
    ]
    assert [b.is_alert for b in (bar.time, bar.link, bar.outbox, bar.card)] == [False, True, True, True]


def test_no_state_of_the_bar_is_cut_where_it_is_narrow(qtbot: QtBot, frame: ShellFrame) -> None:
    whole, short = "练习卡 李想 …0001 · 证书至 2050-12-31", "练习卡 李想 …0001"
    bar = frame.top_bar

    def is_whole() -> bool:
        states = (bar.time, bar.link, bar.outbox, bar.card, bar.leave)
        are_wide = all(state.width() >= state.sizeHint().width() for state in states)
        return are_wide and bar.leave.geometry().right() < bar.width()

    bar.show_states(
        TopBarStates("练习时间 12月28日 09:00", is_online=False, waiting=12, card=whole, card_shorter=short)
    )
    for width, shown in ((1920, whole), (LEAST_SIZE[0], short), (1920, whole)):
        frame.resize(width, 700)
        qtbot.waitUntil(is_whole)
        assert bar.card.text() == shown


def test_keys_of_the_window(frame: ShellFrame, press: Press, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.menu_chosen) as chosen:
        press(Qt.Key.Key_N, CONTROL)
    assert chosen.args == [Place.APPLICATION]
    with qtbot.waitSignal(frame.help_asked):
        press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_K, CONTROL)
    assert QApplication.focusWidget() is frame.top_bar.search.line


def test_a_drawer_takes_the_focus_and_gives_it_back(frame: ShellFrame, forms: list[FormPage]) -> None:
    forms[2].second.setFocus()
    drawer = QPushButton("抽屉")
    frame.drawer.open(drawer)
    assert QApplication.focusWidget() is drawer
    frame.drawer.close()
    assert QApplication.focusWidget() is forms[2].second
    drawer.deleteLater()


@pytest.mark.usefixtures("frame")
def test_f6_finds_its_way_when_what_had_the_focus_is_gone(press: Press, forms: list[FormPage]) -> None:
    forms[2].second.setFocus()
    press(Qt.Key.Key_F6, SHIFT)
    shiboken6.delete(forms[2].second)
    press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is forms[2].first


def test_a_drawer_closes_though_what_opened_it_is_gone(frame: ShellFrame, forms: list[FormPage]) -> None:
    forms[2].second.setFocus()
    drawer = QPushButton("抽屉")
    frame.drawer.open(drawer)
    shiboken6.delete(forms[2].second)
    frame.drawer.close()
    assert frame.drawer.drawer is None
    drawer.deleteLater()


def test_practice_is_marked_in_words(qtbot: QtBot, look: Look) -> None:
    practice = ShellFrame(look, is_practice=True)
    real = ShellFrame(look)
    qtbot.addWidget(practice)
    qtbot.addWidget(real)
    words = {w.accessibleName() for w in practice.findChildren(QWidget)}
    assert {"练习模式 · 这里的一切都不会发往海关", "退出练习", "练习", "关员台"} <= words
    assert not {w.accessibleName() for w in real.findChildren(QWidget)} & {"退出练习", "练习", "关员台"}


def test_nothing_on_the_shell_is_without_a_name(frame: ShellFrame) -> None:
    frame.top_bar.show_states(TopBarStates("网关时间 9月23日 14:36", is_online=True, waiting=0, card="卡在位 …6037"))
    stops = [w for w in frame.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    own = [w for w in stops if not any(page.isAncestorOf(w) for page in frame.pages)]
    assert len(own) > 5
    assert [w for w in own if not w.accessibleName()] == []


def test_a_frame_that_goes_with_the_keyboard_in_it_stumbles_over_nothing(look: Look, qtbot: QtBot) -> None:
    window, form = QWidget(), FormPage("application", "预约申请")
    qtbot.addWidget(window)
    frame = ShellFrame(look, parent=window)
    frame.open_page(form)
    window.show()
    window.activateWindow()
    form.first.setFocus()
    qtbot.waitUntil(form.first.hasFocus)
    with qtbot.capture_exceptions() as stumbles:
        shiboken6.delete(frame)
    assert stumbles == []
