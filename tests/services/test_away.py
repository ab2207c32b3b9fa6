"""The card's login ends when nobody is at the machine, and only then (B15)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tests.fakes.card import FakeCard, SoftCard, soft_card
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.limits import CARD_IDLE_MINUTES
from yuyue_desktop.services.away import SLEPT_S, Absence, AwayWatch
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.wire.envelope import JwsCodec

TICK_S = 5.0


@dataclass
class Machine:
    """A clock by hand, an unlocked card, and what was told."""

    card: SoftCard
    session: CardSession
    now_s: float = 1000.0
    told: list[Absence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = AwayWatch(self.session, lambda: self.now_s, self.told.append)

    def is_locked(self) -> bool:
        return self.session.unlocked is None

    def pass_time(self, seconds: float) -> None:
        """Ticks as the window makes them."""
        for _ in range(round(seconds / TICK_S)):
            self.now_s += TICK_S
            self.watch.tick()


@pytest.fixture
def machine() -> Iterator[Machine]:
    card = soft_card()
    with ThreadPoolExecutor(1) as workers:
        session = CardSession(FakeCard(lambda _event: None, card), JwsCodec(), workers, lambda _event: None)
        session.unlock(card.pin)
        yield Machine(card, session)


@pytest.mark.parametrize("minutes", CARD_IDLE_MINUTES)
def test_the_login_ends_after_the_chosen_time_without_an_act(machine: Machine, minutes: int) -> None:
    machine.watch.set_minutes(minutes)
    machine.pass_time(minutes * 60 - TICK_S)
    assert not machine.is_locked()
    machine.pass_time(TICK_S)
    assert machine.is_locked()
    assert machine.session.state is CardState.PRESENT
    machine.pass_time(600)
    assert machine.told == [Absence.IDLE]


def test_each_act_begins_the_time_anew(machine: Machine) -> None:
    machine.watch.set_minutes(5)
    for _ in range(5):
        machine.pass_time(295)
        machine.watch.acted()
    assert not machine.is_locked()


def test_a_machine_that_slept_is_noticed_by_the_gap(machine: Machine) -> None:
    machine.now_s += SLEPT_S
    machine.watch.tick()
    assert not machine.is_locked(), "a busy moment is no sleep"
    machine.now_s += SLEPT_S + 1
    machine.watch.tick()
    assert machine.told == [Absence.SLEPT]


def test_a_clock_that_is_set_back_locks_nothing_out(machine: Machine) -> None:
    machine.now_s -= 100_000
    machine.watch.tick()
    assert not machine.is_locked()
    machine.pass_time(machine.watch.minutes * 60)
    assert machine.told == [Absence.IDLE]


@pytest.mark.parametrize("absence", [Absence.SCREEN_LOCKED, Absence.SLEPT])
def test_what_the_system_says_ends_the_login_once(machine: Machine, absence: Absence) -> None:
    for _ in range(2):
        machine.watch.left(absence)
    assert machine.told == [absence]
    machine.session.unlock(machine.card.pin)
    machine.watch.left(absence)
    assert machine.told == [absence, absence]
