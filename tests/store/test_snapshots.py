"""Snapshots are whole, encrypted, thinned out; a damaged store is put aside and the last good one comes back."""

from __future__ import annotations

import os
import random
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.parts import (
    COMPANY,
    KEY,
    LIMIT_S,
    NOW,
    OpenStore,
    make_application,
    make_attachment,
    make_item,
    minutes,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.store.connection import open_for_reading
from yuyue_desktop.store.restoring import DamagedStore
from yuyue_desktop.store.snapshots import Snapshot, SnapshotKeeper, folder_of, kept, take, thin, verify

DAY = timedelta(days=1)
FLIPS = 12
PDF = b"%PDF-1.7 " + bytes(range(256)) * 400


def fill(store: OpenStore, count: int = 20) -> None:
    file = make_attachment(PDF)
    store.writer.put_attachment(file.sha256, PDF).result(LIMIT_S)
    for number in range(count):
        store.save(make_application(reason=f"{number} " + "长" * 400, attachments=(file,)))


def damaged(store: OpenStore) -> DamagedStore:
    return DamagedStore(store.file, KEY, lambda: NOW + minutes(61))


def flip(file: Path, seed: int) -> None:
    """One bit of a file, at a seeded place."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def test_a_snapshot_taken_while_the_store_is_written_to_is_whole_and_encrypted(store: OpenStore) -> None:
    fill(store)
    end = threading.Event()

    def write() -> None:
        while not end.is_set():
            store.save(make_application())

    writing = threading.Thread(target=write)
    writing.start()
    snapshot = take(store.file, KEY, NOW)
    end.set()
    writing.join(LIMIT_S)
    verify(snapshot.file, KEY)
    connection = open_for_reading(snapshot.file, KEY)
    assert connection.execute("SELECT count(*) FROM applications WHERE declarant = ?", (COMPANY,)).get >= 20
    assert connection.execute("SELECT content FROM attachments").get == PDF
    connection.close()
    content = snapshot.file.read_bytes()
    assert b"SQLite format" not in content
    assert b"%PDF" not in content
    assert [file.name for file in folder_of(store.file).iterdir()] == [snapshot.file.name]
    with pytest.raises(YuyueError):
        verify(snapshot.file, bytes(32))


def test_the_newest_and_one_of_each_day_are_kept(tmp_path: Path) -> None:
    moments = [NOW + DAY * day + minutes(60 * hour) for day in range(10) for hour in range(4)]
    store = tmp_path / "store.db"
    folder_of(store).mkdir()
    for moment in moments:
        (folder_of(store) / moment.strftime("store-%Y%m%d-%H%M%S.db")).touch()
    assert len(kept(store)) == len(moments)
    thin(kept(store))
    left = [snapshot.taken_at for snapshot in kept(store)]
    assert left == [*reversed(moments[-3:]), *(moments[-1] - DAY * day for day in range(1, 7))]


def test_one_an_hour_is_taken_and_only_of_something_new(store: OpenStore) -> None:
    now = [NOW]
    keeper = SnapshotKeeper(store.file, KEY, lambda: now[0])
    first = keeper.keep()
    assert first is not None
    store.save(make_application())
    assert keeper.keep() is None  # too early
    now[0] += minutes(60)
    second = keeper.keep()
    assert second is not None
    now[0] += minutes(60)
    assert keeper.keep() is None  # nothing new
    now[0] -= DAY  # the machine's clock was wrong
    store.save(make_application())
    assert keeper.keep() is not None


def test_a_copy_that_is_no_good_is_not_called_a_snapshot(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    take(store.file, KEY, NOW)
    before = kept(store.file)

    def spoil(file: Path, key: bytes) -> None:
        flip(file, 1)
        verify(file, key)

    monkeypatch.setattr("yuyue_desktop.store.snapshots.verify", spoil)
    with pytest.raises(YuyueError):
        take(store.file, KEY, NOW + minutes(60))
    assert kept(store.file) == before
    assert len(list(folder_of(store.file).iterdir())) == 1


def refusal_of_opening(store: OpenStore) -> Code | None:
    try:
        store._open()
    except YuyueError as error:
        return error.code
    return None


@pytest.mark.parametrize("seed", range(FLIPS))
def test_any_flipped_bit_is_seen_at_the_start_and_the_snapshot_brings_all_back(tmp_path: Path, seed: int) -> None:
    store = OpenStore(tmp_path / "profile")
    fill(store)
    item = store.enqueue(make_item(store.save(make_application()).id))
    drafts = store.reader.drafts(COMPANY)
    store.close()
    snapshot = take(store.file, KEY, NOW)
    flip(store.file, seed)
    broken = store.file.read_bytes()
    assert refusal_of_opening(store) is Code.STORE_DAMAGED
    assert store.file.read_bytes() == broken
    mending = damaged(store)
    offer = mending.look()
    assert offer is not None
    assert (offer.taken_at, offer.drafts, offer.waiting) == (snapshot.taken_at, len(drafts), 1)
    assert not offer.lacks
    mending.restore()
    store._open()
    assert store.reader.drafts(COMPANY) == drafts
    assert store.reader.item(item.id) == item
    store.close()
    aside = [file for file in store.file.parent.glob("store-damaged-*.db") if file.read_bytes() == broken]
    assert len(aside) == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.95])
def test_a_truncated_store_is_put_aside_as_it_is(tmp_path: Path, share: float) -> None:
    store = OpenStore(tmp_path / "profile")
    fill(store)
    store.close()
    take(store.file, KEY, NOW)
    cut = store.file.read_bytes()[: round(store.file.stat().st_size * share)]
    store.file.write_bytes(cut)
    assert refusal_of_opening(store) is Code.STORE_DAMAGED
    mending = damaged(store)
    assert mending.look() is not None
    mending.restore()
    store._open()
    assert len(store.reader.drafts(COMPANY)) == 20
    store.close()
    assert [file.read_bytes() for file in store.file.parent.glob("store-damaged-*.db")] == [cut]


def test_what_the_damaged_file_still_shows_to_be_newer_is_named(store: OpenStore) -> None:
    old = store.save(make_application())
    take(store.file, KEY, NOW)
    store.save(old.application)
    store.save(make_application(trader=""))
    mending = damaged(store)
    offer = mending.look()
    assert offer is not None
    assert offer.lacks is not None
    assert sorted(offer.lacks) == ["", old.application.trader]


def test_a_damaged_snapshot_is_passed_over_for_an_older_good_one(store: OpenStore) -> None:
    fill(store)
    good = take(store.file, KEY, NOW)
    bad = take(store.file, KEY, NOW + minutes(60))
    flip(bad.file, 3)
    offer = damaged(store).look()
    assert offer is not None
    assert offer.taken_at == good.taken_at


def test_a_log_left_behind_never_meets_the_snapshot(tmp_path: Path) -> None:
    """The power fails between two renames: the damaged file is aside, its log is put aside by the next try."""
    store = OpenStore(tmp_path / "profile")
    fill(store)
    store.close()
    take(store.file, KEY, NOW)
    store._open()
    store.save(make_application())
    log = store.file.with_name("store.db-wal")
    left = log.read_bytes()
    assert left
    store.close()
    log.write_bytes(left)
    store.file.unlink()
    assert refusal_of_opening(store) is Code.STORE_DAMAGED
    mending = damaged(store)
    assert mending.look() is not None
    mending.restore()
    store._open()
    assert len(store.reader.drafts(COMPANY)) == 20
    store.reader.check()
    store.close()
    assert [file.read_bytes() for file in store.file.parent.glob("store-damaged-*.db-wal")] == [left]


def test_without_any_snapshot_an_empty_store_begins_and_the_damaged_one_is_kept(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "profile")
    fill(store)
    store.close()
    flip(store.file, 7)
    broken = store.file.read_bytes()
    mending = damaged(store)
    assert mending.look() is None
    mending.start_anew()
    store._open()
    assert store.reader.drafts(COMPANY) == ()
    store.close()
    assert [file.read_bytes() for file in store.file.parent.glob("store-damaged-*.db")] == [broken]


def test_the_keeper_takes_the_first_one_soon_after_its_start(store: OpenStore) -> None:
    keeper = SnapshotKeeper(store.file, KEY, lambda: NOW)
    keeper.start()
    end = threading.Event()
    for _ in range(LIMIT_S * 100):
        if kept(store.file):
            break
        end.wait(0.01)
    keeper.stop(LIMIT_S)
    assert [snapshot.taken_at for snapshot in kept(store.file)] == [NOW]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_the_folder_of_snapshots_is_this_accounts_alone(store: OpenStore) -> None:
    take(store.file, KEY, NOW)
    assert folder_of(store.file).stat().st_mode & 0o077 == 0


def test_names_that_are_no_snapshots_are_left_alone(store: OpenStore) -> None:
    take(store.file, KEY, NOW)
    stranger = folder_of(store.file) / "store-of-mine.db"
    stranger.touch()
    assert kept(store.file) == (Snapshot(folder_of(store.file) / f"store-{NOW:%Y%m%d-%H%M%S}.db", NOW),)
    thin(())
    assert stranger.exists()
