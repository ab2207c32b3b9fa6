"""Every sentence that the manual quotes, brought about in the window by what a clerk does there; reads no constant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.card import soft_card
from tests.services.desk import SILENT_PORT, TRADER, Desk
from tests.store.parts import LIMIT_S
from tests.window.bench import Bench
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.queries import CompanyClass
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.calendar_page import LIST, CalendarPage
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.shell.menu_entries import Place

pytestmark = pytest.mark.thorough

OTHER_CARD = "8600000000002"
NUMBER, ANOTHER = "221020261000000001", "221020261000000002"
EXPORT_NUMBER, OTHER_PORTS_NUMBER = "221020260000000001", "223320261000000001"


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
            if isinstance(widget, QTableView):
                words += _table_words(widget.model())
            if isinstance(widget, QTabBar):
                words += [widget.tabText(place) for place in range(widget.count())]
    return "\n".join(words)


def _table_words(rows: QAbstractItemModel) -> list[str]:
    columns = range(rows.columnCount())
    heads = [str(rows.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    return heads + [str(rows.index(row, column).data()) for row in range(rows.rowCount()) for column in columns]


def wait_to_read(qtbot: QtBot, window: QWidget, *sentences: str) -> None:
    """Return once all of these can be read."""

    def can_be_read() -> None:
        text = says(window)
        assert [sentence for sentence in sentences if sentence not in text] == []

    qtbot.waitUntil(can_be_read)


def wait_to_find(qtbot: QtBot, window: QWidget, *words: str) -> None:
    """Return once each of these stands by itself somewhere, as a label, a button or a heading does."""

    def can_be_found() -> None:
        lines = set(says(window).splitlines())
        assert [word for word in words if word not in lines] == []

    qtbot.waitUntil(can_be_found)


def press(bench: Bench, word: str) -> None:
    """Press the button with this word."""
    buttons = [button for button in bench.window.findChildren(QAbstractButton) if button.isVisible()]
    next(button for button in buttons if button.text() == word).click()


def type_keys(qtbot: QtBot, text: str, *keys: Qt.Key) -> None:
    """Type into what has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)
    for key in keys:
        qtbot.keyClick(focused, key)


def approved(bench: Bench) -> ApplicationForm:
    """An approved application in its tab."""
    bench.workbench.forms.open(bench.desk.record(Status.APPROVED).id)
    return bench.form().form


def test_the_sign_in_page(qtbot: QtBot) -> None:
    page = SignInPage(Look())
    qtbot.addWidget(page)
    page.show()
    wait_to_find(qtbot, page, "卡介质", "账号", "登录")


def test_a_dishonest_card(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    own = bench.desk.session.company
    bench.desk.office.companies[own.customs_code] = replace(own, grade=Grade.DISHONEST)
    bench.desk.knowledge.company(own.customs_code)
    bench.desk.settle()
    bench.workbench.forms.new()
    wait_to_read(qtbot, bench.window, "失信企业不允许操作")


def test_a_dishonest_trader(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.desk.office.companies[TRADER.customs_code] = replace(TRADER, grade=Grade.DISHONEST)
    bench.workbench.forms.new()
    bench.form().form.changed.emit("trader", TRADER.customs_code)
    wait_to_read(qtbot, bench.window, "失信企业不允许操作")


@pytest.mark.parametrize("owner", ["declarant", "trader"])
def test_a_company_that_owes_a_feedback(sit: Sit, qtbot: QtBot, owner: str) -> None:
    bench = sit()
    company = bench.desk.session.company if owner == "declarant" else TRADER
    bench.workbench.forms.new()
    bench.desk.office.companies[company.customs_code] = replace(company, owes_feedback=True)
    bench.desk.knowledge.forget_answers()
    bench.form().form.changed.emit("trader", TRADER.customs_code)
    wait_to_read(qtbot, bench.window, f"{company.name} 有“I-通关完成未反馈”的预约，不能新增")


def test_an_account_without_a_card(sit: Sit, qtbot: QtBot) -> None:
    bench = sit("")
    bench.workbench.forms.new()
    wait_to_read(qtbot, bench.window, "您无权限操作该数据")


def test_another_card_than_the_accounts(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.ready_draft().id)
    bench.desk.reader.insert(soft_card(OTHER_CARD))
    bench.form().form.submit_asked.emit()
    sentence = f"当前卡号 {OTHER_CARD} 与用户注册信息卡号 8600000000001 不一致，无法进行申报"
    wait_to_read(qtbot, bench.window, sentence)
    assert bench.desk.store.reader.open_items() == ()


def test_a_port_without_working_times(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.ready_draft(declaration_port=SILENT_PORT).id)
    wait_to_read(qtbot, bench.window, "请联系口岸或海关更新工作日历")


def test_an_empty_form(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.new()
    wait_to_find(
        qtbot, bench.window, "预约申请", "预约申请基本信息", "商品名称及HS编码", "预约通关报关单号反馈", "提交", "暂存"
    )
    wait_to_find(qtbot, bench.window, "预约通关申请单申请编号", "预录入编号", "申请状态", "申报单位", "收发货人")
    wait_to_find(qtbot, bench.window, "10位海关编码", "18位社会信用代码", "10位检验检疫编码", "企业名称")
    wait_to_find(
        qtbot, bench.window, "联系人姓名", "联系人手机", "预约申报口岸", "预约进出口岸", "运输方式", "按空格下拉选择"
    )
    wait_to_find(qtbot, bench.window, "预约通关时间", "至", "预约通关事由", "(0字节)", "进出口标识", "进口", "出口")
    wait_to_find(qtbot, bench.window, "随附补充材料", "上传PDF")
    wait_to_read(qtbot, bench.window, "最多可上传5个PDF文件")
    wait_to_find(qtbot, bench.window, "序号", "商品名称", "商品HS编码", "暂无数据")
    assert "情况说明" not in says(bench.window).splitlines()


def test_files_are_added(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.new()
    press(bench, "上传PDF")
    wait_to_find(qtbot, bench.window, "添加文件", "上传/保存")


@pytest.mark.parametrize(
    ("sentence", "kept"), [("关闭全部选项卡", ["首页"]), ("关闭其他选项卡", ["首页", "预约申请 新草稿"])]
)
def test_the_menu_of_the_tabs(sit: Sit, qtbot: QtBot, sentence: str, kept: list[str]) -> None:
    bench = sit()
    for _ in range(2):
        bench.workbench.forms.new()
    menu = bench.frame.tabs.tab_menu()
    next(action for action in menu.actions() if action.text() == sentence).trigger()
    qtbot.waitUntil(lambda: [page.title for page in bench.frame.pages] == kept)


def test_the_menu_at_the_left(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    wait_to_find(qtbot, bench.window, "预约申请", "预约查询", "预约通关查询", "口岸工作时间查询", "安全退出")


def test_the_key_help(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.forms.new()
    qtbot.keyClick(bench.window, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    (help_,) = [dialog for dialog in bench.window.findChildren(KeyHelp) if dialog.isVisible()]
    wait_to_read(qtbot, help_, "Alt+K", "Alt+S", "暂存", "Alt+R", "删除", "Alt+C", "复制", "Alt+P", "打印")
    wait_to_read(qtbot, help_, "选中、写入、下一栏", "Shift+Enter", "上一栏", "Backspace", "清空")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (NUMBER[:-1], "报关单号应为 18 位，现为 17 位"),
        (f"{NUMBER[:-1]}X", "报关单号只能是数字"),
        (EXPORT_NUMBER, f"{EXPORT_NUMBER} 的进出口标志与申请不一致"),
        (OTHER_PORTS_NUMBER, f"{OTHER_PORTS_NUMBER} 的申报口岸与申请不一致"),
        (f"{NUMBER} {NUMBER}", f"{NUMBER} 已经在列表里"),
        (" ".join(f"{NUMBER[:9]}{serial:09d}" for serial in range(51)), "最多 50 票报关单"),
    ],
)
def test_a_declaration_number(sit: Sit, qtbot: QtBot, typed: str, sentence: str) -> None:
    bench = sit()
    approved(bench).feedback.focus_entry()
    QApplication.clipboard().setText(typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(bench, "新增")
    wait_to_read(qtbot, bench.window, sentence)


def test_feedback_without_a_number(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    approved(bench)
    press(bench, "提交")
    wait_to_read(qtbot, bench.window, "还没有填报关单号")
    assert bench.desk.store.reader.open_items() == ()


def test_a_number_that_still_stands_in_the_line_goes_with_the_others(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    form = approved(bench)
    form.feedback.focus_entry()
    type_keys(qtbot, NUMBER, Qt.Key.Key_Return)
    type_keys(qtbot, ANOTHER)
    press(bench, "提交")
    qtbot.waitUntil(lambda: bool(bench.desk.store.reader.open_items()))
    assert form.feedback.numbers == (NUMBER, ANOTHER)


def test_the_explanation_says_what_it_is_for(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    form = approved(bench)
    wait_to_read(qtbot, bench.window, "情况说明", "没有通过单一窗口反馈的报关单号，在这里向海关说明，只能发送一次")
    wait_to_read(qtbot, bench.window, "最多可上传1个PDF文件")
    wait_to_find(qtbot, bench.window, "预约申报")
    form.explanation.editor.setFocus()
    wait_to_read(qtbot, bench.window, "没有通过单一窗口反馈报关单号的，在此说明；只能发送一次")


@pytest.mark.parametrize(("text", "count"), [("", 0), ("  \n ", 0), ("字" * 1001, 1001)])
def test_an_explanation_of_no_such_length(sit: Sit, qtbot: QtBot, text: str, count: int) -> None:
    bench = sit()
    approved(bench).explanation.show_written(text, ())
    press(bench, "预约申报")
    wait_to_read(qtbot, bench.window, f"情况说明应为 1 至 1000 字，现为 {count} 字")


def test_an_explanation_goes_once(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    approved(bench).explanation.show_written("没有通过单一窗口", ())
    press(bench, "预约申报")
    wait_to_read(qtbot, bench.window, "情况说明只能发送一次，发出后不能修改、不能再发")
    press(bench, "发送")
    qtbot.waitUntil(lambda: bool(bench.desk.store.reader.open_items()))
    sent = replace(bench.desk.record(Status.APPROVED), is_explained=True)
    bench.desk.store.writer.merge_records([sent]).result(LIMIT_S)
    bench.workbench.forms.open(sent.id)
    wait_to_read(qtbot, bench.form(), "已发送过，等待海关答复")
    assert "预约申报" not in says(bench.form()).splitlines()


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.APPROVED])
def test_an_appointment_is_cancelled_at_the_top(sit: Sit, qtbot: QtBot, status: Status) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.record(status).id)
    press(bench, "取消预约")
    wait_to_read(qtbot, bench.window, "取消后这份预约不能恢复")


@pytest.mark.parametrize("status", [Status.DECLARED, Status.RETURNED, Status.CLEARED])
def test_what_can_not_be_cancelled_does_not_offer_it(sit: Sit, qtbot: QtBot, status: Status) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.record(status).id)
    wait_to_read(qtbot, bench.window, f"{status.word}，不能修改")
    assert "取消预约" not in says(bench.form())


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.DRAFT, "暂存"),
        (Status.DECLARED, "申报"),
        (Status.ACCEPTED, "已受理"),
        (Status.APPROVED, "预约成功"),
        (Status.CLEARED, "通关完成"),
        (Status.RETURNED, "退单"),
        (Status.CANCELLED, "已取消"),
        (Status.FEEDBACK_OVERDUE, "I-通关完成未反馈"),
    ],
)
def test_every_status(sit: Sit, qtbot: QtBot, status: Status, sentence: str) -> None:
    bench = sit()
    bench.workbench.forms.open(bench.desk.record(status).id)
    wait_to_read(qtbot, bench.window, f"申请状态：{sentence}")


def query(bench: Bench) -> QueryPage:
    """预约通关查询 in its tab."""
    bench.workbench.open_place(Place.APPLICATION_QUERY)
    page = bench.frame.page
    assert isinstance(page, QueryPage)
    return page


def test_the_query(sit: Sit, qtbot: QtBot) -> None:
    page = query(sit())
    wait_to_find(
        qtbot, page, "企业类别", "A-申请单位", "申请单位", "收发货人", "状态", "申请时间", "预约时间", "预录入编号"
    )
    wait_to_find(qtbot, page, "查询", "批量删除", "申报人名称", "收发货人名称", "暂无数据")


def test_the_other_class_of_the_query(sit: Sit, qtbot: QtBot) -> None:
    page = query(sit())
    page.filters.company_class.setFocus()
    type_keys(qtbot, " ", Qt.Key.Key_Down, Qt.Key.Key_Return)
    wait_to_read(qtbot, page, "B-收发货人")
    assert page.filters.query.company_class is CompanyClass.TRADER
    page.filters.search.click()
    wait_to_read(qtbot, page, "类别选 B 时必须填收发货人的 10 位海关编码")


def test_the_receipts_of_the_query(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    record = bench.desk.record(Status.DECLARED)
    page = query(bench)
    qtbot.waitUntil(lambda: page.table.rows.place(record.id) is not None)
    page.table.cell_activated.emit(record.id, "status")
    wait_to_find(qtbot, page, "刷新", "关闭")


def test_a_calendar_query_that_finds_nothing(sit: Sit, qtbot: QtBot) -> None:
    bench = sit()
    bench.workbench.open_place(Place.CALENDAR_QUERY)
    page = bench.frame.page
    assert isinstance(page, CalendarPage)
    wait_to_find(qtbot, page, "工作日期", "口岸编码", "查询")
    page.port.setFocus()
    type_keys(qtbot, SILENT_PORT, Qt.Key.Key_Return)
    page.views.choose(LIST)
    wait_to_read(qtbot, page, "请联系口岸或海关更新工作日历")
