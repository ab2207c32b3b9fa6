"""The form says what is entered, walks by keys, and shows what the rules say (S10-S22)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.forms import samples
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.fields import FIELDS, Kind
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.application_form import RAIL_FROM_WIDTH, ApplicationForm
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.widgets.bubble import Bubble
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition, FieldFrame
from yuyue_desktop.ui.widgets.floating import SHADOW
from yuyue_desktop.ui.widgets.pick_list import PickList
from yuyue_desktop.ui.widgets.scroll import Scroll
from yuyue_desktop.ui.widgets.sight import rect_in

pytestmark = pytest.mark.thorough

OpenForm = Callable[..., ApplicationForm]


def editor(form: ApplicationForm, name: str) -> QWidget:
    return editor_of(form.fields.bindings[name].widget)


def condition(form: ApplicationForm, name: str) -> Condition:
    return form.fields.bindings[name].widget.condition


def told(form: ApplicationForm) -> list[tuple[str, object]]:
    changes: list[tuple[str, object]] = []
    form.changed.connect(lambda name, value: changes.append((name, value)))
    return changes


def shown(form: ApplicationForm, name: str) -> str:
    widget = form.fields.bindings[name].widget
    assert isinstance(widget, Field)
    return widget.text


def test_each_field_is_named_and_coloured_as_the_catalogue_says(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    specs = {spec.name: spec for spec in FIELDS}
    for name, binding in form.fields.bindings.items():
        assert editor_of(binding.widget).accessibleName() == specs[name].accessible_name
        if isinstance(binding.widget, FieldFrame):
            assert binding.widget.shown_kind is specs[name].kind


def test_an_application_is_shown_with_names_beside_its_codes(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    assert shown(form, "declaration_port") == "2210  浦东海关"
    assert shown(form, "transport_mode") == "5  航空运输"
    assert shown(form, "window_start") == "2026-09-26 周六 09:00"
    assert shown(form, "window_end") == "11:00"
    assert shown(form, "trader_name") == "上海澄江生鲜贸易有限公司"
    assert shown(form, "pre_entry_number") == "YTG202600000000274"


def test_a_window_over_midnight_says_that_it_ends_the_next_day(open_form: OpenForm) -> None:
    form = open_form(samples.state(dataclasses.replace(samples.FILLED, window_start="2026-09-26T23:00")))
    assert shown(form, "window_end") == "次日 01:00"


def test_what_is_typed_is_told_as_the_domain_has_it(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    changes = told(form)
    QTest.keyClicks(editor(form, "contact_mobile"), "13")
    QTest.keyClicks(editor(form, "declaration_port"), "2210")
    QTest.keyClick(editor(form, "declaration_port"), Qt.Key.Key_Return)
    QTest.keyClicks(editor(form, "window_start"), "9-26 9:00")
    QTest.keyClick(editor(form, "is_import"), Qt.Key.Key_Space)
    assert ("contact_mobile", "13") in changes
    assert changes.count(("declaration_port", "2210")) == 1
    assert ("window_start", "2026-09-26T09:00") in changes
    assert ("window_start", "9-2") in changes
    assert changes[-1] == ("is_import", True)


def test_showing_what_was_typed_leaves_caret_and_text(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    QTest.keyClicks(editor(form, "declaration_port"), "22")
    form.show_state(samples.state(dataclasses.replace(samples.EMPTY, declaration_port="22")))
    QTest.keyClicks(editor(form, "declaration_port"), "1")
    assert shown(form, "declaration_port") == "221"


def test_enter_walks_forward_and_shift_enter_back(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    editor(form, "trader").setFocus()
    for name in ("contact_name", "contact_mobile", "declaration_port", "entry_exit_port", "transport_mode"):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return)
        assert form.focusWidget() is editor(form, name)
    for name in ("entry_exit_port", "declaration_port"):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert form.focusWidget() is editor(form, name)


def test_enter_leads_from_the_last_field_into_the_goods(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    editor(form, "window_start").setFocus()
    for _ in ("reason", "is_import", "is_export", "goods"):
        QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert form.focusWidget() is editor_of(form.goods.editors[0])


def test_the_hint_line_speaks_of_the_focused_field(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    with qtbot.waitSignal(form.hint_changed) as hint:
        editor(form, "contact_mobile").setFocus()
    assert hint.args == ["联系人手机：填 11 位手机号，或区号-座机号（如 010-65194114）"]


def test_f8_goes_round_the_obstacles(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY))
    assert [problem.field for problem in samples.state(samples.FAULTY).obstacles] == [
        "contact_mobile",
        "transport_mode",
        "attachments",
    ]
    editor(form, "trader").setFocus()
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.focusWidget() is editor(form, "contact_mobile")
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.focusWidget() is editor(form, "transport_mode")
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.attachments.isAncestorOf(form.focusWidget())
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.focusWidget() is editor(form, "contact_mobile")


def test_submit_leads_to_what_is_missing_and_then_calls_gaps_wrong(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    assert condition(form, "contact_name") is Condition.FINE
    with qtbot.assertNotEmitted(form.submit_asked):
        form.head.buttons["提交"].click()
    assert form.focusWidget() is editor(form, "trader")
    assert condition(form, "contact_name") is Condition.WRONG


def test_submit_is_asked_for_when_nothing_is_missing(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    with qtbot.waitSignal(form.submit_asked):
        QTest.keyClick(form, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)


def bubble(form: ApplicationForm) -> Bubble | None:
    found = form.findChild(Bubble)
    return found if isinstance(found, Bubble) and found.isVisible() else None


def test_the_bubble_stands_at_the_focused_wrong_field_alone(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY))
    assert bubble(form) is None
    editor(form, "contact_mobile").setFocus()
    said = bubble(form)
    assert said is not None
    assert said.words == "手机号少了几位。应为 11 位，现为 10 位"
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Escape)
    assert bubble(form) is None
    assert condition(form, "contact_mobile") is Condition.WRONG
    editor(form, "contact_mobile").setFocus()
    editor(form, "contact_name").setFocus()
    assert bubble(form) is None


def test_the_bubble_goes_with_its_field_when_the_wheel_turns(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY), 1000)
    form.resize(1000, 420)
    editor(form, "contact_mobile").setFocus()
    field, area = form.fields.bindings["contact_mobile"].widget, form.findChild(Scroll)
    assert area is not None
    said, places = bubble(form), [rect_in(field, form)]
    assert said is not None
    distance = said.geometry().center() - places[0].center()
    while not places[-1].intersected(rect_in(area.viewport(), form)).isEmpty():
        turn_wheel(area, -1)
        places.append(rect_in(field, form))
        assert places[-1] != places[-2]
        if bubble(form) is not None:
            assert said.geometry().center() - places[-1].center() == distance
    assert bubble(form) is None
    while area.verticalScrollBar().value():
        turn_wheel(area, 1)
    assert bubble(form) is said
    assert said.geometry().center() - rect_in(field, form).center() == distance


def test_a_list_goes_with_its_field_when_the_wheel_turns(open_form: OpenForm) -> None:
    form = open_form(samples.state(dataclasses.replace(samples.FILLED, declaration_port="")), 1000)
    form.resize(1000, 420)
    field, area = form.fields.bindings["declaration_port"].widget, form.findChild(Scroll)
    assert area is not None
    editor(form, "declaration_port").setFocus()
    QTest.keyClicks(editor(form, "declaration_port"), "22")
    choices = next(each for each in form.findChildren(PickList) if each.isVisible())
    assert touches(choices, field)
    while choices.isVisible():
        before = rect_in(field, form)
        turn_wheel(area, -1)
        assert rect_in(field, form).top() < before.top()
        assert not choices.isVisible() or touches(choices, field)
    assert not rect_in(area.viewport(), form).contains(rect_in(field, form).center())
    assert shown(form, "declaration_port") == "22"


def touches(floating: QWidget, field: QWidget) -> bool:
    """Whether it stands right above or right below its field."""
    panel, at = floating.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW), rect_in(field, field.window())
    return panel.left() == at.left() and 5 in {panel.top() - at.bottom(), at.top() - panel.bottom()}


def turn_wheel(area: Scroll, notches: int) -> None:
    """As the mouse does it, in the corner of what scrolls: beside what floats over it."""
    window = area.window()
    place = area.viewport().mapTo(window, QPoint(4, 4))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120 * notches))


def test_a_value_is_called_wrong_only_after_a_pause_but_right_at_once(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    editor(form, "contact_mobile").setFocus()
    form.changed.connect(
        lambda name, value: form.show_state(samples.state(dataclasses.replace(samples.FILLED, **{name: value})))
    )
    QTest.keyClick(editor(form, "contact_mobile"), Qt.Key.Key_Backspace)
    assert condition(form, "contact_mobile") is Condition.FINE
    qtbot.waitUntil(lambda: bubble(form) is not None)
    assert condition(form, "contact_mobile") is Condition.WRONG
    QTest.keyClicks(editor(form, "contact_mobile"), "1")
    assert bubble(form) is None
    assert condition(form, "contact_mobile") is Condition.FINE


def test_an_application_in_the_outbox_is_locked_and_says_why(open_form: OpenForm) -> None:
    form = open_form(samples.state(mark=ItemState.WAITING))
    frames = [b.widget for b in form.fields.bindings.values() if isinstance(b.widget, FieldFrame)]
    assert {frame.shown_kind for frame in frames} == {Kind.LOCKED}
    changes = told(form)
    QTest.keyClicks(editor(form, "contact_name"), "x")
    assert changes == []
    assert "待发送，不能修改" in [label.text() for label in form.head.findChildren(type(form.head._why))]


VISIBLE = {
    Status.DRAFT: {"复制", "打印", "删除", "暂存", "提交"},
    Status.DECLARED: {"复制", "打印"},
    Status.ACCEPTED: {"复制", "打印", "取消预约"},
    Status.APPROVED: {"复制", "打印", "取消预约", "提交"},
    Status.CLEARED: {"复制", "打印"},
    Status.RETURNED: {"复制", "打印"},
    Status.CANCELLED: {"复制", "打印"},
    Status.FEEDBACK_OVERDUE: {"复制", "打印"},
}


@pytest.mark.parametrize("status", Status)
def test_the_head_offers_what_the_status_allows(open_form: OpenForm, status: Status) -> None:
    form = open_form(samples.state(status=status))
    assert {word for word, button in form.head.buttons.items() if button.isVisible()} == VISIBLE[status]


def test_cancelling_ends_with_the_windows_start(open_form: OpenForm) -> None:
    late = samples.state(status=Status.APPROVED, now=samples.NOW.replace(day=26, hour=9, minute=0))
    assert not open_form(late).head.buttons["取消预约"].isVisible()


@pytest.mark.parametrize(
    ("keys", "word"),
    [(Qt.Key.Key_S, "暂存"), (Qt.Key.Key_C, "复制"), (Qt.Key.Key_P, "打印"), (Qt.Key.Key_R, "删除")],
)
def test_alt_keys_press_the_heads_buttons(qtbot: QtBot, open_form: OpenForm, keys: Qt.Key, word: str) -> None:
    form = open_form(samples.state())
    with qtbot.waitSignal(form.head.buttons[word].clicked):
        QTest.keyClick(form, keys, Qt.KeyboardModifier.AltModifier)


def test_alt_p_is_heard_though_no_button_offers_to_print(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    form.head.buttons["打印"].hide()
    with qtbot.waitSignal(form.head.print_asked):
        QTest.keyClick(form, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)


def test_the_explanation_comes_only_after_approval(open_form: OpenForm) -> None:
    assert not open_form(samples.state()).explanation.isVisible()
    assert open_form(samples.state(status=Status.FEEDBACK_OVERDUE)).explanation.isVisible()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED, Status.FEEDBACK_OVERDUE])
def test_no_form_has_to_be_pushed_sideways(open_form: OpenForm, status: Status) -> None:
    """From a narrow window to one where the rail stands beside the fields; low, so that it scrolls downwards."""
    form = open_form(samples.state(status=status))
    for width in (972, RAIL_FROM_WIDTH - 1, RAIL_FROM_WIDTH, 1228):
        form.resize(width, 480)
        QApplication.processEvents()
        assert form._scroll.horizontalScrollBar().maximum() == 0, width


def test_a_narrow_form_has_its_rail_as_a_line_that_f8_opens(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY), 972)
    assert not form.rail.isVisible()
    assert form._rail_line.isVisible()
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.rail.isVisible()
    editor(form, "trader").setFocus()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.rail.isVisible()


def test_reasons_are_offered_as_ready_texts(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    changes = told(form)
    menus = [menu for menu in form.findChildren(QWidget) if menu.inherits("QMenu") and menu.actions()]
    actions = [action for menu in menus for action in menu.actions()]
    assert [action.text() for action in actions] == list(samples.REASONS)
    actions[1].trigger()
    assert changes == [("reason", "鲜活、冷冻或易腐货物")]


def test_a_form_opens_where_the_next_entry_is_made(open_form: OpenForm) -> None:
    assert open_form(samples.state(samples.EMPTY)).focusWidget().accessibleName() == "收发货人 10位海关编码"
    assert open_form(samples.state(status=Status.APPROVED)).focusWidget().accessibleName() == "预约通关报关单号"


def all_states() -> list[FormState]:
    return [samples.state(samples.EMPTY), samples.state(samples.FAULTY), *(samples.state(status=s) for s in Status)]


def test_one_form_can_show_every_state_in_turn(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    for state in [*all_states(), *reversed(all_states())]:
        form.show_state(state)
        QApplication.processEvents()
    assert form.head.buttons["提交"].isVisible()


@pytest.mark.parametrize("width", [972, 1103, 1162, 1314])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED])
def test_codes_and_times_are_never_cut(open_form: OpenForm, width: int, status: Status) -> None:
    form = open_form(samples.state(status=status), width)
    for name in (
        "trader",
        "trader_credit_code",
        "trader_inspection_code",
        "contact_mobile",
        "window_start",
        "window_end",
    ):
        widget = form.fields.bindings[name].widget
        assert isinstance(widget, Field)
        assert widget.text
        assert not widget.editor.is_cut, f"{name}: {widget.text}"
