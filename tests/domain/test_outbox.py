"""States of an outbox item and the pauses between its tries."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.application import ApplicationId, Step
from yuyue_desktop.domain.outbox import (
    FIRST_PAUSE_S,
    LONGEST_PAUSE_S,
    ItemId,
    ItemState,
    OutboxItem,
    pause,
)

ATTEMPTS = st.integers(1, 10_000)
JITTER = st.floats(0, 1)


def item(state: ItemState, attempts: int) -> OutboxItem:
    """Give an item in a state after some attempts."""
    moment = datetime(2026, 9, 30, 9, 0)
    return OutboxItem(
        ItemId("i"), ApplicationId("a"), Step.DECLARE, "clerk", "jws", (), state, moment, attempts=attempts
    )


@given(ATTEMPTS, JITTER)
def test_a_pause_is_at_least_half_and_at_most_the_whole_of_its_step(attempts: int, jitter: float) -> None:
    whole = min(FIRST_PAUSE_S * 2 ** min(attempts - 1, 60), LONGEST_PAUSE_S)
    assert timedelta(seconds=whole / 2) <= pause(attempts, jitter) <= timedelta(seconds=whole)


@given(ATTEMPTS, JITTER, JITTER)
def test_pauses_never_shrink_with_attempts_or_jitter(attempts: int, first: float, second: float) -> None:
    assert pause(attempts, first) <= pause(attempts + 1, first)
    assert pause(attempts, min(first, second)) <= pause(attempts, max(first, second))


@given(ATTEMPTS, JITTER, st.floats(0, 86_400))
def test_what_the_gateway_asks_for_is_never_undercut(attempts: int, jitter: float, asked_s: float) -> None:
    wanted = pause(attempts, jitter, asked_s)
    assert wanted >= timedelta(seconds=asked_s)
    assert wanted == max(pause(attempts, jitter), timedelta(seconds=asked_s))


def test_first_and_longest_pause() -> None:
    assert pause(1, 1.0) == timedelta(seconds=1)
    assert [pause(attempts, 1.0).total_seconds() for attempts in range(1, 10)] == [1, 2, 4, 8, 16, 32, 64, 120, 120]


@pytest.mark.parametrize("state", ItemState)
def test_every_state_has_its_own_word(state: ItemState) -> None:
    assert [other for other in ItemState if other.word == state.word] == [state]


def test_ended_states_lock_nothing() -> None:
    ended = {state for state in ItemState if not state.is_open}
    assert ended == {ItemState.DONE, ItemState.REFUSED, ItemState.WITHDRAWN}


@pytest.mark.parametrize("state", [state for state in ItemState if not state.is_open])
def test_an_ended_item_can_not_be_withdrawn(state: ItemState) -> None:
    assert not item(state, 0).can_withdraw


def test_withdrawing_is_possible_until_an_attempt_was_begun() -> None:
    assert item(ItemState.WAITING, 0).can_withdraw
    assert not item(ItemState.WAITING, 1).can_withdraw
    assert not item(ItemState.UNKNOWN, 1).can_withdraw


def test_the_gateway_is_asked_first_once_an_attempt_was_begun() -> None:
    assert not item(ItemState.WAITING, 0).must_ask_first
    assert item(ItemState.UNKNOWN, 1).must_ask_first
