"""Whatever the disk forgets of what was not synced: the store has everything it ever said it had (B2)."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tests.store.parts import KEY
from tests.store.power_cut import PowerCutDisk
from tests.store.power_cut_day import Day, assert_kept

pytestmark = pytest.mark.thorough

SEEDS, LONG_SEEDS = range(2), range(100, 140)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[PowerCutDisk]:
    """The disk of every connection that the store opens from now on."""
    disk = PowerCutDisk(f"powercut{uuid.uuid4().hex}")
    monkeypatch.setattr("yuyue_desktop.store.connection.VFS", disk.name)
    yield disk
    disk.unregister()


def _survives(tmp_path: Path, disk: PowerCutDisk, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    day = Day(tmp_path, disk, seed)
    day.run()
    monkeypatch.setattr("yuyue_desktop.store.connection.VFS", None)
    assert len(day.cuts) > 10
    for cut in day.cuts:
        assert_kept(cut)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_told_saved_survives_a_power_cut(
    tmp_path: Path, disk: PowerCutDisk, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _survives(tmp_path, disk, seed, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_what_was_told_saved_survives_many_power_cuts(
    tmp_path: Path, disk: PowerCutDisk, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _survives(tmp_path, disk, seed, monkeypatch)


@pytest.mark.parametrize("synchronous", ["EXTRA", "FULL", "OFF"])
def test_the_disk_forgets_what_was_not_synced(tmp_path: Path, disk: PowerCutDisk, synchronous: str) -> None:
    """Without its syncs a store loses what was committed: otherwise the tests above would show nothing.

    FULL is not enough where a new store goes over to WAL: the deletion of the rollback journal is not synced then.
    """
    folder, chance, kept = tmp_path / "plain", random.Random(1), []  # noqa: S311 - a seeded choice, no secret
    folder.mkdir()
    connection = apsw.Connection(str(folder / "store.db"), vfs=disk.name)
    settings = {"cipher": "chacha20", "key": f"raw:{KEY.hex()}", "synchronous": synchronous, "journal_mode": "WAL"}
    for name, value in settings.items():
        connection.pragma(name, value)
    connection.execute("CREATE TABLE kept (number INTEGER)")
    for number in range(20):
        connection.execute("INSERT INTO kept VALUES (?)", (number,))
        disk.image(folder, tmp_path / f"cut{number}", chance)
        kept.append(_numbers(tmp_path / f"cut{number}" / "store.db") == list(range(number + 1)))
    connection.close()
    assert all(kept) == (synchronous == "EXTRA")


def _numbers(file: Path) -> list[int]:
    if not file.exists():
        return []
    connection = apsw.Connection(str(file))
    try:
        connection.pragma("cipher", "chacha20")
        connection.pragma("key", f"raw:{KEY.hex()}")
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]
    except apsw.Error:
        return []
    finally:
        connection.close()
