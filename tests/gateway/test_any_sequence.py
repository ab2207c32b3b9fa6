"""No sequence of acts reaches an illegal status, loses a receipt or gives one twice (S21-S32, B2)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.gateway.conftest import RunningOffice
from tests.gateway.life_machine import LifeMachine, World
from yuyue_practice.clock import START

pytestmark = pytest.mark.thorough

BOUNDED = settings(
    max_examples=8,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
LONG = settings(BOUNDED, max_examples=600, stateful_step_count=60, derandomize=False, phases=tuple(Phase))


def run(running: RunningOffice, how: settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the machine in an office whose clock stands still between two moves, however slow the machine is."""
    monkeypatch.setattr(running.office.clock, "_machine", lambda: START)
    running.office.clock.move_to(START)

    class Machine(LifeMachine):
        world = World(running, [START])

    run_state_machine_as_test(Machine, settings=how)


def test_no_sequence_of_acts_breaks_the_life(by_hand: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run(by_hand, BOUNDED, monkeypatch)


@pytest.mark.long
def test_no_long_sequence_of_acts_breaks_the_life(by_hand: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run(by_hand, LONG, monkeypatch)
