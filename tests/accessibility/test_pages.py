"""What a screen reader gets of the running window: every page walked by keys, read from outside through AT-SPI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from devtools.display import virtual_display
from tests.accessibility.bus import accessibility_bus
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.fields import FIELDS, FieldSpec, Input, Kind
from yuyue_desktop.domain.texts import words

ROOT = Path(__file__).parents[2]
WALK_S = 480
PAGES = (
    "sign-in-card", "sign-in-account", "start", "form-empty", "form-filled-in", "dialog-upload", "form-files",
    "dialog-preview", "form-wrong", "form-list", "form-calendar", "dialog-keys",
    "dialog-delete", "dialog-pin", "form-approved", "query", "calendar-week",
    "calendar-list", "outbox", "diagnostics", "dialog-settings",
)  # fmt: skip
ROLES = {
    "push button", "check box", "radio button", "text", "password text", "table", "table cell", "list", "list item",
    "page tab", "page tab list", "filler",
}  # fmt: skip
"""Of what can have the focus; a dialog without a field is a filler with a name."""

ALLOWED_WARNING = 'AtSpiAdaptor::applicationInterface does not implement "GetApplicationBusAddress"'
"""Each reader asks every program for a private line to it; Qt has none, says so, and answers on the common bus."""


@dataclass(frozen=True)
class Node:
    """One thing of a page, as it is said outside."""

    role: str
    name: str
    description: str
    states: list[str]
    parent: int

    @property
    def takes_focus(self) -> bool:
        return "focusable" in self.states


Pages = dict[str, list[Node]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what the walk wrote."""
    out = tmp_path_factory.mktemp("walk")
    with virtual_display() as display, accessibility_bus(display) as bus:
        walk = subprocess.run(
            [sys.executable, "-m", "tests.accessibility.walk", "--out", str(out)],
            env={**os.environ, **display, **bus},
            cwd=ROOT,
            timeout=WALK_S,
            capture_output=True,
            text=True,
        )
    assert walk.returncode == 0, walk.stderr
    assert [line for line in walk.stderr.splitlines() if line and ALLOWED_WARNING not in line] == []
    return out


@pytest.fixture(scope="module")
def pages(walked: Path) -> Pages:
    read = {file.stem.partition("-")[2]: json.loads(file.read_text(encoding="utf-8")) for file in walked.glob("*.json")}
    return {page: [Node(**node) for node in nodes] for page, nodes in read.items()}


def inputs(nodes: list[Node]) -> dict[str, Node]:
    """The fields of a page by their name."""
    return {node.name: node for node in nodes if node.takes_focus and node.role in ("text", "password text")}


def cells(nodes: list[Node]) -> list[str]:
    return [node.name for node in nodes if node.role == "table cell"]


def test_every_page_was_read(pages: Pages) -> None:
    assert set(pages) == set(PAGES)


def test_keys_alone_lead_to_every_control_and_it_shows(walked: Path) -> None:
    rounds = {
        file.stem.partition("-")[2]: json.loads(file.read_text(encoding="utf-8")) for file in walked.glob("*.keys")
    }
    assert set(rounds) == set(PAGES)
    assert {page: found for page, kinds in rounds.items() if (found := {k: v for k, v in kinds.items() if v})} == {}


def test_what_takes_the_keyboard_has_role_and_name(pages: Pages) -> None:
    stops = {page: [node for node in nodes if node.takes_focus] for page, nodes in pages.items()}
    assert all(stops.values())
    assert {page: nameless for page, nodes in stops.items() if (nameless := [n for n in nodes if not n.name])} == {}
    assert {node.role for nodes in stops.values() for node in nodes} <= ROLES


def test_what_a_mouse_could_press_has_a_name(pages: Pages) -> None:
    pressed = {"push button", "check box", "radio button", "page tab"}
    assert [n for nodes in pages.values() for n in nodes if n.role in pressed and not n.name] == []


def test_the_keyboard_is_always_somewhere(pages: Pages) -> None:
    for page, nodes in pages.items():
        focused = [node for node in nodes if "focused" in node.states and node.takes_focus]
        assert focused, page


def spec_roles(spec: FieldSpec) -> set[str]:
    return {"check box"} if spec.input is Input.CHECK else {"text"}


@pytest.mark.parametrize(
    "spec",
    [spec for spec in FIELDS if spec.input not in (Input.FILES, Input.ROWS) and spec.name != "explanation"],
    ids=lambda spec: spec.name,
)
def test_a_field_is_named_as_in_the_catalogue(spec: FieldSpec, pages: Pages) -> None:
    named = [node for node in pages["form-empty"] if node.takes_focus and node.name == spec.accessible_name]
    assert {node.role for node in named} == spec_roles(spec)
    assert spec.hint in named[0].description
    assert ("必填" in named[0].description) == (spec.kind is Kind.REQUIRED)


@pytest.mark.parametrize("name", ["预约通关报关单号", "情况说明"])
def test_what_opens_after_approval_is_named_too(name: str, pages: Pages) -> None:
    assert name in inputs(pages["form-approved"])


def test_an_approved_form_says_that_it_is_locked(pages: Pages) -> None:
    trader = inputs(pages["form-approved"])["收发货人 10位海关编码"]
    assert trader.description == "已锁定，不能修改"


def test_what_is_wrong_is_in_the_description(pages: Pages) -> None:
    said = words(Code.MOBILE_TOO_SHORT, {"count": 3})
    mobile = inputs(pages["form-wrong"])["联系人手机"]
    assert said.title in mobile.description
    assert said.title not in inputs(pages["form-filled-in"])["联系人手机"].description


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        ("query", ("企业类别", "申请单位", "收发货人", "预录入编号", "申请时间", "预约时间", "状态")),
        ("calendar-week", ("工作日期", "口岸编码")),
        ("sign-in-card", ("卡密码",)),
        ("sign-in-account", ("用户名", "登录密码")),
        ("dialog-pin", ("卡密码",)),
    ],
)
def test_a_field_is_named_as_its_label(page: str, labels: tuple[str, ...], pages: Pages) -> None:
    shown = {node.name for node in pages[page] if node.role == "label"}
    assert set(labels) <= shown
    for label in labels:
        assert [name for name in inputs(pages[page]) if name.removesuffix(" 起").removesuffix(" 止") == label], label


@pytest.mark.parametrize("page", ["form-filled-in", "form-approved", "query", "calendar-week", "calendar-list"])
def test_every_cell_and_head_says_what_it_shows(page: str, pages: Pages) -> None:
    assert cells(pages[page])
    assert [n for n in pages[page] if n.role in ("table cell", "table column header") and not n.name] == []


def test_cells_say_their_column_and_their_words(pages: Pages) -> None:
    assert {"序号：1", "商品名称：玫瑰", "商品HS编码：06031100", "修改", "移除"} <= set(cells(pages["form-filled-in"]))
    assert {"状态：预约成功", "申报人名称：练习 · 云岭花卉进出口公司", "不能选"} <= set(cells(pages["query"]))
    assert {"回执内容：申请已受理，等待审批"} <= set(cells(pages["query"]))
    assert "可约 00:00–24:00" in cells(pages["calendar-week"])
    assert "工作时间：08:30–12:00" in cells(pages["calendar-list"])


def test_offers_say_what_they_are(pages: Pages) -> None:
    assert "5 航空运输" in [node.name for node in pages["form-list"] if node.role == "list item"]


def test_a_dialog_has_the_keyboard_and_a_name(pages: Pages) -> None:
    for page, title in (("dialog-keys", "快捷键"), ("dialog-settings", "设置"), ("dialog-pin", "用卡签名")):
        assert title in [node.name for node in pages[page] if node.parent == 0], page
    assert "不删" in [node.name for node in pages["dialog-delete"] if "focused" in node.states]


def test_the_title_says_the_program_once(pages: Pages) -> None:
    assert pages["start"][0].name == "练习 · 预约通关"
