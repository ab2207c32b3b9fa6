"""A field says its kind, problem and lock to eye and ear, and keeps what is typed (S10, S11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.signs import IconView, ProblemSign
from yuyue_desktop.ui.widgets.text_area import TextArea

Show = Callable[..., QWidget]


@pytest.mark.parametrize(("kind", "token"), [(Kind.REQUIRED, "req"), (Kind.LOCKED, "sys"), (Kind.OPTIONAL, "opt")])
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_the_ground_tells_the_kind(look: Look, show: Show, kind: Kind, token: str, theme: Theme) -> None:
    field = Field(look, "联系人姓名", kind=kind)
    show(field, Field(look, "别的"))
    look.choose(theme)
    image = field.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 4) == look.colour(token)


def test_a_field_of_a_locked_form_says_so_and_no_more_how_to_fill_it(look: Look) -> None:
    field = Field(look, "联系人手机", kind=Kind.REQUIRED, hint="填 11 位手机号")
    field.set_locked(is_locked=True)
    assert field.editor.accessibleDescription() == "已锁定，不能修改"
    assert field.hint == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_eye_is_reached_and_pressed_by_keys(look: Look, show: Show, key: Qt.Key) -> None:
    field = Field(look, "卡密码")
    field.set_secret("显示密码")
    show(field)
    field.setFocus()
    field.set_text("secret")
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    eye = QApplication.focusWidget()
    assert eye is not None
    assert eye.accessibleName() == "显示密码"
    for mode in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        QTest.keyClick(eye, key)
        assert field.editor.echoMode() is mode


def test_name_and_description_are_heard_at_the_editor(look: Look) -> None:
    field = Field(look, "联系人手机", kind=Kind.REQUIRED, hint="填 11 位手机号")
    field.set_problem(Condition.WRONG, "少 1 位：手机号应为 11 位")
    assert field.editor.accessibleName() == "联系人手机"
    assert field.editor.accessibleDescription() == "必填。填 11 位手机号。少 1 位：手机号应为 11 位"
    field.set_problem(Condition.FINE)
    assert field.editor.accessibleDescription() == "必填。填 11 位手机号"


def test_a_problem_shows_a_sign_beside_the_colour(look: Look, show: Show) -> None:
    field = Field(look, "联系人手机")
    show(field)
    sign = field.findChild(ProblemSign)
    assert isinstance(sign, ProblemSign)
    assert not sign.isVisible()
    field.set_problem(Condition.WARNED, "校验位不符")
    assert sign.isVisible()


def test_a_locked_form_makes_each_field_grey_but_reachable(look: Look, show: Show) -> None:
    field = Field(look, "联系人姓名", kind=Kind.REQUIRED)
    field.set_text("周敏")
    show(field)
    field.set_locked(is_locked=True)
    padlock = field.findChildren(IconView)
    field.setFocus()
    QTest.keyClicks(field.editor, "x")
    assert field.text == "周敏"
    assert field.editor.hasFocus()
    assert any(icon.isVisible() for icon in padlock)
    assert "已锁定，不能修改" in field.editor.accessibleDescription()
    field.set_locked(is_locked=False)
    QTest.keyClicks(field.editor, "x")
    assert field.text != "周敏"


def test_each_key_is_told_and_leaving_commits_once(qtbot: QtBot, look: Look, show: Show) -> None:
    field, other = Field(look, "联系人姓名"), Field(look, "别的")
    show(field, other)
    field.setFocus()
    edited: list[str] = []
    committed: list[str] = []
    field.edited.connect(edited.append)
    field.committed.connect(committed.append)
    QTest.keyClicks(field.editor, "ab")
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    field.setFocus()
    other.setFocus()
    assert edited == ["a", "ab"]
    assert committed == ["ab"]


def test_full_width_signs_become_half_width_while_typed(look: Look, show: Show) -> None:
    field = Field(look, "收发货人 10位海关编码", is_narrow=True)
    show(field, Field(look, "别的"))
    field.setFocus()
    compose(field.editor, "", "３１２Ａ ")
    assert field.text == "312A "
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert field.text == "312A"


def test_backspace_clears_a_picked_value_whole_and_free_text_by_one(look: Look, show: Show) -> None:
    field = Field(look, "预约申报口岸")
    show(field)
    field.set_text("2210  浦东海关")
    field.editor.is_whole = True
    field.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.text == ""
    QTest.keyClicks(field.editor, "ab")
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.text == "a"


def compose(editor: QLineEdit, text: str, taken: str = "") -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(taken)
    QApplication.sendEvent(editor, event)


def test_while_an_input_method_composes_no_key_acts(qtbot: QtBot, look: Look, show: Show) -> None:
    field = Field(look, "联系人姓名")
    show(field)
    field.setFocus()
    compose(field.editor, "zhou")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    override.ignore()
    QApplication.sendEvent(field.editor, override)
    assert override.isAccepted()
    with qtbot.assertNotEmitted(field.committed):
        QTest.keyClick(field.editor, Qt.Key.Key_Return)
    compose(field.editor, "")
    with qtbot.waitSignal(field.committed):
        QTest.keyClick(field.editor, Qt.Key.Key_Return)


def test_a_secret_is_shown_only_while_the_eye_is_on(look: Look, show: Show) -> None:
    field = Field(look, "卡密码")
    field.set_secret("显示密码")
    show(field)
    eye = field._tools[0]
    assert field.editor.echoMode() is QLineEdit.EchoMode.Password
    eye.click()
    assert field.editor.echoMode() is QLineEdit.EchoMode.Normal
    eye.click()
    assert field.editor.echoMode() is QLineEdit.EchoMode.Password


def test_an_area_takes_a_new_line_by_ctrl_enter_alone_and_grows(look: Look, show: Show) -> None:
    area = TextArea(look, "预约通关事由")
    show(area)
    area.setFocus()
    height = area.height()
    QTest.keyClicks(area.editor, "a")
    QTest.keyClick(area.editor, Qt.Key.Key_Return)
    assert area.text == "a"
    QTest.keyClick(area.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(area.editor, "b")
    assert area.text == "a\nb"
    assert area.height() > height


def test_an_area_tells_what_is_typed_but_not_what_is_set(qtbot: QtBot, look: Look, show: Show) -> None:
    area = TextArea(look, "预约通关事由")
    show(area)
    with qtbot.assertNotEmitted(area.edited):
        area.set_text("早上到货")
    with qtbot.waitSignal(area.edited):
        area.insert("鲜活易腐货物")
    assert area.text == "鲜活易腐货物"


def test_a_text_without_room_ends_in_an_ellipsis_until_somebody_edits_it(look: Look, show: Show) -> None:
    field, other = Field(look, "企业名称", kind=Kind.LOCKED), Field(look, "别的")
    show(field, other)
    other.setFocus()
    field.setFixedWidth(160)

    def is_cut(text: str) -> bool:
        field.set_text(text)
        return field.editor.is_cut

    assert not is_cut("练习有限公司")
    assert is_cut("一家名称很长的进出口贸易股份有限公司上海分公司")
    seen = field.editor.grab().toImage()
    assert is_cut("一家名称很长的进出口贸易股份有限公司上海总部")
    assert field.editor.grab().toImage() == seen, "what has no room is not painted"
    field.setFocus()
    assert not is_cut("一家名称很长的进出口贸易股份有限公司上海总部")
