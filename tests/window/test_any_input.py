"""Whatever is pasted into the fields of query, calendar, search and settings: said, kept, never a fault (S33, S34)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.window.bench import Bench
from yuyue_desktop.domain.limits import FIELD_CHARACTERS
from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay
from yuyue_desktop.ui.dialogs.proxy_fields import ProxyFields
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.calendar_page import CalendarPage
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.pages.span_fields import SpanFields
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.line_editor import LineEditor

pytestmark = pytest.mark.thorough

ANYTHING = {
    "megabyte": "字" * 350_000,
    "megabyte of parts": "1 " * 500_000,
    "nul": "31\x0022\x0026",
    "emoji": "😀🇨🇳",
    "wildcards": "%_'\";--",
    "no day": "2026-02-30",
    "far day": "9999-12-31",
    "other figures": "٣١٢٢٢٦١٥٤٨",
    "direction": "\u202eQQ",
}
A_FRAME_MANY_TIMES_S = 3.0
"""On a busy machine; this thread's own work."""

NO_DAY, NO_CHOICE = "日期看不懂", "没有这一项"


def query(bench: Bench) -> QueryPage:
    bench.frame.menu_chosen.emit(Place.APPLICATION_QUERY)
    page = bench.frame.page
    assert isinstance(page, QueryPage)
    return page


def calendar(bench: Bench) -> CalendarPage:
    bench.frame.menu_chosen.emit(Place.CALENDAR_QUERY)
    page = bench.frame.page
    assert isinstance(page, CalendarPage)
    return page


FIELDS: dict[str, tuple[Callable[[Bench], Field], str]] = {
    "class": (lambda bench: query(bench).filters.company_class, NO_CHOICE),
    "trader": (lambda bench: query(bench).filters.trader, "海关编码应为 10 位"),
    "number": (lambda bench: query(bench).filters.number, "预录入编号应为"),
    "applied from": (lambda bench: query(bench).filters.applied.first, NO_DAY),
    "applied to": (lambda bench: query(bench).filters.applied.last, NO_DAY),
    "window from": (lambda bench: query(bench).filters.window_span.first, NO_DAY),
    "window to": (lambda bench: query(bench).filters.window_span.last, NO_DAY),
    "status": (lambda bench: query(bench).filters.status, NO_CHOICE),
    "days from": (lambda bench: calendar(bench).days.first, NO_DAY),
    "days to": (lambda bench: calendar(bench).days.last, NO_DAY),
    "port": (lambda bench: calendar(bench).port, "还没有选定口岸"),
}
"""Each field, and how what it says of a value that is none begins."""


def paste(editor: LineEditor, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QApplication.clipboard().setText(text)
    editor.paste()


def enter(qtbot: QtBot, editor: LineEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_no_value_is_said_where_it_stands_and_stays(name: str, bench: Bench, qtbot: QtBot) -> None:
    find, said = FIELDS[name]
    field = find(bench)
    editor = field.editor
    for text in ANYTHING.values():
        started = time.thread_time()
        paste(editor, text)
        QApplication.processEvents()
        kept = field.text
        assert kept
        has_lost = len(text) > FIELD_CHARACTERS or any(not sign.isprintable() for sign in text)
        assert bool(field.note) == has_lost, "what was left out is said"
        enter(qtbot, editor)
        QApplication.processEvents()
        assert time.thread_time() - started < A_FRAME_MANY_TIMES_S
        assert field.condition is Condition.WRONG
        assert field.message.startswith(said)
        assert field.text == kept.strip()
        assert editor.hasFocus()


@pytest.mark.parametrize("name", ["applied", "window"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("2026-09-20", "2026-09-10"), "起止日期不对"),
        (("2026-09-01", "2026-09-30"), "时间跨度不能超过 15 天"),
        (("2026-09-20", ""), "起止日期不对"),
    ],
)
def test_a_span_is_called_wrong_where_it_stands(
    name: str, typed: tuple[str, str], said: str, *, bench: Bench, qtbot: QtBot
) -> None:
    filters = query(bench).filters
    spans = {"applied": filters.applied, "window": filters.window_span}
    wrong = spans.pop(name)
    paste(wrong.first.editor, typed[0])
    paste(wrong.last.editor, typed[1])
    enter(qtbot, wrong.last.editor)
    assert said_of(wrong) == (Condition.WRONG, Condition.WRONG)
    assert wrong.first.message.startswith(said)
    assert [said_of(span) for span in spans.values()] == [(Condition.FINE, Condition.FINE)]
    assert (wrong.first.text[:10], wrong.last.text[:10]) == typed


def said_of(span: SpanFields) -> tuple[Condition, Condition]:
    return span.first.condition, span.last.condition


def test_only_the_day_that_can_not_be_read_is_called_wrong(bench: Bench, qtbot: QtBot) -> None:
    days = calendar(bench).days
    paste(days.last.editor, "下周五")
    enter(qtbot, days.last.editor)
    assert said_of(days) == (Condition.FINE, Condition.WRONG)
    assert days.last.editor.hasFocus()


def test_full_width_figures_and_blanks_are_seen_as_what_they_are_taken_for(bench: Bench, qtbot: QtBot) -> None:
    filters = query(bench).filters
    first, last = filters.applied.first, filters.applied.last
    typed = {filters.trader: "　３１２２２６１５４８ ", first: "２０２６－０９－１５", last: " ９．２０"}
    for field, text in typed.items():
        paste(field.editor, text)
    enter(qtbot, filters.applied.last.editor)
    assert [field.text for field in typed] == ["3122261548", "2026-09-15", "2026-09-20"]
    assert (filters.query.applied_from, filters.query.applied_to) == (date(2026, 9, 15), date(2026, 9, 20))
    assert filters.query.trader == "3122261548"


def test_anything_may_be_searched_for(bench: Bench, qtbot: QtBot) -> None:
    box = bench.frame.top_bar.search
    for text in ANYTHING.values():
        started = time.thread_time()
        paste(box.line, text)
        assert bool(box.note) == (len(text) > FIELD_CHARACTERS or any(not sign.isprintable() for sign in text))
        bench.desk.settle()
        enter(qtbot, box.line)
        QApplication.processEvents()
        assert time.thread_time() - started < A_FRAME_MANY_TIMES_S
        assert box.line.text()
    paste(box.line, "ＹＴＧ２０２６")
    assert box.line.text() == "YTG2026"


def test_a_proxy_that_is_none_is_said_and_not_used(qtbot: QtBot) -> None:
    fields = ProxyFields(Look(), ProxySettings(ProxyWay.MANUAL))
    qtbot.addWidget(fields)
    fields.show()
    chosen: list[ProxySettings] = []
    fields.chosen.connect(chosen.append)
    for text in (*ANYTHING.values(), "10.1.2.3", "10.1.2.3:99999", "代理:8080", "10.1.2.3:٨٠٨٠"):
        paste(fields.server.editor, text)
        kept = fields.server.text
        enter(qtbot, fields.server.editor)
        assert fields.server.message.startswith("填地址和端口")
        assert fields.server.text == kept.strip()
    assert chosen == []
    paste(fields.server.editor, " １０．１．２．３：８０８０ ")
    enter(qtbot, fields.server.editor)
    assert fields.server.condition is Condition.FINE
    assert chosen[-1].server == "10.1.2.3:8080"
