"""Declaring: accepted once, refused at the door by each rule, repeated without doubling (S22-S26, B2)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

import pytest

from tests.gateway.clerk import FILES, PDF, Clerk, attachment, new_application, pdf, read, refused
from tests.gateway.conftest import RunningOffice
from yuyue_desktop.domain.application import Application, Status
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.wire.messages import AnswerBody, Records
from yuyue_practice.seed import DISHONEST, OWING, TRADER, UNREGISTERED

pytestmark = pytest.mark.thorough


def codes(answer: AnswerBody) -> list[str]:
    assert not answer.is_accepted
    return [finding.code for finding in answer.findings]


def test_a_draft_that_never_reached_the_gateway_gets_its_number_with_the_acceptance(clerk: Clerk) -> None:
    application = new_application()
    answer = clerk.declare(application, revision=7)
    assert answer.is_accepted
    assert answer.receipt.pre_entry_number.startswith("YTG2026")
    assert (answer.receipt.kind, answer.receipt.status) == (ReceiptKind.STATUS, Status.DECLARED)
    record = clerk.record(application.id)
    assert (record.status, record.revision, record.declared_at) == (Status.DECLARED, 7, answer.receipt.at)


def test_it_needs_no_session(clerk: Clerk) -> None:
    application = new_application()
    submission = clerk.submission(application)
    clerk.call("DELETE", "/sessions")
    clerk.grant = None
    assert clerk.answer(submission).is_accepted


def test_the_same_submission_again_gets_the_first_answer(clerk: Clerk, by_hand: RunningOffice) -> None:
    assert clerk.card is not None
    submission = clerk.submission(new_application())
    jws = clerk.card.submission(submission)
    first = read(clerk.send_jws(submission.id, jws), AnswerBody)
    by_hand.office.clock.move_to(datetime(2026, 12, 1, 9, 0))
    assert read(clerk.send_jws(submission.id, jws), AnswerBody) == first
    assert read(clerk.call("GET", f"/submissions/{submission.id}"), AnswerBody) == first


def test_a_refused_submission_again_gets_the_first_refusal(clerk: Clerk, by_hand: RunningOffice) -> None:
    assert clerk.card is not None
    by_hand.office.clock.move_to(datetime(2026, 10, 1, 9, 0))
    submission = clerk.submission(new_application())
    jws = clerk.card.submission(submission)
    first = read(clerk.send_jws(submission.id, jws), AnswerBody)
    assert codes(first) == ["window_too_late"]
    by_hand.office.clock.move_to(datetime(2026, 9, 28, 9, 0))
    assert read(clerk.send_jws(submission.id, jws), AnswerBody) == first
    assert len(clerk.receipts().receipts) == 1


def test_the_same_id_with_another_jws_is_refused(clerk: Clerk) -> None:
    submission = clerk.submission(new_application())
    first = clerk.answer(submission)
    assert refused(clerk.send(replace(submission, revision=2)), 422) == "submission_id_reused"
    assert read(clerk.call("GET", f"/submissions/{submission.id}"), AnswerBody) == first


def test_an_unknown_submission_is_not_found(clerk: Clerk) -> None:
    assert clerk.call("GET", f"/submissions/{uuid.uuid4()}").status_code == 404


def test_declaring_twice_is_refused_and_changes_nothing(clerk: Clerk) -> None:
    application = new_application()
    assert clerk.declare(application).is_accepted
    again = clerk.declare(application)
    assert codes(again) == ["step_not_allowed"]
    assert (again.receipt.kind, again.receipt.status) == (ReceiptKind.REFUSAL, Status.DECLARED)
    assert clerk.record(application.id).status is Status.DECLARED


def test_a_revision_older_than_the_gateways_is_refused(clerk: Clerk) -> None:
    application = new_application()
    clerk.save(new_application(id=application.id, reason="同事改过"), 3)
    assert codes(clerk.declare(application, revision=2)) == ["revision_stale"]


def test_a_refusal_is_kept_as_a_receipt_and_the_fields_open_again(clerk: Clerk) -> None:
    application = new_application(window_start="2026-09-29T10:00")
    answer = clerk.declare(application)
    assert codes(answer) == ["window_in_working_time"]
    assert answer.findings[0].field == "window_start"
    assert "工作时间" in answer.findings[0].text
    page = clerk.receipts()
    assert [receipt.kind for receipt in page.receipts] == [ReceiptKind.REFUSAL]
    assert page.receipts[0].code == "window_in_working_time"
    assert clerk.record(application.id).status is Status.DRAFT
    assert clerk.declare(replace(application, window_start="2026-10-03T10:00"), revision=2).is_accepted


def test_a_refused_declaration_leaves_the_draft_saved_before_as_it_was(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    saved = clerk.save(application, 2)
    colleague = by_hand.clerk("yunling2")
    colleague.sign_in_with_card()
    changed = replace(application, reason="急需", window_start="2026-09-29T10:00")
    answer = colleague.declare(changed, revision=5)
    assert codes(answer) == ["window_in_working_time"]
    assert answer.receipt.pre_entry_number == saved.pre_entry_number
    assert clerk.record(application.id) == saved
    assert clerk.save(replace(application, reason="鲜活易腐"), 3).revision == 3
    assert clerk.declare(replace(changed, window_start=application.window_start), revision=6).is_accepted
    record = clerk.record(application.id)
    assert (record.revision, record.application.reason, record.status) == (6, "急需", Status.DECLARED)


def test_what_was_refused_before_it_was_ever_saved_is_kept_as_it_was_first_refused(clerk: Clerk) -> None:
    application = new_application(goods=())
    assert codes(clerk.declare(application, revision=3)) == ["goods_missing"]
    first = clerk.record(application.id)
    assert (first.revision, first.status) == (3, Status.DRAFT)
    assert codes(clerk.declare(replace(application, reason="急需"), revision=4)) == ["goods_missing"]
    assert clerk.record(application.id) == first
    assert [receipt.kind for receipt in clerk.receipts().receipts] == [ReceiptKind.REFUSAL] * 2


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"contact_name": ""}, "required"),
        ({"is_import": False}, "flag_missing"),
        ({"goods": ()}, "goods_missing"),
        ({"trader": DISHONEST}, "company_dishonest"),
        ({"trader": UNREGISTERED}, "company_not_registered"),
        ({"trader": OWING}, "company_owes_feedback"),
        ({"trader": "9999999999"}, "company_unknown"),
        ({"window_start": "2026-09-28T08:00"}, "window_past"),
        ({"window_start": "2027-01-02T10:00"}, "calendar_unknown"),
        ({"declaration_port": "3108"}, "calendar_unknown"),
        ({"declaration_port": "7777"}, "calendar_unknown"),
        ({"window_start": "0001-01-01T00:00"}, "window_malformed"),
        ({"window_start": "9998-12-31T23:00"}, "calendar_unknown"),
    ],
)
def test_each_rule_is_law(clerk: Clerk, parts: dict[str, object], expected: str) -> None:
    assert expected in codes(clerk.declare(new_application(**parts)))


@pytest.mark.parametrize(
    ("user", "expected"), [("shixin", "company_dishonest"), ("weifankui", "company_owes_feedback")]
)
def test_a_company_that_may_not_apply(by_hand: RunningOffice, user: str, expected: str) -> None:
    clerk = by_hand.clerk(user)
    clerk.sign_in_with_card()
    assert expected in codes(clerk.declare(new_application(declarant=clerk.company)))


# Window Saturday 2026-10-10 is a make-up working day; Sunday 2026-10-11 is off. Last closing before it: 10-10 17:30.
SUNDAY = "2026-10-11T10:00"


@pytest.mark.parametrize(
    ("exit_port", "trader", "latest"),
    [
        ("2233", TRADER, datetime(2026, 10, 9, 17, 30)),
        ("2210", TRADER, datetime(2026, 10, 10, 9, 30)),
        ("2233", "4401160042", datetime(2026, 10, 10, 9, 30)),
        ("2210", "4401160042", datetime(2026, 10, 10, 13, 30)),
    ],
)
def test_the_latest_moment_by_ports_and_grades(
    clerk: Clerk, by_hand: RunningOffice, exit_port: str, trader: str, latest: datetime
) -> None:
    """S25, S22: exactly at the latest moment is in time, a minute later is not; the lower grade counts."""

    def wish() -> Application:
        return new_application(entry_exit_port=exit_port, trader=trader, window_start=SUNDAY)

    late, in_time = clerk.submission(wish()), clerk.submission(wish())
    by_hand.office.clock.move_to(latest.replace(minute=latest.minute + 1))
    answer = clerk.answer(late)
    assert codes(answer) == ["window_too_late"]
    assert f"{latest:%Y-%m-%d %H:%M}" in answer.findings[0].text
    by_hand.office.clock.move_to(latest)
    assert clerk.answer(in_time).is_accepted


def test_attachments_missing_may_come_and_the_submission_again(clerk: Clerk) -> None:
    assert clerk.card is not None
    application = new_application(attachments=(attachment(PDF),))
    submission = clerk.submission(application)
    jws = clerk.card.submission(submission)
    assert refused(clerk.send_jws(submission.id, jws), 409) == "attachments_missing"
    assert clerk.call("GET", f"/submissions/{submission.id}").status_code == 404
    assert clerk.upload(PDF).json() == {"arrived": [0], "is_complete": True}
    assert read(clerk.send_jws(submission.id, jws), AnswerBody).is_accepted


def test_late_is_judged_when_the_attachments_are_there(clerk: Clerk, by_hand: RunningOffice) -> None:
    assert clerk.card is not None
    submission = clerk.submission(new_application(attachments=(attachment(PDF),)))
    jws = clerk.card.submission(submission)
    assert refused(clerk.send_jws(submission.id, jws), 409) == "attachments_missing"
    by_hand.office.clock.move_to(datetime(2026, 10, 1, 9, 0))
    clerk.upload(PDF)
    assert codes(read(clerk.send_jws(submission.id, jws), AnswerBody)) == ["window_too_late"]


def test_what_is_no_pdf_is_refused(clerk: Clerk) -> None:
    content = b"PK\x03\x04 an office document"
    clerk.upload(content)
    answer = clerk.declare(new_application(attachments=(attachment(content, "单据.pdf"),)))
    assert codes(answer) == ["pdf_not_a_pdf"]
    assert "单据.pdf" in answer.findings[0].text


def test_the_offices_own_measurement_counts(clerk: Clerk) -> None:
    content = pdf(300_000)
    clerk.upload(content)
    answer = clerk.declare(new_application(attachments=(attachment(content, "大页.pdf", pages=(1000,) * 3),)))
    assert codes(answer) == ["attachment_page_too_large"]
    assert "大页.pdf" in answer.findings[0].text


def test_six_attachments_are_too_many(clerk: Clerk) -> None:
    files = tuple(attachment(FILES[n], f"{n}.pdf") for n in range(6))
    for n in range(6):
        clerk.upload(FILES[n])
    assert "attachments_too_many" in codes(clerk.declare(new_application(attachments=files)))


def test_parts_of_a_large_file_resume(clerk: Clerk) -> None:
    content = pdf(*(100_000 for _ in range(24)))
    assert 2 * 1024 * 1024 < len(content) < 3 * 1024 * 1024
    file = attachment(content, pages=(100_500,) * 24)
    cut = [content[start : start + 1024 * 1024] for start in range(0, len(content), 1024 * 1024)]
    path = f"/attachments/{file.sha256}"
    assert clerk.put_sealed(f"{path}/parts/2?of=3", cut[2]).json() == {"arrived": [2], "is_complete": False}
    assert clerk.put_sealed(f"{path}/parts/0?of=3", cut[0]).json() == {"arrived": [0, 2], "is_complete": False}
    assert clerk.call("GET", path).json() == {"arrived": [0, 2], "is_complete": False}
    assert clerk.put_sealed(f"{path}/parts/0?of=3", cut[0]).json() == {"arrived": [0, 2], "is_complete": False}
    assert clerk.put_sealed(f"{path}/parts/1?of=3", cut[1]).json() == {"arrived": [0, 1, 2], "is_complete": True}
    assert clerk.declare(new_application(attachments=(file,))).is_accepted


@pytest.mark.parametrize("query", ["parts/0?of=5", "parts/3?of=3", "parts/0?of=0", "parts/0?of=2", "parts/-1?of=1"])
def test_parts_that_cannot_be(clerk: Clerk, query: str) -> None:
    answer = clerk.put_sealed(f"/attachments/{attachment(PDF).sha256}/{query}", PDF)
    assert 400 <= answer.status_code < 500
    assert answer.json()["text"]


def test_numbers_are_never_given_twice(clerk: Clerk) -> None:
    numbers = {clerk.declare(new_application()).receipt.pre_entry_number for _ in range(3)}
    numbers |= {clerk.save(new_application()).pre_entry_number for _ in range(3)}
    assert len(numbers) == 6
    found = read(clerk.call("GET", "/applications?applied_from=2026-09-28&applied_to=2026-09-28"), Records).records
    assert {record.pre_entry_number for record in found} == numbers
