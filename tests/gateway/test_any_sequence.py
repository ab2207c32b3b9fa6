"""No sequence of acts reaches an illegal status, loses a receipt or gives one twice (S21-S32, B2)."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.gateway.conftest import RunningOffice
from tests.gateway.life_machine import LifeMachine, World
from tests.gateway.machine_runs import BOUNDED, UNBOUNDED, stop_clock
from yuyue_practice.clock import START

pytestmark = pytest.mark.thorough

LONG = settings(UNBOUNDED, max_examples=600, stateful_step_count=60)


def run(running: RunningOffice, how: settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the machine in an office whose clock stands still between two moves, however slow the machine is."""
    stop_clock(running, monkeypatch)

    class Machine(LifeMachine):
        world = World(running, [START])

    run_state_machine_as_test(Machine, settings=how)


def test_no_sequence_of_acts_breaks_the_life(by_hand: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run(by_hand, BOUNDED, monkeypatch)


@pytest.mark.long
def test_no_long_sequence_of_acts_breaks_the_life(by_hand: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run(by_hand, LONG, monkeypatch)
