"""One application from keystroke's end to approval: sign-in, draft, declaration, receipts."""

from __future__ import annotations

from tests.gateway.clerk import new_application
from tests.gateway.conftest import StartOffice
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_practice.officer import OfficerMode


def test_draft_to_approval_with_an_officer_that_works_by_itself(start_office: StartOffice) -> None:
    clerk = start_office(OfficerMode.AUTO).clerk("yunling")
    grant = clerk.sign_in_with_card()
    assert (grant.person, grant.company.customs_code) == ("yunling", "1101919107")
    application = new_application()

    saved = clerk.save(application)
    assert saved.pre_entry_number == "YTG202600000000002"
    assert saved.status is Status.DRAFT

    answer = clerk.declare(application)
    assert answer.is_accepted, answer.findings
    assert answer.receipt.status is Status.DECLARED

    cursor = 0
    statuses: list[Status] = []
    while len(statuses) < 3:
        page = clerk.receipts(cursor, wait_s=10)
        assert page.receipts, "no receipt came in time"
        assert page.cursor > cursor
        cursor = page.cursor
        statuses += [receipt.status for receipt in page.receipts if receipt.kind is ReceiptKind.STATUS]
    assert statuses == [Status.DECLARED, Status.ACCEPTED, Status.APPROVED]
    record = clerk.record(application.id)
    assert record.status is Status.APPROVED
    assert record.application_number.startswith("22102026")
    assert record.approved_at is not None
