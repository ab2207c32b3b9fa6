"""An officer answers applications at the desk, by buttons and keys: what is told, kept and sent (S28-S31)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from tests.gateway.clerk import Clerk, new_application
from tests.gateway.conftest import RunningOffice
from tests.officer_page.desk_page import DeskPage
from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.deadline import feedback_due

REPLY, REASON = "#reply", "#reason"
NO_REASON = "退单要写明原因"


@pytest.fixture
def declared(clerk: Clerk) -> Application:
    """An application that waits on the desk."""
    application = new_application()
    assert clerk.declare(application).is_accepted
    return application


@pytest.fixture
def overdue(declared: Application, by_hand: RunningOffice) -> Application:
    """An I- case."""
    by_hand.office.officer.answer(declared.id, Step.ACCEPT)
    by_hand.office.officer.answer(declared.id, Step.APPROVE)
    start = declared.window_moment()
    assert start is not None
    by_hand.office.clock.move_to(feedback_due(start) + timedelta(minutes=1))
    return declared


@pytest.fixture
def number(clerk: Clerk, declared: Application, page: DeskPage) -> str:
    """The pre-entry number of the application that lies open on the desk."""
    number = clerk.record(declared.id).pre_entry_number
    page.reload()
    page.choose(number)
    return number


def last_receipt(clerk: Clerk) -> tuple[Status, str]:
    receipt = clerk.receipts().receipts[-1]
    return receipt.status, receipt.text


def test_what_waits_is_listed_and_opens(clerk: Clerk, declared: Application, page: DeskPage) -> None:
    other = new_application(declaration_port="2233", entry_exit_port="2210", contact_name="周敏")
    clerk.declare(other)
    numbers = [clerk.record(made.id).pre_entry_number for made in (declared, other)]
    page.reload()
    # Oldest first, behind them the case whose company has explained nothing.
    assert page.texts("nav b")[:2] == numbers
    assert page.texts("nav h2") == ["待办3 件"]
    page.choose(numbers[1])
    assert page.find("#case h2").text == numbers[1]
    facts = page.find(".facts").text
    for shown in (
        "周敏 13800000001",
        "2233 浦东机场",
        "2210 浦东海关",
        "06031100 鲜切玫瑰",
        "10月3日 周六 10:00–12:00",
    ):
        assert shown in facts
    assert page.status == "申报"


def test_accepting_and_approving_by_button(clerk: Clerk, declared: Application, number: str, page: DeskPage) -> None:
    page.write(REPLY, "请准时到场")
    page.press("受理")
    assert page.told == "已受理，回执已发给申请人"
    assert page.status == "已受理"
    assert last_receipt(clerk) == (Status.ACCEPTED, "请准时到场")
    page.press("审批通过")
    assert page.told == "已审批通过，回执已发给申请人"
    record = clerk.record(declared.id)
    assert record.status is Status.APPROVED
    assert record.application_number in page.find(".facts").text
    # It waits no longer, and is still at hand.
    assert page.texts("nav h2") == ["待办1 件", "已答复1 件"]
    assert number in page.texts("nav b")


@pytest.mark.usefixtures("number")
def test_f2_moves_on_one_step_at_a_time(clerk: Clerk, page: DeskPage) -> None:
    page.hit(Keys.F2)
    assert last_receipt(clerk)[0] is Status.ACCEPTED
    page.hit(Keys.F2)
    assert last_receipt(clerk)[0] is Status.APPROVED


def test_a_return_without_a_reason_is_refused_and_keeps_the_reply(
    clerk: Clerk, declared: Application, number: str, page: DeskPage
) -> None:
    page.write(REPLY, "写好的 <b>回复</b>")
    page.hit(Keys.F4)
    assert NO_REASON in page.told
    assert page.find("#case h2").text == number
    assert page.find(REPLY).get_property("value") == "写好的 <b>回复</b>"
    assert page.focus_is(REASON)
    assert page.find(REASON).get_attribute("aria-invalid") == "true"
    assert clerk.record(declared.id).status is Status.DECLARED


def test_a_return_with_its_reason(clerk: Clerk, declared: Application, number: str, page: DeskPage) -> None:
    page.write(REASON, "随附材料不全，请补充后重新申请")
    page.hit(Keys.F4)
    assert page.told == "已退单，回执已发给申请人"
    assert last_receipt(clerk) == (Status.RETURNED, "随附材料不全，请补充后重新申请")
    assert page.status == "退单"
    assert page.texts(".answer") == []
    assert number == clerk.record(declared.id).pre_entry_number


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize("field", [REPLY, REASON])
def test_enter_in_a_field_answers_nothing(clerk: Clerk, declared: Application, page: DeskPage, field: str) -> None:
    page.write(field, "还没写完")
    page.type(Keys.ENTER)
    page.type("就按了回车")
    assert page.find(field).get_property("value") == "还没写完就按了回车"
    page.wait_for_a_look()
    assert clerk.record(declared.id).status is Status.DECLARED
    assert page.find(field).get_property("value") == "还没写完就按了回车"


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize("key", [Keys.F2, Keys.F4])
def test_a_key_with_another_held_answers_nothing(clerk: Clerk, declared: Application, page: DeskPage, key: str) -> None:
    page.write(REASON, "原因")
    page.hit_with_shift(key)
    page.wait_for_a_look()
    assert clerk.record(declared.id).status is Status.DECLARED


@pytest.mark.usefixtures("number")
def test_an_answer_that_comes_too_late_keeps_what_was_typed(
    clerk: Clerk, declared: Application, by_hand: RunningOffice, page: DeskPage
) -> None:
    page.write(REPLY, "我的回复")
    page.write(REASON, "我的原因")
    by_hand.office.officer.answer(declared.id, Step.ACCEPT)
    page.press("受理")
    assert "“已受理”状态的申请不能受理" in page.told
    assert [page.find(field).get_property("value") for field in (REPLY, REASON)] == ["我的回复", "我的原因"]
    by_hand.office.officer.answer(declared.id, Step.RETURN, "别人退的")
    page.hit(Keys.F2)
    assert "您写的是：我的回复 我的原因" in page.find("#case").text
    assert last_receipt(clerk) == (Status.RETURNED, "别人退的")


@pytest.mark.usefixtures("number")
def test_reloading_repeats_no_answer(clerk: Clerk, declared: Application, page: DeskPage) -> None:
    page.hit(Keys.F2)
    page.reload()
    assert page.texts("#told") == []
    assert clerk.record(declared.id).status is Status.ACCEPTED
    assert len(clerk.receipts().receipts) == 2


def test_an_explanation_is_read_and_its_case_closed(clerk: Clerk, overdue: Application, page: DeskPage) -> None:
    explained = clerk.submission(overdue, Step.EXPLAIN, explanation="航班取消，\n改走其他渠道")
    assert clerk.answer(explained).is_accepted
    page.reload()
    page.choose(clerk.record(overdue.id).pre_entry_number)
    assert "情况说明待阅" in page.find("nav a[aria-current]").text
    assert "航班取消，\n改走其他渠道" in page.find(".facts").text
    assert "接受情况说明 · 结案" in page.find(".buttons").text
    page.hit(Keys.F2)
    assert page.told == "已结案，回执已发给申请人"
    assert last_receipt(clerk) == (Status.CLEARED, "海关已结案")


@pytest.mark.usefixtures("declared")
def test_a_case_nobody_explained_can_be_closed_too(page: DeskPage) -> None:
    page.reload()
    page.choose(page.texts("nav b")[-1])
    assert page.status == "I-通关完成未反馈"
    page.press("结案")
    assert page.status == "通关完成"


def test_a_declaration_for_the_feedback(clerk: Clerk, declared: Application, number: str, page: DeskPage) -> None:
    page.hit(Keys.F2)
    page.hit(Keys.F2)
    page.press("登记一票相符的报关单")
    (registered,) = page.texts(".fitting li")
    fed_back = clerk.submission(declared, Step.FEED_BACK, declaration_numbers=(registered,))
    assert clerk.answer(fed_back).is_accepted
    page.reload()
    page.choose(number)
    assert page.status == "通关完成"
    assert registered in page.find(".facts").text


HOSTILE = "</span><script>document.title='x'</script><img src=x onerror=\"document.title='x'\">'\"&amp;"


def test_hostile_text_is_only_text(clerk: Clerk, page: DeskPage) -> None:
    application = new_application(reason=HOSTILE, contact_name="<b id='evil'>李</b>")
    assert clerk.declare(application).is_accepted
    page.reload()
    page.choose(clerk.record(application.id).pre_entry_number)
    assert HOSTILE in page.find(".facts").text
    page.write(REPLY, HOSTILE)
    page.hit(Keys.F4)
    assert page.find(REPLY).get_property("value") == HOSTILE
    page.write(REASON, HOSTILE)
    page.hit(Keys.F4)
    assert HOSTILE in page.find("#case table").text
    assert page.browser.title == "练习 · 关员台"
    assert page.texts("#case script, #case img, #evil") == []
