"""The desk around the applications: who is let in, clock, card, keeping fresh, and room for everything (B10)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.gateway.clerk import Clerk, attachment, new_application, pdf
from tests.gateway.conftest import RunningOffice
from tests.officer_page.desk_page import DeskPage
from yuyue_desktop.domain.application import GoodsItem, Step
from yuyue_practice.clock import START
from yuyue_practice.officer import OfficerMode

NO_KEY = "请用练习网关给出的完整地址打开关员台"


@pytest.mark.parametrize("key", ["", "wrong"])
def test_nobody_is_let_in_without_the_key(page: DeskPage, key: str) -> None:
    page.close()
    page.open(key)
    assert NO_KEY in page.find("[role=alert]").text
    assert page.texts("nav, form, button") == []


def test_the_key_does_not_stay_in_the_address(page: DeskPage) -> None:
    assert "key" not in page.browser.current_url
    page.reload()
    assert page.find("h1").text == "练习 · 关员台"
    (cookie,) = page.browser.get_cookies()
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["sameSite"] == "Strict"


def test_the_clock_is_moved_forwards_jumps_and_is_set(by_hand: RunningOffice, clerk: Clerk, page: DeskPage) -> None:
    assert page.clock.startswith("9月28日 周一 09:0")
    page.press("+1 天")
    assert page.told == "练习时间已拨好"
    assert START + timedelta(days=1) <= by_hand.office.clock.now() < START + timedelta(days=1, hours=1)
    application = new_application(window_start="2026-10-04T10:00")
    clerk.declare(application)
    page.reload()
    page.choose(clerk.record(application.id).pre_entry_number)
    page.press("反馈逾期")
    assert page.clock == "10月9日 周五 10:01"
    assert page.texts("nav a .chip").count("I-通关完成未反馈") == 1  # the fresh office's own; nobody approved this one
    page.set_moment("#now", "2027-02-17T08:30")
    page.press("拨钟")
    assert page.clock == "2月17日 周三 08:30"


def test_a_clock_that_cannot_be_set_is_told(by_hand: RunningOffice, page: DeskPage) -> None:
    for moment in ("", "9999-01-01T00:00"):
        page.set_moment("#now", moment)
        page.press("拨钟")
        assert page.find("#told").get_attribute("role") == "alert"
    assert by_hand.office.clock.now() < START + timedelta(hours=1)


def test_the_card_is_put_in_and_pulled(by_hand: RunningOffice, page: DeskPage) -> None:
    assert "读卡器是空的" in page.find("#cards").text
    page.select("#card", "周宁 · 云岭花卉进出口公司")
    page.press("插入")
    assert page.told == "读卡器已换好"
    inside = by_hand.office.reader.card_number()
    assert inside == "8600000000002"
    (card,) = by_hand.office.cards.cards()
    shown = page.find("#cards").text
    assert "周宁" in shown
    assert f"卡号 {inside}" in shown
    assert f"卡密码 {card.pin}" in shown
    page.press("拔出")
    assert by_hand.office.reader.card_number() == ""
    assert "读卡器是空的" in page.find("#cards").text


def test_the_officer_by_hand_or_by_itself(by_hand: RunningOffice, page: DeskPage) -> None:
    officer = by_hand.office.officer
    for word, mode, told in (
        ("改为自动", OfficerMode.AUTO, "关员自动办理"),
        ("改为人工", OfficerMode.HAND, "您现在扮演海关关员"),
    ):
        page.press(word)
        assert officer.mode == mode
        assert told in page.find("#mode").text


def test_the_desk_keeps_fresh_and_leaves_alone_what_is_written(
    by_hand: RunningOffice, clerk: Clerk, page: DeskPage
) -> None:
    first, second = new_application(), new_application()
    clerk.declare(first)
    page.wait_for(lambda: clerk.record(first.id).pre_entry_number in page.texts("nav b"))
    page.choose(clerk.record(first.id).pre_entry_number)
    page.write("#reason", "写到一半")
    clerk.declare(second)
    by_hand.office.officer.answer(first.id, Step.ACCEPT)
    page.wait_for(lambda: clerk.record(second.id).pre_entry_number in page.texts("nav b"))
    assert page.find("#reason").get_property("value") == "写到一半"
    assert page.status == "申报"
    page.find("#reason").clear()
    page.find("h1").click()
    page.wait_for(lambda: page.status == "已受理")


def test_an_office_that_is_gone_is_told(by_hand: RunningOffice, page: DeskPage) -> None:
    by_hand.stop()
    page.wait_for(lambda: "练习网关没有应答" in page.find("#lost").text)


WIDTHS = ((1366, 768), (1920, 1080), (1024, 768), (700, 900))


@pytest.mark.parametrize("size", WIDTHS)
def test_nothing_sticks_out(clerk: Clerk, page: DeskPage, size: tuple[int, int], tmp_path: Path) -> None:
    file = pdf(100)
    clerk.upload(file)
    application = new_application(
        reason="鲜活易腐" * 15 + "x" * 135,
        contact_name="很长的联系人姓名",
        goods=tuple(GoodsItem(f"0603110{n}", "鲜切玫瑰，混色，" * 4) for n in range(5)),
        attachments=(attachment(file, "合同与发票及装箱单" * 3 + ".pdf"),),
    )
    answer = clerk.declare(application)
    assert answer.is_accepted, answer.findings
    page.resize(*size)
    page.reload()
    page.choose(clerk.record(application.id).pre_entry_number)
    assert page.sticking_out() == []
    for label, field in (("label[for=reply]", "#reply"), ("label[for=reason]", "#reason")):
        words, box = page.find(label).rect, page.find(field).rect
        is_beside = abs(words["y"] - box["y"]) < box["height"] and words["x"] + words["width"] <= box["x"]
        is_above = words["y"] + words["height"] <= box["y"] and words["x"] == box["x"]
        assert is_beside or is_above
        assert box["width"] > size[0] / 4
    page.browser.save_screenshot(str(tmp_path / "desk.png"))
