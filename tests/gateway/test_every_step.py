"""Every step from every status at the gateway: the legal ones lead on, the illegal ones change nothing and say why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.gateway.clerk import Clerk, new_application, read
from tests.gateway.conftest import RunningOffice
from tests.life import COMPANY_STEPS, OFFICER_STEPS, legal, refusal
from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.wire.messages import AnswerBody, Receipts, Refusal, decode
from yuyue_practice.clock import START
from yuyue_practice.registry.declarations import fitting_declaration

pytestmark = pytest.mark.thorough

WINDOW = datetime(2026, 10, 3, 10, 0)
DUE = WINDOW + timedelta(days=5)

WAY: dict[Status, tuple[Step, ...]] = {
    Status.DRAFT: (Step.SAVE,),
    Status.DECLARED: (Step.DECLARE,),
    Status.ACCEPTED: (Step.DECLARE, Step.ACCEPT),
    Status.APPROVED: (Step.DECLARE, Step.ACCEPT, Step.APPROVE),
    Status.CLEARED: (Step.DECLARE, Step.ACCEPT, Step.APPROVE, Step.FEED_BACK),
    Status.RETURNED: (Step.DECLARE, Step.RETURN),
    Status.CANCELLED: (Step.DECLARE, Step.ACCEPT, Step.CANCEL),
    Status.FEEDBACK_OVERDUE: (Step.DECLARE, Step.ACCEPT, Step.APPROVE, Step.LAPSE),
}
"""How an application comes to each status."""


class Counter:
    """Takes any step of an application at the real gateway; answers what was said against it, empty where nothing."""

    def __init__(self, clerk: Clerk, running: RunningOffice) -> None:
        self._clerk = clerk
        self._running = running

    def application(self, status: Status) -> Application:
        """An application that customs has brought to a status."""
        self._running.office.clock.move_to(START)
        application = new_application()
        for step in WAY[status]:
            assert self.take(application, step) == ""
        return application

    def take(self, application: Application, step: Step) -> str:
        """One step."""
        acts: dict[Step, Callable[[Application], str]] = {
            Step.SAVE: self._save,
            Step.DELETE: self._delete,
            Step.FEED_BACK: self._feed_back,
            Step.LAPSE: lambda _application: self._lapse(),
        }
        if step in acts:
            return acts[step](application)
        if step in OFFICER_STEPS:
            return self._answer(application, step)
        return self._submit(application, step, explanation="说明" if step is Step.EXPLAIN else "")

    def _save(self, application: Application) -> str:
        answer = self._clerk.try_save(application)
        return "" if answer.ok else decode(answer.content, Refusal).text

    def _delete(self, application: Application) -> str:
        answer = self._clerk.call("DELETE", f"/applications/{application.id}/draft")
        return "" if answer.ok else decode(answer.content, Refusal).text

    def _feed_back(self, application: Application) -> str:
        with self._running.office.database.writing() as session:
            number = fitting_declaration(session, application, WINDOW).number
        return self._submit(application, Step.FEED_BACK, declaration_numbers=(number,))

    def _lapse(self) -> str:
        self._running.office.clock.move_to(DUE + timedelta(minutes=1))
        return ""

    def _answer(self, application: Application, step: Step) -> str:
        try:
            self._running.office.officer.answer(application.id, step, "材料不全" if step is Step.RETURN else "")
        except YuyueError as error:
            return str(error_words(error))
        return ""

    def _submit(self, application: Application, step: Step, **parts: object) -> str:
        answer = read(self._clerk.send(self._clerk.submission(application, step, **parts)), AnswerBody)
        assert (answer.receipt.kind is ReceiptKind.REFUSAL) == (not answer.is_accepted)
        return "；".join(finding.text for finding in answer.findings)


@pytest.fixture
def counter(clerk: Clerk, by_hand: RunningOffice) -> Counter:
    """The clerk's and the officer's side of the counter."""
    return Counter(clerk, by_hand)


@pytest.mark.parametrize("status", Status)
def test_an_illegal_step_changes_nothing_and_says_why(clerk: Clerk, counter: Counter, status: Status) -> None:
    application = counter.application(status)
    before = clerk.record(application.id)
    assert before.status is status
    for step in (*COMPANY_STEPS, *OFFICER_STEPS):
        if step.value in legal(status):
            continue
        assert counter.take(application, step) == refusal(status, step, f"{DUE:%Y-%m-%d %H:%M}"), step
        assert clerk.record(application.id) == before, step
    told = read(clerk.call("GET", "/receipts"), Receipts).receipts
    refused = [receipt for receipt in told if receipt.kind is ReceiptKind.REFUSAL]
    signed = {Step.DECLARE, Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN}
    assert len(refused) == sum(step.value not in legal(status) for step in signed)
    assert {receipt.status for receipt in refused} <= {status}


@pytest.mark.parametrize(
    ("status", "step", "word"),
    [(status, Step(name), word) for status in Status for name, word in legal(status).items()],
)
def test_a_legal_step_leads_where_the_manual_says(
    clerk: Clerk, counter: Counter, status: Status, step: Step, word: str
) -> None:
    application = counter.application(status)
    assert counter.take(application, step) == ""
    if word:
        assert clerk.record(application.id).status.word == word
    else:
        assert clerk.call("GET", f"/applications/{application.id}").status_code == 404


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.APPROVED])
def test_at_the_windows_start_cancelling_ends(
    clerk: Clerk, by_hand: RunningOffice, counter: Counter, status: Status
) -> None:
    application = counter.application(status)
    by_hand.office.clock.move_to(WINDOW)
    assert counter.take(application, Step.CANCEL) == "已到预约时间 2026-10-03 10:00，不可取消。只能在预约时间开始前取消"
    assert clerk.record(application.id).status is status


def test_what_was_deleted_is_called_deleted(counter: Counter) -> None:
    application = counter.application(Status.DRAFT)
    assert counter.take(application, Step.DELETE) == ""
    assert counter.take(application, Step.SAVE).startswith("“已删除”状态的申请不能修改")
