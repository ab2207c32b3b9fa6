"""From acceptance to the end: cancel, feedback, explanation, lapse, closing the case (S27-S31)."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.gateway.clerk import FILES, PDF, Clerk, attachment, new_application, read, refused
from tests.gateway.conftest import RunningOffice
from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.wire.messages import AnswerBody, CompanyBody
from yuyue_practice.models import DeclarationRow
from yuyue_practice.registry.companies import change_company
from yuyue_practice.registry.declarations import add_declaration, fitting_declaration
from yuyue_practice.seed import DECLARANT, OWING, TRADER

pytestmark = pytest.mark.thorough

WINDOW = datetime(2026, 10, 3, 10, 0)
DUE = WINDOW + timedelta(days=5)


@pytest.fixture
def declared(clerk: Clerk) -> Application:
    """An application that customs has."""
    application = new_application()
    assert clerk.declare(application).is_accepted
    return application


@pytest.fixture
def approved(declared: Application, by_hand: RunningOffice) -> Application:
    """An application with 预约成功."""
    by_hand.office.officer.answer(declared.id, Step.ACCEPT)
    by_hand.office.officer.answer(declared.id, Step.APPROVE)
    return declared


@pytest.fixture
def overdue(approved: Application, by_hand: RunningOffice) -> Application:
    """An application with I-通关完成未反馈."""
    by_hand.office.clock.move_to(DUE + timedelta(minutes=1))
    return approved


def cancel(clerk: Clerk, application: Application) -> AnswerBody:
    return clerk.answer(clerk.submission(application, Step.CANCEL))


def feed_back(clerk: Clerk, application: Application, *numbers: str) -> AnswerBody:
    return clerk.answer(clerk.submission(application, Step.FEED_BACK, declaration_numbers=numbers))


def explain(clerk: Clerk, application: Application, text: str = "经由其他渠道申报", **parts: object) -> AnswerBody:
    return clerk.answer(clerk.submission(application, Step.EXPLAIN, explanation=text, **parts))


def codes(answer: AnswerBody) -> list[str]:
    assert not answer.is_accepted
    assert answer.receipt.kind is ReceiptKind.REFUSAL
    return [finding.code for finding in answer.findings]


def test_cancel_in_each_status(clerk: Clerk, by_hand: RunningOffice, declared: Application) -> None:
    assert codes(cancel(clerk, declared)) == ["step_not_allowed"]
    by_hand.office.officer.answer(declared.id, Step.ACCEPT)
    answer = cancel(clerk, declared)
    assert answer.is_accepted
    assert clerk.record(declared.id).status is Status.CANCELLED
    assert codes(cancel(clerk, declared)) == ["step_not_allowed"]


def test_cancel_before_the_windows_start_only(clerk: Clerk, by_hand: RunningOffice, approved: Application) -> None:
    by_hand.office.clock.move_to(WINDOW)
    assert codes(cancel(clerk, approved)) == ["cancel_too_late"]
    by_hand.office.clock.move_to(WINDOW - timedelta(minutes=1))
    assert cancel(clerk, approved).is_accepted


def test_return_with_a_reason(clerk: Clerk, by_hand: RunningOffice, declared: Application) -> None:
    with pytest.raises(YuyueError, match="call_unusable"):
        by_hand.office.officer.answer(declared.id, Step.RETURN, "  ")
    by_hand.office.officer.answer(declared.id, Step.RETURN, "材料不全")
    last = clerk.receipts().receipts[-1]
    assert (last.status, last.text) == (Status.RETURNED, "材料不全")
    assert codes(cancel(clerk, declared)) == ["step_not_allowed"]


def test_the_officer_keeps_to_the_order_of_steps(by_hand: RunningOffice, declared: Application) -> None:
    with pytest.raises(YuyueError, match="step_not_allowed"):
        by_hand.office.officer.answer(declared.id, Step.APPROVE)
    with pytest.raises(YuyueError, match="application_unknown"):
        by_hand.office.officer.answer("YTG202699999999999", Step.ACCEPT)


def add_fitting(by_hand: RunningOffice, application: Application, **parts: object) -> str:
    """A declaration that fits but for what is given; answers its number."""
    with by_hand.office.database.writing() as session:
        row = fitting_declaration(session, application, datetime(2026, 10, 3, 9, 0))
        for name, value in parts.items():
            setattr(row, name, value)
        return row.number


def test_feedback_that_fits_completes_the_clearance(
    clerk: Clerk, by_hand: RunningOffice, approved: Application
) -> None:
    numbers = tuple(add_fitting(by_hand, approved) for _ in range(2))
    assert feed_back(clerk, approved, *numbers).is_accepted
    record = clerk.record(approved.id)
    assert (record.status, tuple(record.feedback)) == (Status.CLEARED, numbers)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"declarant": OWING}, "申报单位"),
        ({"trader": OWING}, "收发货人"),
        ({"declaration_port": "2225"}, "申报口岸"),
        ({"entry_exit_port": "2225"}, "进出口岸"),
        ({"is_import": False}, "进出口标志"),
        ({"declared_at": datetime(2026, 9, 28, 8, 0)}, "申报日期"),
    ],
)
def test_feedback_names_each_number_and_what_differs(
    clerk: Clerk, by_hand: RunningOffice, approved: Application, parts: dict[str, object], named: str
) -> None:
    fitting, differing = add_fitting(by_hand, approved), add_fitting(by_hand, approved, **parts)
    unknown = "221020261123456789"
    answer = feed_back(clerk, approved, fitting, differing, unknown)
    assert codes(answer) == ["declaration_mismatch", "declaration_mismatch"]
    first, second = (finding.text for finding in answer.findings)
    assert differing in first
    assert named in first
    assert unknown in second
    assert "海关没有这票报关单" in second
    assert clerk.record(approved.id).feedback == []
    assert feed_back(clerk, approved, fitting).is_accepted


def test_where_only_the_date_is_known_the_same_day_passes(
    clerk: Clerk, by_hand: RunningOffice, approved: Application
) -> None:
    number = add_fitting(by_hand, approved, declared_at=datetime(2026, 9, 28), has_time=False)
    assert feed_back(clerk, approved, number).is_accepted


def test_both_flags_take_either_kind_of_declaration(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application(is_import=True, is_export=True)
    clerk.declare(application)
    by_hand.office.officer.answer(application.id, Step.ACCEPT)
    by_hand.office.officer.answer(application.id, Step.APPROVE)
    imported = add_fitting(by_hand, application)
    with by_hand.office.database.writing() as session:
        row = DeclarationRow(
            number="221020260000000077",
            is_import=False,
            declarant=DECLARANT,
            trader=TRADER,
            declaration_port="2210",
            entry_exit_port="2233",
            declared_at=datetime(2026, 10, 3, 9, 0),
            has_time=True,
        )
        add_declaration(session, row)
    assert feed_back(clerk, application, imported, "221020260000000077").is_accepted


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((), "declaration_numbers_missing"),
        (("12345",), "declaration_number_length"),
        (("22102026A000000001",), "declaration_number_digits"),
        (("221020260000000001",), "declaration_number_flag"),
        (("222520261000000001",), "declaration_number_port"),
        (("221020261000000001", "221020261000000001"), "declaration_number_repeated"),
        (tuple(f"221020261{n:09d}" for n in range(51)), "declaration_numbers_too_many"),
    ],
)
def test_structure_of_numbers(clerk: Clerk, approved: Application, numbers: tuple[str, ...], code: str) -> None:
    assert codes(feed_back(clerk, approved, *numbers)) == [code]


def test_feedback_before_approval_is_refused(clerk: Clerk, declared: Application) -> None:
    assert codes(feed_back(clerk, declared, "221020261000000001")) == ["step_not_allowed"]


def test_feedback_until_the_due_minute(clerk: Clerk, by_hand: RunningOffice, approved: Application) -> None:
    number = add_fitting(by_hand, approved)
    by_hand.office.clock.move_to(DUE)
    assert feed_back(clerk, approved, number).is_accepted


def test_lapse_blocks_both_companies(clerk: Clerk, by_hand: RunningOffice, overdue: Application) -> None:
    assert clerk.record(overdue.id).status is Status.FEEDBACK_OVERDUE
    last = clerk.receipts().receipts[-1]
    assert last.status is Status.FEEDBACK_OVERDUE
    for code in (DECLARANT, TRADER):
        assert read(clerk.call("GET", f"/companies/{code}"), CompanyBody).owes_feedback
    number = add_fitting(by_hand, overdue)
    answer = feed_back(clerk, overdue, number)
    assert codes(answer) == ["feedback_lapsed"]
    assert f"{DUE:%Y-%m-%d %H:%M}" in answer.findings[0].text
    assert "company_owes_feedback" in codes(clerk.declare(new_application(window_start="2026-10-11T10:00")))


@pytest.mark.usefixtures("approved")
def test_the_office_lets_lapse_by_itself_and_wakes_who_waits(clerk: Clerk, by_hand: RunningOffice) -> None:
    cursor = clerk.receipts().cursor
    by_hand.office.clock.move_to(DUE + timedelta(minutes=1))
    page = clerk.receipts(cursor, wait_s=10)
    assert [receipt.status for receipt in page.receipts] == [Status.FEEDBACK_OVERDUE]


def test_a_clock_that_goes_back_before_the_office_has_acted_lets_nothing_lapse(
    clerk: Clerk, by_hand: RunningOffice, approved: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looked at the clock and was held up does not act by what it showed then."""
    clock, looked = by_hand.office.clock, [DUE + timedelta(minutes=1)]
    own_thread, shown = threading.get_ident(), clock.minute

    def minute() -> datetime:
        return looked.pop() if looked and threading.get_ident() == own_thread else shown()

    monkeypatch.setattr(clock, "minute", minute)
    by_hand.office.settle()
    assert looked == []
    assert clerk.record(approved.id).status is Status.APPROVED


def test_an_explanation_is_taken_once(clerk: Clerk, by_hand: RunningOffice, approved: Application) -> None:
    answer = explain(clerk, approved)
    assert answer.is_accepted
    assert (answer.receipt.kind, answer.receipt.status) == (ReceiptKind.REMARK, Status.APPROVED)
    assert clerk.record(approved.id).is_explained
    assert codes(explain(clerk, approved, "再说一遍")) == ["explanation_sent"]
    number = add_fitting(by_hand, approved)
    assert feed_back(clerk, approved, number).is_accepted


def test_an_explanation_of_an_overdue_one_is_accepted_by_the_officer(
    clerk: Clerk, by_hand: RunningOffice, overdue: Application
) -> None:
    clerk.upload(PDF)
    assert explain(clerk, overdue, attachments=(attachment(PDF),)).is_accepted
    assert clerk.record(overdue.id).status is Status.FEEDBACK_OVERDUE
    by_hand.office.officer.answer(overdue.id, Step.CLOSE_CASE, "情况说明已接受")
    assert clerk.record(overdue.id).status is Status.CLEARED
    assert not read(clerk.call("GET", f"/companies/{TRADER}"), CompanyBody).owes_feedback
    assert clerk.declare(new_application(window_start="2026-10-11T10:00")).is_accepted


@pytest.mark.parametrize(("text", "code"), [("", "explanation_length"), ("说" * 1001, "explanation_length")])
def test_length_of_an_explanation(clerk: Clerk, approved: Application, text: str, code: str) -> None:
    assert codes(explain(clerk, approved, text)) == [code]
    assert explain(clerk, approved, "说" * 1000).is_accepted


def test_one_file_goes_with_an_explanation(clerk: Clerk, approved: Application) -> None:
    files = tuple(attachment(FILES[n], f"{n}.pdf") for n in range(2))
    for n in range(2):
        clerk.upload(FILES[n])
    assert codes(explain(clerk, approved, attachments=files)) == ["attachments_too_many"]


def test_no_explanation_before_approval(clerk: Clerk, declared: Application) -> None:
    assert codes(explain(clerk, declared)) == ["step_not_allowed"]


def test_steps_of_another_companys_application_find_none(by_hand: RunningOffice, approved: Application) -> None:
    trader = by_hand.clerk("chengjiang")
    trader.sign_in_with_card()
    for step in (Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN):
        assert refused(trader.send(trader.submission(approved, step)), 404) == "application_unknown"
    assert trader.record(approved.id).status is Status.APPROVED


def test_a_dishonest_company_may_still_cancel(clerk: Clerk, by_hand: RunningOffice, approved: Application) -> None:
    with by_hand.office.database.writing() as session:
        change_company(session, DECLARANT, date(2026, 9, 28), "失信", None)
    assert read(clerk.call("GET", f"/companies/{DECLARANT}"), CompanyBody).grade == "dishonest"
    assert cancel(clerk, approved).is_accepted
    assert "company_dishonest" in codes(clerk.declare(replace(new_application())))
