"""Drafts at the gateway: numbers, revisions, what may be saved and by whom (S5, S21, S28, B9)."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest

from tests.gateway.clerk import Clerk, attachment, new_application, refused
from tests.gateway.conftest import RunningOffice
from yuyue_desktop.domain.application import Application, ApplicationId, GoodsItem, Status
from yuyue_practice.seed import DECLARANT, DISHONEST, OWING, TRADER

pytestmark = pytest.mark.thorough


def test_the_first_save_gives_the_number_and_a_repeat_keeps_it(clerk: Clerk) -> None:
    application = new_application()
    first = clerk.save(application)
    assert first.pre_entry_number.startswith("YTG2026")
    assert (first.declarant_name, first.trader_name) == ("练习 · 云岭花卉进出口公司", "练习 · 澄江生鲜贸易有限公司")
    assert clerk.save(application) == first
    assert clerk.save(new_application()).pre_entry_number > first.pre_entry_number


def test_an_empty_draft_may_be_saved(clerk: Clerk) -> None:
    record = clerk.save(Application(ApplicationId(str(uuid.uuid4())), DECLARANT))
    assert record.status is Status.DRAFT


def test_a_later_revision_replaces_an_earlier_one(clerk: Clerk) -> None:
    application = new_application()
    clerk.save(application, 1)
    record = clerk.save(new_application(id=application.id, reason="改过的事由"), 2)
    assert (record.revision, record.application.reason) == (2, "改过的事由")
    assert clerk.record(application.id).application.reason == "改过的事由"


def test_an_older_revision_and_another_of_the_same_are_told(clerk: Clerk) -> None:
    application = new_application()
    clerk.save(application, 2)
    other = new_application(id=application.id, reason="同事的事由")
    assert refused(clerk.try_save(other, 2), 409) == "revision_stale"
    assert refused(clerk.try_save(other, 1), 409) == "revision_stale"
    assert clerk.record(application.id).application.reason == application.reason


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"contact_mobile": "1380000"}, "mobile_too_short"),
        ({"trader": "12"}, "trader_code_malformed"),
        ({"declaration_port": "0000"}, "port_not_a_port"),
        ({"window_start": "tomorrow"}, "window_malformed"),
        ({"reason": "事" * 128}, "reason_too_long"),
        ({"goods": (GoodsItem("12", "花"),)}, "goods_code_malformed"),
        ({"attachments": (attachment(b"x", "a" * 65),)}, "attachment_name_too_long"),
    ],
)
def test_what_is_present_must_be_well_formed(clerk: Clerk, parts: dict[str, object], code: str) -> None:
    assert refused(clerk.try_save(new_application(**parts)), 422) == code


def test_a_trader_that_customs_does_not_know(clerk: Clerk) -> None:
    assert refused(clerk.try_save(new_application(trader="9999999999")), 404) == "company_unknown"


def test_a_window_that_went_by_does_not_lock_its_draft(clerk: Clerk) -> None:
    assert clerk.save(new_application(window_start="2026-09-20T10:00")).status is Status.DRAFT


def test_a_company_saves_for_itself_only(clerk: Clerk) -> None:
    assert refused(clerk.try_save(new_application(declarant=TRADER)), 403) == "company_mismatch"


def test_a_dishonest_company_makes_no_new_draft(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk("shixin")
    assert clerk.sign_in_with_card().company.grade == "dishonest"
    answer = clerk.try_save(new_application(declarant=DISHONEST))
    assert refused(answer, 403) == "company_dishonest"
    assert "失信企业不允许操作" in answer.text


def test_a_company_that_owes_feedback_may_go_on_with_drafts(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk("weifankui")
    assert clerk.sign_in_with_card().company.owes_feedback
    assert clerk.save(new_application(declarant=OWING)).status is Status.DRAFT


def test_deleting_is_for_good_and_a_repeat_is_no_fault(clerk: Clerk) -> None:
    application = new_application()
    clerk.save(application)
    for _ in range(2):
        assert clerk.call("DELETE", f"/applications/{application.id}/draft").status_code == 204
    assert refused(clerk.call("GET", f"/applications/{application.id}"), 404) == "application_unknown"
    assert refused(clerk.try_save(application, 2), 409) == "step_not_allowed"
    assert clerk.call("DELETE", f"/applications/{uuid.uuid4()}/draft").status_code == 204


def test_what_is_declared_is_no_draft_any_more(clerk: Clerk) -> None:
    application = new_application()
    assert clerk.declare(application).is_accepted
    assert refused(clerk.try_save(application, 2), 409) == "step_not_allowed"
    assert refused(clerk.call("DELETE", f"/applications/{application.id}/draft"), 409) == "step_not_allowed"


def test_other_companies_neither_read_nor_touch_a_draft(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    clerk.save(application)
    for user in ("chengjiang", "weifankui"):
        other = by_hand.clerk(user)
        other.sign_in_with_card()
        assert refused(other.call("GET", f"/applications/{application.id}"), 404) == "application_unknown"
        assert refused(other.call("DELETE", f"/applications/{application.id}/draft"), 404) == "application_unknown"
        stolen = new_application(id=application.id, declarant=other.company)
        assert refused(other.try_save(stolen, 9), 404) == "application_unknown"


def test_a_colleague_sees_the_same_draft(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    clerk.save(application)
    colleague = by_hand.clerk("yunling2")
    colleague.sign_in_with_card()
    assert colleague.record(application.id).person == "yunling"
    assert colleague.save(new_application(id=application.id, reason="同事改"), 2).person == "yunling2"


def test_the_year_of_the_number_is_the_offices(clerk: Clerk, by_hand: RunningOffice) -> None:
    by_hand.office.clock.move_to(datetime(2027, 1, 4, 9, 0))
    assert clerk.save(new_application()).pre_entry_number == "YTG202700000000001"
