"""How Hypothesis' machines run against an office of their own: in bounds, and with a clock that stands still."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.gateway.conftest import RunningOffice
from yuyue_practice.clock import START

BOUNDED = settings(
    max_examples=8,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
UNBOUNDED = settings(BOUNDED, derandomize=False, phases=tuple(Phase))
"""Of the long forms, which say themselves how long they are."""


def stop_clock(running: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's clock stands still between two moves, however slow the machine is."""
    monkeypatch.setattr(running.office.clock, "_machine", lambda: START)
    running.office.clock.move_to(START)
