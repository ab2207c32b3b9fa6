"""What an application is and which steps its life allows (S21, S25, S28-S31)."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.life import legal
from yuyue_desktop.domain.application import (
    MOMENT_FORMAT,
    NEXT_STATUS,
    SIGNED_STEPS,
    Application,
    ApplicationId,
    Status,
    Step,
    is_allowed,
    is_earlier,
    parse_moment,
)


@pytest.mark.parametrize("status", Status)
def test_no_step_but_the_legal_ones(status: Status) -> None:
    steps = legal(status)
    assert {step.value for step in Step if is_allowed(status, step)} == set(steps)
    for step, word in steps.items():
        if word:
            assert NEXT_STATUS[status, Step(step)].word == word


def test_every_status_can_be_reached_and_only_ended_ones_lead_nowhere() -> None:
    reached, before = {Status.DRAFT}, set[Status]()
    while reached != before:
        before = set(reached)
        reached |= {after for (status, _), after in NEXT_STATUS.items() if status in before}
    assert reached == set(Status)
    ended = {status for status in Status if not any(start is status for start, _ in NEXT_STATUS)}
    assert ended == {Status.CLEARED, Status.RETURNED, Status.CANCELLED}


def test_a_life_never_goes_back() -> None:
    ahead = {
        Status.DRAFT: set(Status) - {Status.DRAFT},
        Status.DECLARED: set(Status) - {Status.DRAFT, Status.DECLARED},
        Status.ACCEPTED: set(Status) - {Status.DRAFT, Status.DECLARED, Status.ACCEPTED},
        Status.APPROVED: {Status.CANCELLED, Status.CLEARED, Status.FEEDBACK_OVERDUE},
        Status.FEEDBACK_OVERDUE: {Status.CLEARED},
    }
    for first in Status:
        assert {second for second in Status if is_earlier(first, second)} == ahead.get(first, set())


def test_what_the_company_does_after_saving_is_signed() -> None:
    assert set(SIGNED_STEPS) == {Step.DECLARE, Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN}


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-10-03", "2026-10-03 10:00", "2026-10-03T10:00:00", "2026-10-03T10:00+08:00", "2026-10-03T10:00Z",
        "2026-10-3T9:05", "2026-10-03T24:00", "2026-10-03T10:60", "2026-02-29T10:00", "2026-13-01T10:00",
        "２０２６-10-03T10:00", "2026-W40-6T10:00", "20261003T1000", " 2026-10-03T10:00", "2026-10-03T10:00\n",
        "0000-10-03T10:00", "0001-01-01T10:00", "9999-12-31T23:00",
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    assert parse_moment(text) is None


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)).map(lambda moment: moment.replace(second=0, microsecond=0))
)
def test_a_moment_has_one_text(moment: datetime) -> None:
    text = f"{moment.year:04d}-{moment:%m-%dT%H:%M}"
    assert parse_moment(text) == moment
    if moment.year >= 1000:
        assert text == moment.strftime(MOMENT_FORMAT)


@given(st.text(max_size=20))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    application = Application(ApplicationId("a"), "1101919107", window_start=text)
    assert application.window_moment() == parse_moment(text)


def test_ports_are_the_same_by_their_codes() -> None:
    application = Application(ApplicationId("a"), "1101919107", declaration_port="2233", entry_exit_port="2233")
    assert application.is_same_port
    assert not Application(ApplicationId("a"), "1", declaration_port="2233", entry_exit_port="2234").is_same_port
