"""Signing in by the keyboard: card and account, no card, the last try (S0-S2, B15)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Press, Show, Write
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.main_window import MainWindow
from yuyue_desktop.ui.pages.contents import CardInReader, PinTries, Readiness, ReadinessLine
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.widgets.field_frame import Condition

CARD = CardInReader("中国山货花卉进出口公司", "8910 0000 6037", "2027-05-18", "1101919107", "王芳")
ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
LINES = (
    ReadinessLine("reader", "读卡器", "已连接 · 插着 1 张卡", Readiness.FINE),
    ReadinessLine("calendar", "工作日历", "浦东海关（2210）只公布到 9月28日", Readiness.WARNING, "查看"),
)


@pytest.fixture
def page(look: Look, show: Show) -> SignInPage:
    page = SignInPage(look)
    show(page)
    page.show_card(CARD, PinTries(3, 5), "上次输错 2 次。")
    return page


def test_a_card_in_the_reader_takes_the_pin_and_enter(
    page: SignInPage, qtbot: QtBot, press: Press, write: Write
) -> None:
    assert page.pin.field.editor.hasFocus()
    write("123456")
    with qtbot.waitSignal(page.card_sign_in) as asked:
        press(ENTER)
    assert asked.args == ["123456"]
    assert all(line.text() == "" for line in page.findChildren(QLineEdit))


def test_pulling_the_card_forgets_what_was_typed(page: SignInPage, write: Write) -> None:
    write("1234")
    page.show_no_card("卡已拔出", "插回后自动读取")
    assert page.pin.field.text == ""
    assert page.art.accessibleName() == "卡已拔出，插回后自动读取"
    assert not page.pin.is_open


def test_without_a_card_the_button_looks_for_one(look: Look, show: Show, qtbot: QtBot) -> None:
    page = SignInPage(look)
    show(page)
    with qtbot.waitSignal(page.recheck_asked):
        page.act.click()
    assert page.act.isEnabled()


def test_a_refusal_says_why_and_what_is_left(page: SignInPage, press: Press, write: Write) -> None:
    write("000000")
    press(ENTER)
    page.show_busy("正在登录…")
    assert not page.act.isEnabled()
    page.say_wrong("卡密码不对", PinTries(2, 5))
    assert page.pin.tries.accessibleName() == "还可试 2 次"
    assert page.pin.field.condition is Condition.WRONG
    assert page.act.isEnabled()
    assert page.pin.field.editor.hasFocus()


def test_the_last_try_must_be_confirmed(page: SignInPage, qtbot: QtBot, press: Press, write: Write) -> None:
    page.say_wrong("卡密码不对", PinTries(1, 5))
    assert page.pin.confirmation.hasFocus()
    assert not page.act.isEnabled()
    press(SPACE)
    assert page.act.isEnabled()
    write("123456")
    with qtbot.waitSignal(page.card_sign_in):
        press(ENTER)


def test_the_account_way_by_keys(page: SignInPage, qtbot: QtBot, press: Press, write: Write) -> None:
    page.ways.choose(1)
    page.take_focus()
    write("clerk")
    press(ENTER)
    write("secret")
    with qtbot.waitSignal(page.account_sign_in) as asked:
        press(ENTER)
    assert asked.args == ["clerk", "secret"]
    assert page.account.password.text == ""


def test_an_empty_account_field_is_said_at_the_field(page: SignInPage, qtbot: QtBot) -> None:
    page.ways.choose(1)
    with qtbot.assertNotEmitted(page.account_sign_in):
        page.act.click()
    assert page.account.user.message == "还没有填用户名"
    assert page.account.user.editor.hasFocus()


def test_a_refused_account_is_said_and_the_name_stays(page: SignInPage) -> None:
    page.ways.choose(1)
    page.account.user.set_text("clerk")
    page.say_wrong("用户名或密码不对")
    assert page.account.user.text == "clerk"
    assert page.account.password.message == "用户名或密码不对"


def test_readiness_is_told_in_words_and_leads_on(page: SignInPage, qtbot: QtBot) -> None:
    page.show_readiness(LINES)
    names = {widget.accessibleName() for widget in page.readiness.findChildren(QWidget)}
    assert "工作日历，注意，浦东海关（2210）只公布到 9月28日" in names
    link = next(b for b in page.readiness.findChildren(QAbstractButton) if b.accessibleName() == "工作日历 查看")
    with qtbot.waitSignal(page.readiness_acted) as acted:
        link.click()
    assert acted.args == ["calendar"]


def test_the_hint_speaks_of_the_field_in_focus(page: SignInPage) -> None:
    page.pin.field.setFocus()
    assert page._hint.text.startswith("卡密码：")
    page.ways.choose(1)
    page.take_focus()
    assert page._hint.text.startswith("用户名：")


def test_alt_k_opens_the_key_help(page: SignInPage, qtbot: QtBot, press: Press) -> None:
    with qtbot.waitSignal(page.help_asked):
        press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)


@pytest.mark.parametrize("is_practice", [False, True])
def test_practice_is_marked_and_only_practice(look: Look, show: Show, is_practice: bool) -> None:
    page = SignInPage(look, is_practice=is_practice)
    show(page)
    names = {widget.accessibleName() for widget in page.findChildren(QWidget)}
    assert ("练习模式 · 这里的一切都不会发往海关" in names) is is_practice
    assert ("退出练习" in names) is is_practice


@pytest.mark.parametrize("is_practice", [False, True])
def test_the_last_try_is_whole_in_every_height_and_with_letters_that_grow_meanwhile(
    look: Look, show: Show, qtbot: QtBot, is_practice: bool
) -> None:
    window = MainWindow(look, is_practice=is_practice)
    page = SignInPage(look, is_practice=is_practice)
    window.show_content(page)
    show(window)
    page.show_card(CARD, PinTries(1, 5), "")
    for width, height in ((1024, 640), (1366, 662), (1366, 688), (1366, 738), (2560, 1380), (1024, 640)):
        for is_large in (False, True):
            window.resize(width, height)
            look.choose(is_large=is_large)
            page.say_wrong("卡密码不对", PinTries(1, 5))
            qtbot.waitUntil(lambda height=height: page.height() == height)  # type: ignore[misc]
            qtbot.waitUntil(lambda: page.minimumSizeHint().height() <= page.height())
            assert QApplication.focusWidget() is not None


def test_the_card_says_whose_it_is(page: SignInPage) -> None:
    assert page.art.accessibleName() == "中国山货花卉进出口公司，持卡人 王芳，卡号 8910 0000 6037，证书至 2027-05-18"


@pytest.mark.parametrize(("least", "most", "words"), [(8, 16, "8 至 16 位"), (8, 8, "8 位")])
def test_the_hint_says_how_long_this_cards_pin_is(page: SignInPage, least: int, most: int, words: str) -> None:
    assert "6 至 16 位" in page.pin.field.hint
    page.show_card(CARD, PinTries(3, 5), "", least=least, most=most)
    assert page.pin.field.hint == f"插卡后输入 {words}密码，按回车确认"
    assert words in page.pin.field.editor.accessibleDescription()
    assert "6 至" not in page.pin.field.editor.accessibleDescription()
