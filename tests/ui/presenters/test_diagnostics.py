"""诊断 tests everything in the background and says what to do (B12): real store, card in memory, gateway in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.fakes.card import FakeCard, SoftCard, soft_card
from tests.fakes.gateway import Fault
from tests.fakes.readers import FakeReaders, card_check
from tests.store.parts import SetClock
from tests.ui.presenters.conftest import NOW, Desk
from yuyue_desktop.domain.card import CardHolder, CardState, ReaderSurvey, ServiceState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, LinkChanged
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.diagnostics import Diagnostics, TableEdition
from yuyue_desktop.services.readiness import GatewayReadiness, Readiness
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.pages.contents import Readiness as Standing
from yuyue_desktop.ui.presenters import readiness_lines as lines
from yuyue_desktop.ui.presenters.diagnostics import DiagnosticsPresenter
from yuyue_desktop.ui.presenters.readiness_lines import Part
from yuyue_desktop.ui.shell.regions import first_focusable
from yuyue_desktop.wire.envelope import JwsCodec

EDITIONS = (TableEdition("口岸", "2018-12", date(2026, 11, 24), 1158),)


@dataclass
class Bench:
    """The presenter and the reader it looks at."""

    presenter: DiagnosticsPresenter
    card: SoftCard
    reader: FakeCard
    readers: FakeReaders

    def standing(self, part: Part) -> Standing | None:
        line = self.presenter._lines.get(part)
        return line.readiness if line else None

    @property
    def is_done(self) -> bool:
        return all(line.readiness is not Standing.CHECKING for line in self.presenter._lines.values())


Open = Callable[..., Bench]


@pytest.fixture
def open_page(desk: Desk, qtbot: QtBot) -> Open:
    def open_page(check_store: Callable[[], None] | None = None, *, has_card: bool = True) -> Bench:
        card = soft_card()
        reader = FakeCard(lambda _event: None, card if has_card else None)
        session = CardSession(reader, JwsCodec(), desk.workers, lambda _event: None)
        readers = FakeReaders()
        presenter = DiagnosticsPresenter(
            desk.surface,
            readiness=Readiness(desk.gateway, desk.clock, SetClock(NOW), desk.workers),
            diagnostics=Diagnostics(
                check_card=card_check(session, desk.clock, desk.workers, readers),
                check_store=check_store or desk.store.reader.check,
                editions=lambda: EDITIONS,
                workers=desk.workers,
                recent_log=lambda: ["14:35:02 INFO link up"],
            ),
            version="1.2.3",
        )
        QVBoxLayout(desk.surface.window).addWidget(presenter.page)
        desk.surface.window.show()
        bench = Bench(presenter, card, reader, readers)
        qtbot.waitUntil(lambda: bench.is_done)
        return bench

    return open_page


def test_everything_is_said_in_order(open_page: Open) -> None:
    bench = open_page()
    found = bench.presenter._in_order()
    assert [line.key for line in found] == [part for part in Part if part is not Part.CONTROL]
    details = {line.key: line.detail for line in found}
    assert details[Part.SERVICE] == "正在运行"
    assert details[Part.READER] == "接着 1 个：ACS ACR39U 00 00"
    assert details[Part.MODULE] == "驱动 card.so"
    assert details[Part.CARD] == "插着 1 张卡，读得出"
    assert details[Part.STORE] == "已加密，逐页检查完好"
    assert details[Part.TABLES] == "口岸 1158 条（2018-12）"
    assert details[Part.PROGRAM] == "版本 1.2.3"
    assert bench.presenter.page._advice.text().endswith("14:36 检查")


def test_the_keyboard_begins_at_the_recheck(open_page: Open) -> None:
    page = open_page().presenter.page
    assert page.entry() is page.recheck is first_focusable(page)


def test_no_card_no_certificate_and_what_to_do(open_page: Open) -> None:
    bench = open_page(has_card=False)
    assert bench.standing(Part.READER) is Standing.FINE
    assert bench.standing(Part.CARD) is Standing.FAILED
    assert bench.standing(Part.CERTIFICATE) is Standing.UNKNOWN
    assert "请把卡插好再试" in bench.presenter._lines[Part.CARD].detail
    assert bench.presenter.page._advice.text().startswith("1 项有问题")


def test_a_reader_service_that_is_away_explains_what_follows(open_page: Open, qtbot: QtBot) -> None:
    bench = open_page(has_card=False)
    bench.readers.says = ReaderSurvey(ServiceState.AWAY)
    bench.presenter.page.recheck.click()
    qtbot.waitUntil(lambda: bench.is_done)
    assert bench.standing(Part.SERVICE) is Standing.FAILED
    assert "智能卡" in bench.presenter._lines[Part.SERVICE].detail
    assert bench.standing(Part.READER) is bench.standing(Part.CARD) is Standing.UNKNOWN
    assert bench.presenter.page._advice.text().startswith("1 项有问题")


def test_a_damaged_store_is_said(open_page: Open) -> None:
    def damaged() -> None:
        raise YuyueError(Code.STORE_DAMAGED)

    bench = open_page(damaged)
    assert bench.standing(Part.STORE) is Standing.FAILED
    assert "最近的备份" in bench.presenter._lines[Part.STORE].detail


def test_without_gateway_work_goes_on_and_a_recheck_finds_it_again(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    desk.gateway.faults.append(Fault.NO_LINK)
    bench = open_page()
    assert bench.standing(Part.GATEWAY) is bench.standing(Part.CLOCK) is Standing.WARNING
    bench.presenter.page.recheck.click()
    assert bench.standing(Part.GATEWAY) is Standing.CHECKING
    assert bench.presenter.page.recheck.text() == "正在检查…"
    qtbot.waitUntil(lambda: bench.is_done)
    assert bench.standing(Part.GATEWAY) is bench.standing(Part.CLOCK) is Standing.FINE


def test_events_run_their_test_again(desk: Desk, open_page: Open, qtbot: QtBot) -> None:
    bench = open_page()
    bench.reader.pull()
    bench.presenter.take(CardChanged(CardState.ABSENT))
    desk.gateway.faults.append(Fault.NO_LINK)
    bench.presenter.take(LinkChanged(is_up=False))
    qtbot.waitUntil(lambda: bench.is_done)
    assert bench.standing(Part.CARD) is Standing.FAILED
    assert bench.standing(Part.GATEWAY) is Standing.WARNING


def test_the_report_says_what_is_shown_and_no_secret(open_page: Open, tmp_path: Path) -> None:
    bench = open_page()
    file = tmp_path / "report.txt"
    bench.presenter.save_report(str(file))
    said = file.read_text("utf-8")
    assert said.startswith("预约通关诊断报告 2026-09-23 14:36\n读卡器服务：正常。")
    shown, logged = said.split("\n\n")
    assert len(shown.splitlines()) == len(Part)  # the head, and each part but the control
    assert logged.splitlines() == ["运行日志（只有时间和代码）：", "14:35:02 INFO link up"]
    assert bench.card.number not in said


def test_a_report_that_can_not_be_written_is_said(desk: Desk, open_page: Open, tmp_path: Path) -> None:
    open_page().presenter.save_report(str(tmp_path / "no such folder" / "report.txt"))
    assert desk.surface.window.findChildren(NoticeDialog)


@pytest.mark.parametrize(
    ("valid_to", "standing"),
    [
        ("2026-09-22", Standing.FAILED),
        ("2026-09-30", Standing.FAILED),
        ("2026-10-01", Standing.WARNING),
        ("2026-12-22", Standing.WARNING),
        ("2026-12-23", Standing.FINE),
    ],
)
def test_a_certificate_is_warned_of_ninety_days_before(valid_to: str, standing: Standing) -> None:
    assert (
        lines.certificate_line(CardHolder("8600", "公司", "王芳", "2024-01-01", valid_to), NOW.date()).readiness
        is standing
    )


@pytest.mark.parametrize(("offset_s", "standing"), [(60, Standing.FINE), (-60.5, Standing.WARNING)])
def test_a_clock_that_is_off_by_more_than_a_minute_is_said(offset_s: float, standing: Standing) -> None:
    found = GatewayReadiness(12, offset_s)
    assert lines.clock_line(found, NOW, is_practice=False).readiness is standing
    practising = lines.clock_line(found, datetime(2026, 10, 1, 9), is_practice=True)
    assert practising.detail == "练习时间 2026-10-01 09:00，与本机时间无关"
