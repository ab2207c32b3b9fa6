"""Every sentence that the manual quotes, brought about in the window by what a clerk does there; reads no constant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.card import soft_card
from tests.services.desk import SILENT_PORT, TRADER, Desk
from tests.window.bench import Bench
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.ui.shell.menu_entries import Place

pytestmark = pytest.mark.thorough

OTHER_CARD = "8600000000002"


@pytest.fixture
def sit(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    """Opens the window of an account: by card, or, bound to none, by password."""
    benches: list[Bench] = []

    def open_it(bound_card: str | None = None) -> Bench:
        desk = Desk(tmp_path) if bound_card is None else Desk(tmp_path, bound_card=bound_card)
        if bound_card == "":
            desk.sign_in_with_password()
        else:
            desk.sign_in()
        benches.append(Bench(desk, qtbot))
        return benches[-1]

    yield open_it
    for bench in benches:
        bench.close()
        bench.desk.close()


Sit = Callable[..., Bench]


def says(window: QWidget) -> str:
    """Everything that can be read on the window, or is read aloud of it."""
    words: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window):
            words += [widget.accessibleName(), widget.accessibleDescription()]
            for name in ("text", "placeholderText"):
                read = getattr(widget, name, "")
                words.append(str(read() if callable(read) else read))
    return "\n".join(words)


def test_a_dishonest_card(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    own = bench.desk.session.company
    bench.desk.office.companies[own.customs_code] = replace(own, grade=Grade.DISHONEST)
    bench.desk.knowledge.company(own.customs_code)
    bench.desk.settle()
    bench.workbench.forms.new()
    qtbot.waitUntil(lambda: "失信企业不允许操作" in says(bench.window))


def test_a_dishonest_trader(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.desk.office.companies[TRADER.customs_code] = replace(TRADER, grade=Grade.DISHONEST)
    bench.workbench.forms.new()
    bench.form().form.changed.emit("trader", TRADER.customs_code)
    qtbot.waitUntil(lambda: "失信企业不允许操作" in says(bench.window))


def test_an_account_without_a_card(sit: Sit, qtbot: QtBot) -> None:
    bench = sit("")
    bench.workbench.forms.new()
    qtbot.waitUntil(lambda: "您无权限操作该数据" in says(bench.window))


def test_another_card_than_the_accounts(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.ready_draft().id)
    bench.desk.reader.insert(soft_card(OTHER_CARD))
    bench.form().form.submit_asked.emit()
    sentence = f"当前卡号 {OTHER_CARD} 与用户注册信息卡号 8600000000001 不一致，无法进行申报"
    qtbot.waitUntil(lambda: sentence in says(bench.window))
    assert bench.desk.store.reader.open_items() == ()


def test_a_port_without_working_times(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.ready_draft(declaration_port=SILENT_PORT).id)
    qtbot.waitUntil(lambda: "请联系口岸或海关更新工作日历" in says(bench.window))


@pytest.mark.parametrize(
    "sentence",
    ["10位海关编码", "18位社会信用代码", "10位检验检疫编码", "企业名称", "按空格下拉选择", "(0字节)", "上传PDF",
     "最多可上传5个PDF文件", "暂无数据", "预约通关申请单申请编号", "商品名称及HS编码", "预约通关报关单号反馈"],
)  # fmt: skip
def test_an_empty_form(sit: Sit, qtbot: QtBot, sentence: str) -> None:
    bench = sit()
    bench.workbench.forms.new()
    qtbot.waitUntil(lambda: sentence in says(bench.window))


@pytest.mark.parametrize("sentence", ["A-申请单位", "批量删除", "暂无数据"])
def test_the_query(sit: Sit, qtbot: QtBot, sentence: str) -> None:
    bench = sit()
    bench.workbench._places.open(Place.APPLICATION_QUERY)
    qtbot.waitUntil(lambda: sentence in says(bench.window))
