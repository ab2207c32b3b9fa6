"""Receipts that arrive are told once and stay marked until they are looked at (S32, B4)."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.services.desk import Desk
from tests.store.parts import LIMIT_S, make_receipt, minutes
from tests.window.bench import Bench
from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.domain.events import ClockChanged
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.services.unread import REMEMBERED
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.shell.menu_entries import Place


def answer(desk: Desk, *application_ids: ApplicationId, first: int = 1) -> None:
    """Customs answers each of the applications."""
    at = desk.clock.now() + minutes(1)
    receipts = tuple(
        make_receipt(each, cursor, status=Status.APPROVED, at=at, text="同意", pre_entry_number="YTG202600000000001")
        for cursor, each in enumerate(application_ids, first)
    )
    desk.store.sync.take_receipts(ReceiptPage(receipts, (), receipts[-1].cursor))


def toast_words(bench: Bench) -> list[str]:
    toast = bench.workbench._toast
    return [toast._title.text(), toast._detail.text()] if toast.isVisible() else []


def test_a_receipt_is_told_and_marked_until_it_is_looked_at(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    record = desk.record(Status.ACCEPTED)
    answer(desk, record.id)
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    assert toast_words(bench) == ["海关回执：预约成功", "YTG202600000000001 · 同意"]
    start = bench.workbench._start
    assert start.receipts.rows.row(0).cells["text"].text == "未读 · 同意"
    qtbot.waitUntil(lambda: bench.tray.words == "预约通关 · 待反馈 1 份 · 未读回执 1 条")
    bench.workbench._toast.acted.emit()
    assert bench.form().application_id == record.id
    bench.window.activateWindow()
    qtbot.waitUntil(lambda: bench.tray.words == "预约通关 · 待反馈 1 份")
    qtbot.waitUntil(lambda: desk.unread.receipts() == ())  # on the disk, too


def test_receipts_that_are_shown_under_the_query_list_are_read(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    first, second = desk.record(Status.ACCEPTED), desk.record(Status.ACCEPTED)
    answer(desk, first.id, second.id)
    qtbot.waitUntil(lambda: bench.tray.words == "预约通关 · 待反馈 2 份 · 未读回执 2 条")
    bench.workbench.open_place(Place.APPLICATION_QUERY)
    page = bench.frame.page
    assert isinstance(page, QueryPage)
    page.receipts_asked.emit(first.id)
    qtbot.waitUntil(lambda: bench.tray.words == "预约通关 · 待反馈 2 份 · 未读回执 1 条")
    assert {receipt.application_id for receipt in bench.workbench._workplace.unread.receipts()} == {second.id}


def test_what_customs_forgot_is_no_receipt_of_customs(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    record = desk.record(Status.ACCEPTED)
    answer(desk, record.id)
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    bench.workbench._toast.hide()
    desk.store.sync.take_receipts(ReceiptPage((), (), 0, is_anew=True))
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    assert toast_words(bench) == ["海关查不到已答复的申请", "YTG202600000000001 · 请先向海关核实，没有重新发送"]
    texts = [bench.workbench._start.receipts.rows.row(place).cells["text"].text for place in range(2)]
    assert any("海关系统恢复了较早的数据" in text for text in texts)


def test_many_at_once_are_told_of_once(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    records = [desk.record(Status.ACCEPTED) for _ in range(5)]
    answer(desk, *(record.id for record in records))
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    assert toast_words(bench) == ["收到海关回执", "5 条，首页可以看到"]


def test_a_machine_whose_clock_is_hours_off_is_told_of_once(qtbot: QtBot, desk: Desk, bench: Bench) -> None:
    before = desk.clock.now()
    bench.bridge.publish(ClockChanged(20.0))
    bench.bridge.publish(ClockChanged(-3 * 3600.0 - 120))
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    title, detail = toast_words(bench)
    assert title == "本机时间快 3 小时 2 分"
    assert "按网关时间计" in detail
    assert desk.clock.now() == before
    bench.workbench._toast.hide()
    bench.bridge.publish(ClockChanged(7200.0))
    answer(desk, desk.record(Status.ACCEPTED).id)
    qtbot.waitUntil(lambda: toast_words(bench) != [])
    assert toast_words(bench)[0].startswith("海关回执")


def test_what_is_read_stays_read_and_what_came_while_away_is_unread(desk: Desk) -> None:
    first, second = desk.record(Status.ACCEPTED), desk.record(Status.ACCEPTED)
    assert desk.unread.receipts() == ()  # from now on it counts
    desk.settle()
    answer(desk, first.id, second.id)
    answer(desk, first.id, second.id)  # told twice by the gateway
    assert {receipt.application_id for receipt in desk.unread.receipts()} == {first.id, second.id}
    unread = desk.unread
    assert unread.note_read(first.id)
    assert not unread.note_read(first.id)
    desk.store.writer.remember_setting("after it", "").result(LIMIT_S)
    assert [receipt.application_id for receipt in desk.unread.receipts()] == [second.id]
    desk.clock.at += REMEMBERED + minutes(2)
    assert desk.unread.receipts() == ()


def test_where_there_is_no_place_beside_the_clock_nothing_happens(bench: Bench) -> None:
    assert not bench.tray.is_there  # the tests' own display has none
    bench.tray.tell("收到海关回执", "登录后查看")
    bench.tray.show_counts(2, 3)
    assert bench.tray.words == "预约通关 · 待反馈 2 份 · 未读回执 3 条"
