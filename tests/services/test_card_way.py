"""The way to the card: the profile's until the clerk chooses, then hers; drivers by absolute path alone (B15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.store.parts import OpenStore, SetClock
from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.services.card_way import DRIVER, ROUTE, CardWay, WayChoice, WayInUse

OF_PROFILE = WayChoice(CardRoute.DRIVER, "/opt/card/driver.so")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OpenStore]:
    store = OpenStore(tmp_path, SetClock(datetime(2026, 9, 23, 14, 36)))
    yield store
    store.close()


class Machine:
    """Finds what is chosen, and remembers what was put to use."""

    def __init__(self, store: OpenStore) -> None:
        self._store = store
        self.used: list[WayInUse] = []

    def find(self, choice: WayChoice) -> WayInUse:
        return WayInUse(choice.route is CardRoute.CONTROL, choice.driver)

    def way(self) -> CardWay:
        """As at the next start."""
        self._store.writer.remember_setting("wait for the one before", "").result(10)
        return CardWay(
            reader=self._store.reader,
            writer=self._store.writer,
            of_profile=OF_PROFILE,
            find=self.find,
            use=self.used.append,
        )


def test_the_profiles_way_holds_until_one_is_chosen(store: OpenStore) -> None:
    machine = Machine(store)
    way = machine.way()
    assert (way.choice, way.in_use) == (OF_PROFILE, WayInUse(is_by_control=False, driver=OF_PROFILE.driver))
    assert machine.used == []


def test_a_choice_is_in_force_at_once_and_after_the_next_start(store: OpenStore) -> None:
    machine = Machine(store)
    way = machine.way()
    chosen = WayChoice(CardRoute.CONTROL)
    way.choose(chosen)
    assert machine.used == [way.in_use] == [WayInUse(is_by_control=True)]
    again = machine.way()
    assert (again.choice, again.in_use) == (chosen, WayInUse(is_by_control=True))


def test_a_driver_without_an_absolute_path_is_refused(store: OpenStore) -> None:
    way = Machine(store).way()
    with pytest.raises(YuyueError) as caught:
        way.choose(WayChoice(CardRoute.DRIVER, "driver.so"))
    assert caught.value.code is Code.CARD_DRIVER_MISSING
    assert way.choice == OF_PROFILE


def test_what_was_kept_and_means_nothing_is_not_taken(store: OpenStore) -> None:
    machine = Machine(store)
    store.writer.remember_setting(ROUTE, "telepathy")
    assert machine.way().choice == OF_PROFILE
    store.writer.remember_setting(ROUTE, CardRoute.DRIVER)
    store.writer.remember_setting(DRIVER, "driver.so")
    assert machine.way().choice == WayChoice(CardRoute.DRIVER)
