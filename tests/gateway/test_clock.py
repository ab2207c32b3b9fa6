"""The office's clock: its own start whatever the machine says, real speed, moved and remembered (B10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from yuyue_desktop.domain.errors import YuyueError
from yuyue_practice.clock import EARLIEST, LATEST, START, OfficeClock
from yuyue_practice.database import Database


class Machine:
    """A machine's clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty office database."""
    database = Database(f"sqlite:///{tmp_path / 'clock.sqlite'}")
    yield database
    database.close()


@pytest.mark.parametrize("year", [2020, 2027, 2030])
def test_it_begins_where_practice_begins_whatever_the_machine_says(database: Database, year: int) -> None:
    machine = Machine(datetime(year, 3, 5, 23, 59, 30))
    clock = OfficeClock(database, machine)
    assert clock.now() == START
    machine.now += timedelta(seconds=61)
    assert clock.now() == START + timedelta(seconds=61)
    assert clock.minute() == START + timedelta(minutes=1)


def test_moved_and_remembered(database: Database) -> None:
    machine = Machine(datetime(2027, 1, 1))
    OfficeClock(database, machine).move_to(datetime(2026, 12, 31, 23, 59))
    machine.now += timedelta(hours=1)
    again = OfficeClock(database, machine)
    assert again.now() == datetime(2027, 1, 1, 0, 59)
    again.move_to(datetime(2026, 1, 1))
    assert again.now() == datetime(2026, 1, 1)


@pytest.mark.parametrize(
    "moment", [EARLIEST - timedelta(seconds=1), LATEST + timedelta(seconds=1), datetime(9999, 12, 31)]
)
def test_it_stays_within_what_practice_covers(database: Database, moment: datetime) -> None:
    clock = OfficeClock(database, Machine(datetime(2027, 1, 1)))
    with pytest.raises(YuyueError, match="call_unusable"):
        clock.move_to(moment)
    assert clock.now() == START
