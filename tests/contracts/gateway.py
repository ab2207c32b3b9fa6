"""What every GatewayPort does, whatever is behind it: the suite that fake and real adapter both pass."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

import pytest

from yuyue_desktop.domain.application import (
    Application,
    ApplicationId,
    ApplicationRecord,
    Attachment,
    GoodsItem,
    Status,
    Step,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.ports import GatewayPort
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.domain.session import Way
from yuyue_desktop.domain.submission import Submission

DECLARANT, TRADER = "1101919107", "3122261548"
USER, PASSWORD, CARD_NUMBER = "yunling", "lianxi-2026", "8600000000001"
PORT, PORT_WITHOUT_CALENDAR = "2210", "3108"
SATURDAY = date(2026, 10, 10)


class GatewayRig(Protocol):
    """A gateway client with an office behind it that knows company, account, card and ports above."""

    @property
    def gateway(self) -> GatewayPort:
        """The client, signed in by password."""
        ...

    def another(self) -> GatewayPort:
        """A client of somebody who is not signed in."""
        ...

    def sign(self, submission: Submission) -> str:
        """A finished JWS by the card."""
        ...

    def answer_challenge(self, challenge: str) -> str:
        """A signed challenge by the card."""
        ...


@dataclass(frozen=True)
class Sent:
    """A submission with its JWS."""

    submission: Submission
    jws: str

    @property
    def id(self) -> ItemId:
        """The submission's id."""
        return self.submission.id


def new_application(**parts: object) -> Application:
    """An application that may be declared."""
    made = Application(
        ApplicationId(str(uuid.uuid4())),
        DECLARANT,
        TRADER,
        "李想",
        "13800000001",
        PORT,
        "2233",
        "5",
        "2026-10-03T10:00",
        is_import=True,
        goods=(GoodsItem("06031100", "鲜切玫瑰"),),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def error_of(run: Callable[[], object]) -> Code:
    """The code of the error that a call raises."""
    with pytest.raises(YuyueError) as caught:
        run()
    return caught.value.code


class GatewayContract:
    """Subclasses give a `rig` fixture whose gateway is signed in by password."""

    def draft(self, rig: GatewayRig, application: Application | None = None, revision: int = 1) -> ApplicationRecord:
        """A draft of here and now."""
        made = application or new_application()
        return ApplicationRecord(made, revision, Status.DRAFT, USER, rig.gateway.time())

    def declaration(self, rig: GatewayRig, application: Application | None = None, **parts: object) -> Sent:
        """A signed declaration."""
        made = application or new_application()
        submission = Submission(
            ItemId(str(uuid.uuid4())),
            rig.gateway.address,
            Step.DECLARE,
            made.id,
            1,
            rig.gateway.time().replace(microsecond=0),
            DECLARANT,
            made,
            attachments=made.attachments,
        )
        submission = replace(submission, **parts)  # type: ignore[arg-type]
        return Sent(submission, rig.sign(submission))

    def test_a_session_says_who_is_at_work(self, rig: GatewayRig) -> None:
        session = rig.another().sign_in_with_password(USER, PASSWORD).session
        assert (session.way, session.person, session.bound_card) == (Way.ACCOUNT, USER, CARD_NUMBER)
        assert session.company.customs_code == DECLARANT
        assert session.is_online

    def test_a_wrong_password_is_refused(self, rig: GatewayRig) -> None:
        assert error_of(lambda: rig.another().sign_in_with_password(USER, "x")) is Code.PASSWORD_WRONG
        assert error_of(lambda: rig.another().sign_in_with_password("nobody", PASSWORD)) is Code.PASSWORD_WRONG

    def test_a_card_signs_in_with_a_challenge_once(self, rig: GatewayRig) -> None:
        gateway = rig.another()
        jws = rig.answer_challenge(gateway.challenge())
        session = gateway.sign_in_with_card(jws).session
        assert (session.way, session.person, session.bound_card) == (Way.CARD, USER, CARD_NUMBER)
        assert error_of(lambda: gateway.sign_in_with_card(jws)) is Code.SUBMISSION_STALE

    def test_without_a_session_nothing_is_told(self, rig: GatewayRig) -> None:
        gateway = rig.another()
        draft = self.draft(rig)
        calls: list[Callable[[], object]] = [
            lambda: gateway.company(TRADER),
            lambda: gateway.calendar(PORT, SATURDAY, SATURDAY),
            lambda: gateway.calendars(SATURDAY, SATURDAY),
            lambda: gateway.save_draft(draft),
            lambda: gateway.delete_draft(draft.id),
            lambda: gateway.receipts(0, 0),
            lambda: gateway.query(ApplicationQuery(applied_from=SATURDAY, applied_to=SATURDAY)),
        ]
        assert [error_of(call) for call in calls] == [Code.SIGN_IN_NEEDED] * len(calls)

    def test_safe_exit_ends_the_session_and_its_refresh_token(self, rig: GatewayRig) -> None:
        gateway = rig.another()
        refresh_token = gateway.sign_in_with_password(USER, PASSWORD).refresh_token
        gateway.sign_out()
        assert error_of(lambda: gateway.company(TRADER)) is Code.SIGN_IN_NEEDED
        assert error_of(lambda: rig.another().resume(refresh_token)) is Code.SIGN_IN_NEEDED
        gateway.sign_out()

    def test_a_refresh_token_serves_receipts_only_and_once(self, rig: GatewayRig) -> None:
        refresh_token = rig.another().sign_in_with_password(USER, PASSWORD).refresh_token
        gateway = rig.another()
        gateway.resume(refresh_token)
        assert gateway.receipts(0, 0).cursor >= 0
        assert error_of(lambda: gateway.company(TRADER)) is Code.SIGN_IN_NEEDED
        assert error_of(lambda: rig.another().resume(refresh_token)) is Code.SIGN_IN_NEEDED

    def test_a_company_is_found_by_its_customs_code(self, rig: GatewayRig) -> None:
        assert rig.gateway.company(TRADER).customs_code == TRADER
        assert error_of(lambda: rig.gateway.company("9999999999")) is Code.COMPANY_UNKNOWN

    def test_a_calendar_tells_what_is_published(self, rig: GatewayRig) -> None:
        calendar = rig.gateway.calendar(PORT, SATURDAY - timedelta(days=2), SATURDAY)
        assert calendar is not None
        assert (calendar.published_from, calendar.published_to) == (SATURDAY - timedelta(days=2), SATURDAY)
        assert calendar.closing(SATURDAY - timedelta(days=1)) is not None
        assert rig.gateway.calendar(PORT_WITHOUT_CALENDAR, SATURDAY, SATURDAY) is None

    def test_calendars_of_all_ports_tell_the_same(self, rig: GatewayRig) -> None:
        first = SATURDAY - timedelta(days=2)
        calendars = rig.gateway.calendars(first, SATURDAY)
        assert calendars[PORT] == rig.gateway.calendar(PORT, first, SATURDAY)
        assert PORT_WITHOUT_CALENDAR not in calendars
        assert rig.gateway.calendars(date(2015, 1, 1), date(2015, 1, 2)) == {}

    def test_the_first_save_gives_a_number_that_stays(self, rig: GatewayRig) -> None:
        draft = self.draft(rig)
        first = rig.gateway.save_draft(draft)
        changed = replace(draft, application=replace(draft.application, reason="急"), revision=2)
        second = rig.gateway.save_draft(changed)
        assert first.pre_entry_number.startswith("YTG2026")
        assert second.pre_entry_number == first.pre_entry_number
        assert second.application == changed.application
        assert second.status is Status.DRAFT

    def test_saving_again_changes_nothing_and_an_old_revision_is_refused(self, rig: GatewayRig) -> None:
        draft = self.draft(rig, revision=2)
        number = rig.gateway.save_draft(draft).pre_entry_number
        assert rig.gateway.save_draft(draft).pre_entry_number == number
        other = replace(draft, application=replace(draft.application, reason="急"))
        assert error_of(lambda: rig.gateway.save_draft(other)) is Code.REVISION_STALE
        assert error_of(lambda: rig.gateway.save_draft(replace(other, revision=1))) is Code.REVISION_STALE

    def test_deleting_works_for_what_never_arrived_too(self, rig: GatewayRig) -> None:
        saved = rig.gateway.save_draft(self.draft(rig))
        rig.gateway.delete_draft(saved.id)
        rig.gateway.delete_draft(ApplicationId(str(uuid.uuid4())))
        assert rig.gateway.query(ApplicationQuery(pre_entry_number=saved.pre_entry_number)) == ()

    def test_a_save_that_comes_late_does_not_bring_a_deleted_draft_back(self, rig: GatewayRig) -> None:
        draft = self.draft(rig)
        number = rig.gateway.save_draft(draft).pre_entry_number
        for _ in range(2):
            rig.gateway.delete_draft(draft.id)
        assert error_of(lambda: rig.gateway.save_draft(replace(draft, revision=2))) is Code.STEP_NOT_ALLOWED
        assert rig.gateway.query(ApplicationQuery(pre_entry_number=number)) == ()

    def test_what_was_declared_is_not_deleted(self, rig: GatewayRig) -> None:
        sent = self.declaration(rig)
        assert rig.gateway.submit(sent.id, sent.jws).is_accepted
        assert error_of(lambda: rig.gateway.delete_draft(sent.submission.application_id)) is Code.STEP_NOT_ALLOWED

    def test_a_declaration_is_answered_once_for_all(self, rig: GatewayRig) -> None:
        sent = self.declaration(rig)
        assert rig.gateway.answer(sent.id) is None
        answer = rig.gateway.submit(sent.id, sent.jws)
        assert (answer.is_accepted, answer.findings) == (True, ())
        assert (answer.receipt.application_id, answer.receipt.status) == (
            sent.submission.application_id,
            Status.DECLARED,
        )
        assert rig.gateway.submit(sent.id, sent.jws) == answer
        assert rig.gateway.answer(sent.id) == answer
        page = rig.gateway.receipts(answer.receipt.cursor - 1, 0)
        assert [receipt.cursor for receipt in page.receipts].count(answer.receipt.cursor) == 1

    def test_submissions_need_no_session(self, rig: GatewayRig) -> None:
        content = b"%PDF-1.4 attachment of nobody signed in"
        sent = self.declaration(rig)
        gateway = rig.another()
        gateway.send_attachment(hashlib.sha256(content).hexdigest(), content)
        assert gateway.answer(sent.id) is None
        assert gateway.submit(sent.id, sent.jws).is_accepted

    def test_a_step_that_is_not_allowed_is_refused_with_a_receipt(self, rig: GatewayRig) -> None:
        application = new_application()
        first, second = self.declaration(rig, application), self.declaration(rig, application)
        assert rig.gateway.submit(first.id, first.jws).is_accepted
        answer = rig.gateway.submit(second.id, second.jws)
        assert not answer.is_accepted
        assert (answer.receipt.kind, answer.receipt.status) == (ReceiptKind.REFUSAL, Status.DECLARED)
        assert answer.receipt.code == Code.STEP_NOT_ALLOWED

    def test_an_id_belongs_to_one_submission(self, rig: GatewayRig) -> None:
        sent = self.declaration(rig)
        other = self.declaration(rig, id=sent.id)
        rig.gateway.submit(sent.id, sent.jws)
        assert error_of(lambda: rig.gateway.submit(sent.id, other.jws)) is Code.SUBMISSION_ID_REUSED

    def test_attachments_go_first(self, rig: GatewayRig, pdf: bytes) -> None:
        digest = hashlib.sha256(pdf).hexdigest()
        attachment = Attachment("合同.pdf", digest, len(pdf), (len(pdf),))
        sent = self.declaration(rig, new_application(attachments=(attachment,)))
        with pytest.raises(YuyueError) as caught:
            rig.gateway.submit(sent.id, sent.jws)
        assert (caught.value.code, caught.value.is_retried) == (Code.ATTACHMENTS_MISSING, True)
        rig.gateway.send_attachment(digest, pdf)
        rig.gateway.send_attachment(digest, pdf)
        answer = rig.gateway.submit(sent.id, sent.jws)
        assert answer.is_accepted, answer.findings

    def test_who_knows_a_receipt_of_other_books_gets_all_anew(self, rig: GatewayRig) -> None:
        for _ in range(2):
            sent = self.declaration(rig)
            rig.gateway.submit(sent.id, sent.jws)
        page = rig.gateway.receipts(0, 0)
        last = page.receipts[-1]
        again = rig.gateway.receipts(last.cursor, 0, last)
        assert (again.receipts, again.is_anew) == ((), False)
        for known in (replace(last, at=last.at - timedelta(seconds=1)), replace(last, cursor=last.cursor + 1000)):
            anew = rig.gateway.receipts(known.cursor, 20.0, known)
            assert (anew.receipts, anew.is_anew) == (page.receipts, True)

    def test_receipts_ascend_and_go_on_at_the_cursor(self, rig: GatewayRig) -> None:
        for _ in range(3):
            sent = self.declaration(rig)
            rig.gateway.submit(sent.id, sent.jws)
        page = rig.gateway.receipts(0, 0)
        cursors = [receipt.cursor for receipt in page.receipts]
        assert cursors == sorted(set(cursors))
        assert page.cursor == cursors[-1]
        assert {record.id for record in page.records} >= {receipt.application_id for receipt in page.receipts[-3:]}
        assert rig.gateway.receipts(page.cursor, 0).receipts == ()

    def test_a_long_poll_ends_with_the_first_receipt(self, rig: GatewayRig) -> None:
        after = rig.gateway.receipts(0, 0).cursor
        sent = self.declaration(rig)
        with ThreadPoolExecutor(1) as worker:
            waiting = worker.submit(rig.gateway.receipts, after, 20.0)
            rig.another().submit(sent.id, sent.jws)
            page = waiting.result(10)
        assert [receipt.application_id for receipt in page.receipts][:1] == [sent.submission.application_id]

    def test_a_long_poll_is_broken_off_at_once(self, rig: GatewayRig) -> None:
        after = rig.gateway.receipts(0, 0).cursor
        ended = threading.Event()

        def wait() -> Code:
            try:
                return error_of(lambda: rig.gateway.receipts(after, 20.0))
            finally:
                ended.set()

        with ThreadPoolExecutor(1) as worker:
            waiting = worker.submit(wait)
            while not ended.wait(0.05):  # the call may not be under way yet
                rig.gateway.interrupt()
            assert waiting.result(1) is Code.GATEWAY_UNREACHABLE
        assert rig.gateway.receipts(after, 0).receipts == ()

    def test_a_query_finds_by_number_and_by_day(self, rig: GatewayRig) -> None:
        saved = rig.gateway.save_draft(self.draft(rig))
        today = rig.gateway.time().date()
        by_number = rig.gateway.query(ApplicationQuery(pre_entry_number=saved.pre_entry_number))
        by_day = rig.gateway.query(ApplicationQuery(applied_from=today, applied_to=today, status=Status.DRAFT))
        assert [record.application for record in by_number] == [saved.application]
        assert saved.id in [record.id for record in by_day]
