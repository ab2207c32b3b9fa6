"""Deleted drafts can be got back in the window, whole, as new drafts, for 30 days (S28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pytestqt.qtbot import QtBot

from tests.services.desk import NOW, PERSON, WINDOW, Desk
from tests.store.parts import LIMIT_S, make_attachment
from tests.window.bench import Bench
from yuyue_desktop.domain.application import ApplicationRecord, Status
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.pages.deleted_drawer import DeletedDrawer
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.widgets.text import Text

PDF = b"%PDF-1.7 invoice"


def draft(desk: Desk, reason: str) -> ApplicationRecord:
    """A draft with everything in it."""
    file = make_attachment(PDF)
    desk.store.writer.put_attachment(file.sha256, PDF).result(LIMIT_S)
    return desk.store.read(desk.ready_draft(reason=reason, attachments=(file,)).id)


def query(bench: Bench) -> QueryPage:
    """预约通关查询 with what the store has."""
    bench.workbench._places.open(Place.APPLICATION_QUERY)
    page = bench.frame.page
    assert isinstance(page, QueryPage)
    return page


def opened(bench: Bench, page: QueryPage) -> DeletedDrawer:
    """最近删除, by its button."""
    page.deleted.click()
    drawer = bench.frame.drawer.drawer
    assert isinstance(drawer, DeletedDrawer)
    return drawer


def question(bench: Bench) -> ConfirmDialog:
    """The question that is asked."""
    return next(dialog for dialog in bench.window.findChildren(ConfirmDialog) if dialog.isVisible())


def test_several_drafts_are_deleted_and_each_can_be_got_back(bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    first, second = draft(desk, "鲜活易腐"), draft(desk, "急需")
    page = query(bench)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 2)
    page.table.rows.tick_all(is_on=True)
    page.delete.click()
    asked = question(bench)
    words = [text.text() for text in asked.findChildren(Text)]
    assert "删除 2 份草稿" in words
    assert "海关端不能恢复；本机留 30 天，可据此新建。" in words
    asked.act.click()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)

    drawer = opened(bench, page)
    assert set(drawer.cards) == {first.id, second.id}
    drawer.cards[first.id].restore.click()
    assert bench.frame.drawer.drawer is None
    form = bench.form()
    restored = form.application_id
    assert restored not in (first.id, second.id)
    qtbot.waitUntil(lambda: desk.store.reader.record(restored) is not None)
    kept = desk.store.read(restored)
    assert kept.application.reason == "鲜活易腐"
    assert kept.application.window_start == WINDOW
    assert kept.application.attachments == first.application.attachments
    assert (kept.status, kept.pre_entry_number, kept.person) == (Status.DRAFT, "", PERSON)
    assert desk.store.reader.record(first.id) is None


def test_until_when_a_draft_is_kept_is_said(bench: Bench, desk: Desk) -> None:
    record = draft(desk, "急需")
    desk.drafting.delete(record.id).result(LIMIT_S)
    desk.clock.at = NOW + timedelta(days=20)
    drawer = opened(bench, query(bench))
    card = drawer.cards[record.id]
    words = [text.text() for text in card.findChildren(Text)]
    assert "留到 10月28日 周三" in words
    assert card.accessibleName().endswith("留到 10月28日 周三")
    assert card.restore.accessibleName().startswith("恢复为新草稿，")


def test_nothing_deleted_is_said_so(bench: Bench) -> None:
    drawer = opened(bench, query(bench))
    assert drawer.cards == {}
    assert drawer.close_button.hasFocus()


def test_a_dishonest_company_gets_no_draft_back(bench: Bench, desk: Desk) -> None:
    record = draft(desk, "急需")
    desk.drafting.delete(record.id).result(LIMIT_S)
    own = desk.session.company
    desk.store.writer.remember_company(replace(own, grade=Grade.DISHONEST)).result(LIMIT_S)
    opened(bench, query(bench)).cards[record.id].restore.click()
    told = [dialog for dialog in bench.window.findChildren(NoticeDialog) if dialog.isVisible()]
    assert "失信企业不允许操作" in [text.text() for text in told[0].findChildren(Text)]
    assert len(desk.drafting.deleted()) == 1
