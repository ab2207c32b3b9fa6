"""操作记录 in the window (B17): what was done, by whom and when, reached by keys, kept true while it is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.desk import PERSON, Desk
from tests.store.parts import LIMIT_S
from tests.window.bench import Bench
from yuyue_desktop.ui.pages.diagnostics_page import DiagnosticsPage
from yuyue_desktop.ui.pages.journal_page import JournalPage
from yuyue_desktop.ui.shell.menu_entries import Place


def shown(page: JournalPage) -> list[tuple[str, ...]]:
    """Who, what and about what, row by row."""
    rows = page.table.rows
    return [
        tuple(str(rows.index(row, column).data()) for column in range(1, rows.columnCount()))
        for row in range(rows.rowCount())
    ]


def opened(bench: Bench) -> JournalPage:
    """By the button of 诊断, with a key."""
    bench.workbench._places.open(Place.DIAGNOSTICS)
    diagnostics = bench.frame.page
    assert isinstance(diagnostics, DiagnosticsPage)
    diagnostics.journal.setFocus()
    QTest.keyClick(diagnostics.journal, Qt.Key.Key_Space)
    page = bench.frame.page
    assert isinstance(page, JournalPage)
    return page


def test_who_did_what_is_shown_the_newest_first(bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    editing = desk.ready_draft()
    desk.card_session.unlock(desk.card.pin)
    item = desk.declaring.declare(editing).result(LIMIT_S)
    desk.store.sync.claim(item.id)
    gone = desk.ready_draft()
    page = opened(bench)
    before = shown(page)
    assert [deed for _, deed, _ in before] == ["保存草稿", "发送 · 申报", "签名提交 · 申报", "保存草稿"]
    assert {person for person, _, _ in before} == {PERSON}
    assert {subject for _, _, subject in before} == {"草稿 · 澄江生鲜"}
    desk.drafting.delete(gone.id).result(LIMIT_S)
    qtbot.waitUntil(lambda: shown(page)[0] == (PERSON, "删除草稿", "已删除的草稿"))
    desk.store.writer.note_export(PERSON).result(LIMIT_S)
    bench.frame.close_pages([page])
    assert shown(opened(bench))[0] == (PERSON, "导出全部数据", "全部数据")


def test_the_keyboard_is_in_the_list(bench: Bench, desk: Desk) -> None:
    desk.ready_draft()
    page = opened(bench)
    assert page.entry() is page.table
    assert page.table.accessibleName() == "操作记录"
