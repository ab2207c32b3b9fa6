"""The watchdog lets each of several calls take its own time, counted from when it is its turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from yuyue_desktop.card.watchdog import LOOK_S, Limit, Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    made = Watchdog()
    yield made
    made.close()


def test_time_runs_for_the_first_call_alone(watchdog: Watchdog) -> None:
    patient, hasty = threading.Event(), threading.Event()
    first, second = Limit(60.0, patient.set), Limit(0.0, hasty.set)
    watchdog.begin(first)
    watchdog.begin(second)
    assert not hasty.wait(4 * LOOK_S)
    watchdog.end(first)
    assert hasty.wait(20)
    watchdog.end(second)
    assert not patient.is_set()


def test_calls_may_end_out_of_turn(watchdog: Watchdog) -> None:
    killed = threading.Event()
    first, second, third = Limit(60.0, killed.set), Limit(60.0, killed.set), Limit(0.0, killed.set)
    for limit in (first, second, third):
        watchdog.begin(limit)
    watchdog.end(second)
    watchdog.end(first)
    assert killed.wait(20)
    watchdog.end(third)
