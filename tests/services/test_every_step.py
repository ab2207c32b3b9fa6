"""Every illegal step is refused by the services too, before the card is asked, in the gateway's words (S28-S31)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.life import COMPANY_STEPS, illegal, refusal
from tests.services.desk import DECLARATION_NUMBER, Desk, failure
from yuyue_desktop.domain.application import ApplicationRecord, Status, Step
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import error_words

START = datetime(2026, 10, 3, 10)
DUE = "2026-10-08 10:00"


def take(desk: Desk, record: ApplicationRecord, step: Step) -> Callable[[], Future[Any]]:
    """The call by which the window takes a step."""
    editing = desk.drafting.open(record.id)

    def save() -> Future[Any]:
        editing.change("reason", "改过的事由")
        raise AssertionError("the form took a change")

    calls: dict[Step, Callable[[], Future[Any]]] = {
        Step.SAVE: save,
        Step.DELETE: lambda: desk.drafting.delete(record.id),
        Step.DECLARE: lambda: desk.declaring.declare(editing),
        Step.CANCEL: lambda: desk.declaring.cancel(record),
        Step.FEED_BACK: lambda: desk.declaring.feed_back(record, [DECLARATION_NUMBER]),
        Step.EXPLAIN: lambda: desk.declaring.explain(record, "说明"),
    }
    return calls[step]


@pytest.mark.parametrize(("status", "step"), illegal(COMPANY_STEPS))
def test_an_illegal_step_is_refused_in_the_gateways_words(desk: Desk, status: Status, step: Step) -> None:
    record = desk.record(status)
    assert str(error_words(failure(take(desk, record, step)))) == refusal(status, step, DUE)
    assert desk.store.reader.open_items() == ()
    kept = desk.store.read(record.id)
    assert (kept.application, kept.status, kept.revision) == (record.application, status, record.revision)


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.APPROVED])
def test_cancelling_ends_at_the_windows_start(desk: Desk, status: Status) -> None:
    record = desk.record(status)
    desk.clock.at = START
    error = failure(lambda: desk.declaring.cancel(record))
    assert str(error_words(error)) == "已到预约时间 2026-10-03 10:00，不可取消。只能在预约时间开始前取消"


def test_feedback_is_taken_through_the_whole_last_minute(desk: Desk) -> None:
    record = desk.record(Status.APPROVED)
    desk.clock.at = START + timedelta(days=5, seconds=59)
    assert desk.declaring.feed_back(record, [DECLARATION_NUMBER]).exception() is None
    late = desk.record(Status.APPROVED)
    desk.clock.at = START + timedelta(days=5, minutes=1)
    error = failure(lambda: desk.declaring.feed_back(late, [DECLARATION_NUMBER]))
    assert str(error_words(error)) == refusal(Status.FEEDBACK_OVERDUE, Step.FEED_BACK, DUE)


@pytest.mark.parametrize(("text", "count"), [(" \n ", 0), ("", 0), ("说" * 1001, 1001)])
def test_an_explanation_of_blanks_is_none(desk: Desk, text: str, count: int) -> None:
    error = failure(lambda: desk.declaring.explain(desk.record(Status.APPROVED), text))
    assert (error.code, error.params["count"]) == (Code.EXPLANATION_LENGTH, count)


def test_an_explanation_with_a_control_character_is_not_signed(desk: Desk) -> None:
    error = failure(lambda: desk.declaring.explain(desk.record(Status.APPROVED), "说\x00明"))
    assert error.code is Code.CONTROL_CHARACTER
