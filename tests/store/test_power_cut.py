"""Whatever the disk forgets of what was not synced: the store has everything it ever said it had (B2)."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from tests.store.parts import (
    KEY,
    LIMIT_S,
    OpenStore,
    accepted,
    make_application,
    make_attachment,
    make_item,
    make_receipt,
)
from tests.store.power_cut import PowerCutDisk
from yuyue_desktop.domain.application import Application, ApplicationId, Status
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.ports import ReceiptPage

pytestmark = pytest.mark.thorough

SEEDS, LONG_SEEDS = range(2), range(100, 140)
STEPS_PER_CUT = 40
"""One of so many writes, syncs and deletions is a moment at which the power fails."""
ROUNDS = 16
FILE_BYTES = 700_000
"""A few of these bring SQLite to move its log into the database, in the midst of everything."""


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[PowerCutDisk]:
    """The disk of every connection that the store opens from now on."""
    disk = PowerCutDisk(f"powercut{uuid.uuid4().hex}")
    monkeypatch.setattr("yuyue_desktop.store.connection.VFS", disk.name)
    yield disk
    disk.unregister()


@dataclass(frozen=True)
class Cut:
    """A folder as a power cut left it, and what the store had told to be kept by then."""

    folder: Path
    saved: dict[ApplicationId, Application]
    files: dict[str, bytes]
    items: dict[ItemId, ItemState]
    receipts: frozenset[int]


class Work:
    """Does what a clerk's program does with its store, and takes cuts on the way."""

    def __init__(self, folder: Path, disk: PowerCutDisk, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
        self._profile = folder / "profile"
        self._disk = disk
        self.cuts: list[Cut] = []
        self._saved: dict[ApplicationId, Application] = {}
        self._files: dict[str, bytes] = {}
        self._items: dict[ItemId, ItemState] = {}
        self._receipts: set[int] = set()
        disk.on_step = self._look_on

    def run(self) -> None:
        """A day, with a restart in it."""
        self._store = OpenStore(self._profile)
        for number in range(ROUNDS):
            record = self._store.save(make_application(reason=f"{number} " + "急" * self._chance.randrange(80)))
            self._saved[record.id] = record.application
            if self._chance.random() < 0.5:
                self._declare(record.id, record.revision, number)
            if self._chance.random() < 0.4:
                self._keep_file()
            if number == ROUNDS // 2:
                self._store.reopen()
        self._store.close()
        self._disk.on_step = lambda: None

    def _declare(self, application_id: ApplicationId, revision: int, number: int) -> None:
        item = self._store.enqueue(make_item(application_id), revision)
        self._items[item.id] = ItemState.WAITING
        if self._chance.random() < 0.7:
            # Before the call: what is being written may be found as well as what was.
            self._items[item.id] = ItemState.SENDING
            self._store.sync.claim(item.id)
        if self._chance.random() < 0.7:
            self._store.sync.finish(item.id, accepted(application_id, cursor=2 * number + 1))
            self._items[item.id] = ItemState.DONE
            self._receipts.add(2 * number + 1)
            receipt = make_receipt(application_id, 2 * number + 2, status=Status.ACCEPTED)
            self._store.sync.take_receipts(ReceiptPage((receipt,), (), receipt.cursor))
            self._receipts.add(receipt.cursor)

    def _keep_file(self) -> None:
        content = self._chance.randbytes(FILE_BYTES)
        attachment = make_attachment(content)
        self._store.writer.put_attachment(attachment.sha256, content).result(LIMIT_S)
        self._files[attachment.sha256] = content

    def _look_on(self) -> None:
        if self._chance.random() * STEPS_PER_CUT > 1:
            return
        folder = self._profile.with_name(f"cut{len(self.cuts)}")
        self._disk.image(self._profile, folder, self._chance)
        self.cuts.append(
            Cut(folder, dict(self._saved), dict(self._files), dict(self._items), frozenset(self._receipts))
        )


def _assert_kept(cut: Cut) -> None:
    """As after the machine has started again, with its own disk."""
    store = OpenStore(cut.folder)
    try:
        store.reader.check()
        for application_id, application in cut.saved.items():
            assert store.read(application_id).application == application
        for sha256, content in cut.files.items():
            assert store.reader.attachment(sha256) == content
        for item_id, state in cut.items.items():
            item = store.reader.item(item_id)
            assert item is not None
            # Further on than it was told is fine: the commit was made and not told yet.
            assert (item.state, item.attempts) in _AT_LEAST[state]
        assert {receipt.cursor for receipt in store.reader.receipts_after(None)} >= cut.receipts
        # And it goes on.
        store.save(make_application())
    finally:
        store.close()


_DONE = {(ItemState.DONE, 0), (ItemState.DONE, 1)}
_CLAIMED = _DONE | {(ItemState.UNKNOWN, 1)}
_AT_LEAST = {ItemState.DONE: _DONE, ItemState.SENDING: _CLAIMED | {(ItemState.WAITING, 0)}}
_AT_LEAST[ItemState.WAITING] = _AT_LEAST[ItemState.SENDING]


def _survives(tmp_path: Path, disk: PowerCutDisk, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(tmp_path, disk, seed)
    work.run()
    monkeypatch.setattr("yuyue_desktop.store.connection.VFS", None)
    assert len(work.cuts) > 10
    for cut in work.cuts:
        _assert_kept(cut)


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
