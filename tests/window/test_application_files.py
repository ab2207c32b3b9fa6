"""打开申请文件 at work: each file a draft of its own with its attachments, nothing sent, every bad file named (B11)."""

from __future__ import annotations

import json
import os
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.documents.pdfs import make_pdf
from tests.services.desk import OWN, PORT, TRADER, WINDOW, Desk
from tests.window.bench import Bench, killed
from tests.window.forms_in_view import FormsPerTurn, text_in
from yuyue_desktop.domain.application import GoodsItem
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import APPLICATION_FILE_BYTES, FIELD_CHARACTERS
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.presenters.application_files import MOST_OPENED
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.shell.menu_button import MenuButton
from yuyue_desktop.ui.widgets.text import Text

GOOD: dict[str, Any] = {
    "trader": TRADER.customs_code,
    "contact_name": "李想",
    "contact_mobile": "13800000001",
    "declaration_port": PORT,
    "entry_exit_port": PORT,
    "transport_mode": "5",
    "window_start": WINDOW,
    "reason": "鲜活易腐商品",
    "import": True,
    "goods": [{"hs_code": "06031100", "name": "鲜切玫瑰"}],
}


def written(folder: Path, name: str = "申请.yuyue", **changes: object) -> Path:
    """An application file that differs from the good one."""
    file = folder / name
    file.write_text(json.dumps({**GOOD, **changes}, ensure_ascii=False), encoding="utf-8")
    return file


def forms(bench: Bench) -> list[FormPage]:
    return [page for page in bench.frame.pages if isinstance(page, FormPage)]


def told(bench: Bench) -> str:
    """What a dialog in view says; '' without one."""
    shown = [dialog for dialog in bench.window.findChildren(NoticeDialog) if dialog.isVisible()]
    return "\n".join(text.text() for dialog in shown for text in dialog.findChildren(Text))


def test_each_file_is_a_draft_of_its_own_and_nothing_is_sent(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    content = make_pdf((3000, 4000))
    (tmp_path / "单证").mkdir()
    (tmp_path / "单证" / "合同.pdf").write_bytes(content)
    first = written(tmp_path, attachments=["单证/合同.pdf"])
    second = written(tmp_path, "第二份.json", reason="抢险救灾物资", trader="")
    bench.workbench.files.open([first, second])
    qtbot.waitUntil(lambda: len(bench.desk.store.reader.drafts(OWN.customs_code)) == 2)

    reader = bench.desk.store.reader
    kept = [reader.record(form.application_id) for form in forms(bench)]
    applications = [record.application for record in kept if record is not None]
    assert [application.reason for application in applications] == ["鲜活易腐商品", "抢险救灾物资"]
    assert {application.declarant for application in applications} == {OWN.customs_code}
    assert applications[0].goods == (GoodsItem("06031100", "鲜切玫瑰"),)
    assert [(file.name, len(file.pages)) for file in applications[0].attachments] == [("合同.pdf", 2)]
    assert reader.attachment(applications[0].attachments[0].sha256) == content
    assert reader.open_items() == ()
    assert (bench.desk.office.records, bench.desk.office.signed) == ({}, {})
    assert bench.frame.page is forms(bench)[-1]
    assert told(bench) == ""


def test_a_power_cut_afterwards_loses_nothing(desk: Desk, bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    bench.workbench.files.open([written(tmp_path)])
    qtbot.waitUntil(lambda: len(desk.store.reader.drafts(OWN.customs_code)) == 1)
    after = killed(desk, tmp_path / "after")
    try:
        (draft,) = after.store.reader.drafts(OWN.customs_code)
        assert draft.application.contact_name == "李想"
    finally:
        after.close()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"trader": 3}, "trader 不对。应为文字"),
        (
            {"goods": [{"hs_code": "06031100"}, {"hs_code": 1, "name": "马"}]},
            "goods[2].hs_code 不对。应为文字",
        ),
        ({"import": "yes"}, "import 不对。应为 true 或 false"),
        ({"port": "2210"}, "没有 port 这一项。请核对名称，或去掉它"),
        ({"attachments": ["没有.pdf"]}, "找不到文件 没有.pdf"),
        ({"attachments": [r"\\elsewhere\share\合同.pdf"]}, r"附件 \\elsewhere\share\合同.pdf 在另一台服务器上"),
        ({"attachments": ["/\\elsewhere"]}, "附件 /\\elsewhere 在另一台服务器上"),
        ({"attachments": ["坏的.yuyue"]}, "坏的.yuyue 不是 PDF 文件"),
        ({"reason": "长" * (FIELD_CHARACTERS + 1)}, f"reason 不对。应为文字，最多 {FIELD_CHARACTERS} 个字符"),
        ({"reason": "长" * APPLICATION_FILE_BYTES}, "申请文件有"),
        ({"attachments": [1]}, "attachments 不对。应为文件路径的列表"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_others_open(
    changes: dict[str, object], said: str, bench: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = written(tmp_path, "坏的.yuyue", **changes)
    bench.workbench.files.open([bad, written(tmp_path)])
    qtbot.waitUntil(lambda: "1 个申请文件没有打开" in told(bench))
    assert f"坏的.yuyue：{said}" in told(bench)
    assert len(forms(bench)) == 1
    qtbot.waitUntil(lambda: len(bench.desk.store.reader.drafts(OWN.customs_code)) == 1)


def test_what_is_no_application_file_at_all(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "export.yuyue").write_bytes(b"PK\x03\x04\xff")
    (tmp_path / "folder.yuyue").mkdir()
    (tmp_path / "list.json").write_text("[]", encoding="ascii")
    names = ["export.yuyue", "folder.yuyue", "list.json", "gone.json"]
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe.json")
        names.append("pipe.json")
    bench.workbench.files.open([tmp_path / name for name in names])
    qtbot.waitUntil(lambda: f"{len(names)} 个申请文件没有打开" in told(bench))
    for line in ("export.yuyue：不是一个 JSON 对象", "folder.yuyue 是文件夹", "list.json：不是一个 JSON 对象"):
        assert line in told(bench)
    assert f"另有 {len(names) - 3} 个文件也用不了" in told(bench)
    assert forms(bench) == []


def test_what_is_entered_wrongly_is_said_in_the_form(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    bench.workbench.files.open([written(tmp_path, contact_mobile="1380000")])
    qtbot.waitUntil(lambda: len(forms(bench)) == 1)
    assert told(bench) == ""
    presenter = bench.form().findChild(FormPresenter)
    assert presenter is not None
    assert [problem.code for problem in presenter.editing.state().obstacles] == [Code.MOBILE_TOO_SHORT]


@pytest.mark.thorough
def test_a_whole_folder_is_a_slip_of_the_hand(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    files = [written(tmp_path, f"{n}.json", contact_name=f"第 {n} 份") for n in range(MOST_OPENED + 3)]
    chosen: list[object] = []
    bench.frame.page_chosen.connect(chosen.append)
    built = FormsPerTurn(bench.window)
    bench.workbench.files.open(files)
    qtbot.waitUntil(lambda: "其余 3 个请再打开一次" in told(bench))
    assert len(forms(bench)) == MOST_OPENED
    assert chosen == [forms(bench)[-1]], "where the clerk works is left once, at the end"
    assert (built.most, built.turns) == (1, 1)
    assert [text_in(page, "contact_name") for page in forms(bench)] == [f"第 {n} 份" for n in range(MOST_OPENED)]


def test_the_last_good_one_comes_to_the_front_unless_it_was_closed(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    files = [written(tmp_path, "一.json"), written(tmp_path, "二.json"), tmp_path / "没有.json"]
    bench.workbench.files.open(files)
    qtbot.waitUntil(lambda: "1 个申请文件没有打开" in told(bench))
    assert bench.frame.page is forms(bench)[1]
    home = bench.frame.pages[0]
    bench.frame.choose(home)
    bench.workbench.files.open(files)
    qtbot.waitUntil(lambda: len(forms(bench)) == 4)
    bench.frame.close_pages(bench.frame.pages)
    qtbot.waitUntil(lambda: not bench.workbench.files.is_busy)
    assert bench.frame.pages == (home,)


def test_who_may_not_apply_is_told_once(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    bench.desk.office.companies[OWN.customs_code] = replace(OWN, owes_feedback=True)
    bench.desk.knowledge.forget_answers()
    bench.desk.knowledge.hear([OWN.customs_code], "")
    bench.workbench.files.open([written(tmp_path, "a.json"), written(tmp_path, "b.json")])
    qtbot.waitUntil(lambda: "有“I-通关完成未反馈”的预约，不能新增" in told(bench))
    assert len([dialog for dialog in bench.window.findChildren(NoticeDialog) if dialog.isVisible()]) == 1
    assert forms(bench) == []


def test_by_key_and_by_menu_it_asks_for_files(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    entries = [button for button in bench.frame.menu.findChildren(MenuButton) if button.text() == "打开申请文件…"]
    for is_by_key in (True, False):
        if is_by_key:
            QTest.keyClick(bench.frame, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        else:
            entries[0].click()
        (dialog,) = bench.window.findChildren(QFileDialog)
        assert dialog.isVisible()
        assert "*.yuyue *.json" in dialog.nameFilters()[0]
        dialog.reject()
        qtbot.waitUntil(lambda: not bench.window.findChildren(QFileDialog))
    entries[0].click()
    (dialog,) = bench.window.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(written(tmp_path))])
    dialog.reject()
    qtbot.waitUntil(lambda: len(forms(bench)) == 1)


def test_the_line_that_tells_of_work_stands_until_the_last_of_it_ends(
    bench: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    signing: Future[OutboxItem] = Future()
    bench.workbench._signing.run(lambda: signing, (), lambda: None, bench.workbench)
    bench.workbench.files.open([written(tmp_path)])
    qtbot.waitUntil(lambda: not bench.workbench.files.is_busy)
    progress = bench.frame.progress
    qtbot.waitUntil(lambda: not progress.isHidden())
    signing.set_exception(YuyueError(Code.CARD_ABSENT))
    qtbot.waitUntil(progress.isHidden)
