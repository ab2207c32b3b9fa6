"""The gateway's clock follows what answers carry and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.events import ClockChanged, Event
from yuyue_desktop.gateway.clock import GatewayClock

MACHINE = datetime(2026, 11, 24, 11, 0)
OFFICE = datetime(2026, 9, 28, 9, 0)


class Rig:
    """A clock over two settable time sources."""

    def __init__(self) -> None:
        self.machine = MACHINE
        self.steady = 1000.0
        self.events: list[Event] = []
        self.clock = GatewayClock(self.events.append, lambda: self.machine, lambda: self.steady)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.steady += seconds
        self.machine += timedelta(seconds=seconds)


def test_the_machine_s_time_counts_until_the_gateway_is_heard() -> None:
    rig = Rig()
    assert not rig.clock.is_known
    assert rig.clock.now() == MACHINE


def test_the_offset_is_taken_at_the_middle_of_the_round_trip() -> None:
    rig = Rig()
    rig.run(4)
    rig.clock.hear(OFFICE, 1000.0, 1004.0)
    assert rig.clock.is_known
    assert rig.clock.now() == OFFICE + timedelta(seconds=2)


def test_setting_the_machine_s_clock_does_not_move_it() -> None:
    rig = Rig()
    rig.clock.hear(OFFICE, 1000.0, 1000.0)
    rig.run(60)
    rig.machine += timedelta(days=400)
    assert rig.clock.now() == OFFICE + timedelta(seconds=60)


def test_a_long_poll_does_not_blur_a_sharp_reading() -> None:
    rig = Rig()
    rig.clock.hear(OFFICE, 1000.0, 1000.02)
    before = rig.clock.now()
    rig.run(25)
    rig.clock.hear(OFFICE + timedelta(seconds=24.9), 1000.0, 1025.0)
    assert rig.clock.now() == before + timedelta(seconds=25)


def test_a_gateway_clock_that_was_moved_is_followed_at_once() -> None:
    rig = Rig()
    rig.clock.hear(OFFICE, 1000.0, 1000.02)
    rig.run(25)
    rig.clock.hear(OFFICE + timedelta(days=3), 1000.0, 1025.0)
    assert rig.clock.now() - OFFICE > timedelta(days=2)


def test_an_old_reading_gives_way_to_a_new_one() -> None:
    rig = Rig()
    rig.clock.hear(OFFICE, 1000.0, 1000.02)
    rig.run(86400)
    heard = OFFICE + timedelta(seconds=86403)
    rig.clock.hear(heard, rig.steady - 0.2, rig.steady)
    assert rig.clock.now() == heard + timedelta(seconds=0.1)


def test_only_a_changed_offset_is_published() -> None:
    rig = Rig()
    for _ in range(3):
        rig.clock.hear(OFFICE, rig.steady, rig.steady)
    assert rig.events == [ClockChanged((OFFICE - MACHINE).total_seconds())]
    rig.clock.hear(OFFICE + timedelta(hours=1), rig.steady, rig.steady)
    assert rig.events[1:] == [ClockChanged((OFFICE - MACHINE).total_seconds() + 3600)]


@given(
    st.lists(st.tuples(st.floats(0, 3600), st.floats(0, 30), st.floats(0, 1)), min_size=1, max_size=20),
    st.floats(-1e-4, 1e-4),
)
def test_the_true_time_is_always_within_the_doubt(readings: list[tuple[float, float, float]], drift: float) -> None:
    rig = Rig()
    true_s = 0.0
    for pause_s, round_trip_s, share in readings:
        rig.run(pause_s)
        asked = rig.steady
        rig.run(round_trip_s)
        true_s += pause_s * (1 + drift)
        told = OFFICE + timedelta(seconds=true_s + round_trip_s * share * (1 + drift))
        true_s += round_trip_s * (1 + drift)
        rig.clock.hear(told, asked, rig.steady)
        error_s = (rig.clock.now() - OFFICE).total_seconds() - true_s
        assert abs(error_s) <= round_trip_s / 2 + 0.01
