"""Goods, files, feedback and rail do their part by keys, and say what they show (S19, S20, S30, B3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.forms import samples
from yuyue_desktop.domain.application import GoodsItem, Status
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.time_content import time_content
from yuyue_desktop.ui.widgets.field_frame import Condition

OpenForm = Callable[..., ApplicationForm]
IMPORT_NUMBER = "221020261000000001"
ANOTHER_PORT_S_NUMBER = "223320261000000001"


def test_a_commodity_is_looked_up_taken_and_written_by_enter(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    code, name = form.goods._code, form.goods._name
    code.setFocus()
    QTest.keyClicks(code.editor, "0603")
    QTest.keyClick(code.editor, Qt.Key.Key_Return)
    QTest.keyClick(code.editor, Qt.Key.Key_Return)
    assert form.focusWidget() is name.editor
    with qtbot.waitSignal(form.changed) as change:
        QTest.keyClick(name.editor, Qt.Key.Key_Return)
    assert change.args == ["goods", (GoodsItem("06031100", "鲜的玫瑰（插花及花蕾）"),)]
    assert (code.text, name.text) == ("", "")
    assert form.focusWidget() is code.editor


def test_an_incomplete_row_is_not_written(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    QTest.keyClicks(form.goods._code.editor, "06")
    with qtbot.assertNotEmitted(form.changed):
        form.goods.write()
    assert form.goods._code.condition is Condition.WRONG


def test_a_row_is_changed_in_its_place(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    form.goods.table.cell_activated.emit("1", "edit")
    assert form.goods._name.text == "鲜的百合花（百合属）"
    form.goods._name.editor.selectAll()
    QTest.keyClicks(form.goods._name.editor, "lily")
    with qtbot.waitSignal(form.changed) as change:
        QTest.keyClick(form.goods._name.editor, Qt.Key.Key_Return)
    rows = samples.FILLED.goods
    assert change.args == ["goods", (rows[0], GoodsItem("06031500", "lily"), rows[2])]


def test_delete_removes_the_chosen_row(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    form.goods.table.choose("0")
    form.goods.table.setFocus()
    with qtbot.waitSignal(form.changed) as change:
        QTest.keyClick(form.goods.table, Qt.Key.Key_Delete)
    assert change.args == ["goods", samples.FILLED.goods[1:]]


def test_locked_goods_can_be_read_but_not_changed(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.ACCEPTED))
    with qtbot.assertNotEmitted(form.changed):
        form.goods.table.cell_activated.emit("0", "remove")
    assert not form.goods._entry.isVisible()


def test_a_bad_file_names_its_page_and_offers_to_fit_it(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY))
    good, bad = form.attachments._rows
    assert good.accessibleName() == "鲜切花发票及装箱单.pdf，4 页 · 共 486 KB · 最大一页 142 KB"
    assert bad.accessibleName() == "提货单.pdf，第 3 页 262 KB，超过每页 200 KB"
    assert not good.fit.isVisible()
    with qtbot.waitSignal(form.attachments.fit_asked) as asked:
        bad.fit.click()
    assert asked.args == ["b" * 64]


def test_without_a_fitter_the_wrong_file_itself_is_led_to(open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY))
    form.attachments.offer_acts(can_preview=True, can_fit=False)
    form.attachments.focus_first_wrong()
    assert form.attachments._rows[1].preview.hasFocus()


def test_a_file_is_removed(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    with qtbot.waitSignal(form.changed) as change:
        form.attachments._rows[0].remove.click()
    assert change.args == ["attachments", samples.FILLED.attachments[1:]]


def test_a_wrong_declaration_number_is_said_in_a_bubble_while_it_is_typed(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    form.feedback.focus_entry()
    editor = form.feedback._number.editor

    def is_said() -> bool:
        return form.feedback._bubble.is_shown

    QTest.keyClicks(editor, ANOTHER_PORT_S_NUMBER)
    assert not is_said()
    qtbot.waitUntil(is_said)
    assert ANOTHER_PORT_S_NUMBER in form.feedback._number.message
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not is_said()
    assert editor.text() == ANOTHER_PORT_S_NUMBER
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert is_said()
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert not is_said()


def test_five_thousand_goods_cost_a_key_in_another_field_nothing(open_form: OpenForm) -> None:
    goods = tuple(GoodsItem("0603110000", f"鲜切花{place}") for place in range(5000))
    state = samples.state(dataclasses.replace(samples.FAULTY, goods=goods))
    form = open_form(state)
    shown: list[object] = []
    form.goods.table.rows.about_to_replace.connect(lambda: shown.append(None))
    form.show_state(dataclasses.replace(state))
    assert shown == []
    form.show_state(samples.state(dataclasses.replace(samples.FAULTY, goods=goods[:-1])))
    assert form.goods.table.rows.rowCount() == 4999


def test_a_pasted_list_of_numbers_is_taken_and_what_is_over_stays(open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    numbers = [f"{IMPORT_NUMBER[:9]}{place:09d}" for place in range(51)]
    QApplication.clipboard().setText("\r\n".join(numbers))
    form.feedback.focus_entry()
    form.feedback._number.editor.paste()
    assert form.feedback._number._unit.text() == "51 个"
    QTest.keyClick(form.feedback._number.editor, Qt.Key.Key_Return)
    assert form.feedback.numbers == tuple(numbers[:50])
    assert form.feedback.typed == numbers[50]
    assert form.feedback._number.message.startswith(f"加入 50 个，剩 1 个。{numbers[50]}：")
    assert form.feedback._bubble.is_shown
    assert form.feedback._number._unit.text() == ""


def test_feedback_is_closed_until_approval(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    assert form.feedback._stack.currentIndex() == 0
    assert form.feedback._closed.accessibleName() == "审批通过后在此反馈报关单号，预约时间后 5 天内 · 最多 50 票"


def test_numbers_are_added_by_enter_and_removed(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    entry = form.feedback._number
    QTest.keyClicks(entry.editor, IMPORT_NUMBER)
    with qtbot.waitSignal(form.jotted.changed):
        QTest.keyClick(entry.editor, Qt.Key.Key_Return)
    assert list(form.feedback.numbers) == [IMPORT_NUMBER]
    assert entry.text == ""
    form.feedback.table.choose(IMPORT_NUMBER)
    form.feedback.table.setFocus()
    QTest.keyClick(form.feedback.table, Qt.Key.Key_Delete)
    assert list(form.feedback.numbers) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("2210202610000000", "报关单号应为 18 位，现为 16 位。请核对"),
        ("221020260000000001", "221020260000000001 的进出口标志与申请不一致。第 9 位 1 是进口，0 是出口"),
        ("223320261000000001", "223320261000000001 的申报口岸与申请不一致。前 4 位应为 2210"),
        ("22102026X000000001", "报关单号只能是数字，第 9 位是 1（进口）或 0（出口）。请核对"),
    ],
)
def test_what_the_digits_show_wrong_is_said(open_form: OpenForm, number: str, words: str) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    QTest.keyClicks(form.feedback._number.editor, number)
    QTest.keyClick(form.feedback._number.editor, Qt.Key.Key_Return)
    assert form.feedback._number.message == words
    assert form.feedback.numbers == ()


def test_no_number_twice(open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    for _ in range(2):
        QTest.keyClicks(form.feedback._number.editor, IMPORT_NUMBER)
        QTest.keyClick(form.feedback._number.editor, Qt.Key.Key_Return)
    assert form.feedback.numbers == (IMPORT_NUMBER,)
    assert form.feedback._number.condition is Condition.WRONG


def test_typed_numbers_survive_a_new_state(open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.APPROVED))
    QTest.keyClicks(form.feedback._number.editor, IMPORT_NUMBER)
    QTest.keyClick(form.feedback._number.editor, Qt.Key.Key_Return)
    form.show_state(samples.state(status=Status.APPROVED))
    assert form.feedback.numbers == (IMPORT_NUMBER,)


def test_the_deadline_is_told_with_its_rule() -> None:
    content = time_content(samples.state())
    assert (content.caption, content.figure, content.colour) == ("距最迟申报时间", "2 小时 54 分", "amber")
    assert [point.sentence for point in content.points] == [
        "现在，周三 14:36",
        "最迟申报，9月23日 周三 17:30，下班前 24 小时（口岸不同 · 一般企业）",
        "口岸末次下班，9月24日 周四 17:30",
        "预约时间，9月26日 周六 09:00",
    ]


@pytest.mark.parametrize(("before", "colour"), [(9, "ink2"), (8, "amber"), (1, "red")])
def test_time_left_turns_amber_and_red(before: int, colour: str) -> None:
    latest = samples.NOW.replace(hour=17, minute=30)
    assert time_content(samples.state(now=latest - timedelta(hours=before))).colour == colour


def test_too_late_says_since_when_and_what_to_do() -> None:
    content = time_content(samples.state(now=samples.NOW.replace(hour=18, minute=36)))
    assert content.sentence == "最迟申报时间已过，1 小时 6 分，请改约更晚的时间"


def test_what_is_missing_for_the_deadline_is_named() -> None:
    content = time_content(samples.state(dataclasses.replace(samples.FILLED, declaration_port="", window_start="")))
    assert content.sentence == "距最迟申报时间，还算不出，填好申报口岸、预约时间后，按申报口岸的工作日历计算。"
    unknown = time_content(samples.state(dataclasses.replace(samples.FILLED, window_start="2026-10-05T09:00")))
    assert "请联系口岸或海关更新工作日历" in unknown.advice
    unheard = time_content(samples.state(dataclasses.replace(samples.FILLED, declaration_port="2201")))
    assert "联网后自动取来" in unheard.sentence + unheard.advice


def test_an_approved_form_counts_down_to_the_feedback() -> None:
    content = time_content(samples.state(status=Status.APPROVED))
    assert (content.caption, content.figure) == ("距反馈截止", "7 天 18 小时")


def test_the_rail_lists_obstacles_as_sentences_and_leads_there(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.FAULTY))
    assert [row.accessibleName() for row in form.rail._rows] == [
        "联系人手机：手机号少了几位：应为 11 位，现为 10 位，跳到",
        "运输方式：必填，还没有填，跳到",
        "提货单.pdf：第 3 页 262 KB，超过每页 200 KB，跳到",
    ]
    with qtbot.waitSignal(form.rail.problem_asked):
        QTest.mouseClick(form.rail._rows[1], Qt.MouseButton.LeftButton)
    assert form.focusWidget().accessibleName() == "运输方式"


def test_the_rail_says_when_all_is_ready(open_form: OpenForm) -> None:
    form = open_form(samples.state())
    assert form.rail._title.text() == "可以提交了"


def drop(form: ApplicationForm, path: str) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(200, 200), copy, data, left, none)
    form.dropEvent(event)
    return event


def test_files_are_dropped_anywhere_on_an_open_form(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(samples.EMPTY))
    with qtbot.waitSignal(form.files_given) as dropped:
        drop(form, "/files/a.pdf")
    assert dropped.args == [[Path("/files/a.pdf")]]
    assert form.acceptDrops()
    form.show_state(samples.state(status=Status.ACCEPTED))
    assert not form.acceptDrops()


def carried(kind: str) -> QMimeData:
    data = QMimeData()
    if kind == "file":
        data.setUrls([QUrl.fromLocalFile("/files/a.pdf")])
    elif kind == "web":
        data.setUrls([QUrl("https://example.org/a.pdf")])
    else:
        data.setText("合同")
    return data


@pytest.mark.parametrize("kind", ["web", "text"])
def test_what_is_no_file_is_said_where_the_files_are(qtbot: QtBot, open_form: OpenForm, kind: str) -> None:
    form = open_form(samples.state())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = carried(kind)
    for intake in (form.upload, form.attachments):
        with qtbot.waitSignal(form.no_files_given) as said:
            intake.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
        assert said.args == ["拖来的不是文件"]
    QGuiApplication.clipboard().setMimeData(carried(kind))
    with qtbot.waitSignal(form.no_files_given) as said:
        QTest.keyClick(form.attachments._rows[0].preview, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["剪贴板里没有文件"]


def test_files_are_pasted_where_the_files_are(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state())
    QGuiApplication.clipboard().setMimeData(carried("file"))
    with qtbot.waitSignal(form.files_given) as given:
        QTest.keyClick(form.upload.button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert given.args == [[Path("/files/a.pdf")]]
    form.show_state(samples.state(status=Status.ACCEPTED))
    with qtbot.assertNotEmitted(form.files_given):
        QTest.keyClick(form.attachments._rows[0].preview, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_an_explanation_carries_its_text_and_one_file(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.FEEDBACK_OVERDUE))
    panel = form.explanation
    QTest.keyClicks(panel._text.editor, "late")
    panel.take_files(samples.FILLED.attachments[:1])
    with qtbot.waitSignal(panel.asked) as asked:
        panel._send.click()
    assert asked.args == ["late"]
    assert panel.attachments == samples.FILLED.attachments[:1]
    panel.files._rows[0].remove.click()
    assert panel.attachments == ()


def test_an_empty_or_too_long_explanation_is_not_sent(qtbot: QtBot, open_form: OpenForm) -> None:
    form = open_form(samples.state(status=Status.FEEDBACK_OVERDUE))
    panel = form.explanation
    with qtbot.assertNotEmitted(panel.asked):
        panel._send.click()
        panel._text.insert("字" * 1001)
        panel._send.click()
    assert panel._text.condition is Condition.WRONG


def test_the_one_explanation_is_locked_once_sent(open_form: OpenForm) -> None:
    sent = samples.state(status=Status.APPROVED)
    sent = dataclasses.replace(sent, record=dataclasses.replace(sent.record, is_explained=True))
    panel = open_form(sent).explanation
    assert panel.isVisible()
    assert not panel._send.isVisible()
