"""Whatever a clerk, customs and the network do in any order: nothing is lost, doubled or foretold (B2, S21-S32)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.gateway.machine_runs import BOUNDED, UNBOUNDED, stop_clock
from tests.sync.clerk_machine import ClerkMachine

pytestmark = pytest.mark.thorough

__all__ = ["fresh_office", "start_office"]

SHORT = settings(BOUNDED, max_examples=12)
LONG = settings(UNBOUNDED, max_examples=300, stateful_step_count=50)


def run(running: RunningOffice, how: settings, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Run the machine in an office whose clock stands still between two moves; answers what was reached."""
    stop_clock(running, monkeypatch)

    class Machine(ClerkMachine):
        pass

    Machine.running, Machine.reached = running, Counter()
    run_state_machine_as_test(Machine, settings=how)
    return Machine.reached


def test_no_day_loses_or_doubles_anything(start_office: StartOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = run(start_office(), SHORT, monkeypatch)
    # What these days come to is drawn once for all; without any of these they would show nothing.
    assert {"item done", "killed", "cut", "approved", "cleared"} <= set(reached), reached


@pytest.mark.long
def test_no_long_day_loses_or_doubles_anything(start_office: StartOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    run(start_office(), LONG, monkeypatch)
