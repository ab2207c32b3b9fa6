"""Rolling snapshots of the store: taken while it is in use, verified by opening, thinned out (B2); restores none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.placing import place, settle_names
from yuyue_desktop.store.connection import check, open_for_reading, open_for_writing, translated

NEWEST_KEPT = 3
DAYS_KEPT = 7
"""Beside the newest ones the last of each of so many days is kept."""
EVERY = timedelta(hours=1)
LOOK_EVERY_S = 300.0
_NAME = "store-%Y%m%d-%H%M%S.db"
_PART = "snapshot.part"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot; `taken_at` by this machine's clock, told by the file's name."""

    file: Path
    taken_at: datetime


def folder_of(store: Path) -> Path:
    """Where a store's snapshots lie."""
    return store.with_name("snapshots")


def kept(store: Path) -> tuple[Snapshot, ...]:
    """A store's snapshots, newest first; whether they are good is seen by `verify`."""
    found = [Snapshot(file, at) for file in folder_of(store).glob("store-*.db") if (at := _moment(file)) is not None]
    return tuple(sorted(found, key=lambda snapshot: snapshot.taken_at, reverse=True))


def take(store: Path, key: bytes, now: datetime) -> Snapshot:
    """Take a snapshot under the same key, verify it, and thin the others out; blocks for as long as a copy takes.

    Raises:
        YuyueError: STORE_*; then nothing is kept of it, and the older ones stay.
    """
    folder = folder_of(store)
    part = folder / _PART
    with translated():
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove(part)
    try:
        copy_whole(store, key, part)
        verify(part, key)
        with translated():
            snapshot = Snapshot(folder / now.strftime(_NAME), now.replace(microsecond=0))
            place(part, snapshot.file)
    finally:
        with translated():
            _remove(part)
    thin(kept(store))
    return snapshot


def leave_behind(store: Path, why: str, now: datetime) -> None:
    """Another store takes this one's place: these snapshots are none of it. They stay beside it. Raises OSError."""
    folder = folder_of(store)
    if folder.exists():
        folder.replace(folder.with_name(f"{folder.name}-{why}-{now:%Y%m%d-%H%M%S-%f}"))
        settle_names(store.parent)


def verify(file: Path, key: bytes) -> None:
    """Open a snapshot and look through all of it. Raises YuyueError(STORE_*)."""
    connection = open_for_reading(file, key)
    try:
        check(connection)
    finally:
        connection.close()


def thin(snapshots: Sequence[Snapshot]) -> None:
    """Remove what is neither of the newest nor the last of a recent day; `snapshots` newest first."""
    last_of_day: dict[object, Snapshot] = {}
    for snapshot in snapshots:
        last_of_day.setdefault(snapshot.taken_at.date(), snapshot)
    worth = {*snapshots[:NEWEST_KEPT], *list(last_of_day.values())[:DAYS_KEPT]}
    with translated():
        for snapshot in snapshots:
            if snapshot not in worth:
                _remove(snapshot.file)


class SnapshotKeeper:
    """Takes a snapshot when the newest is an hour old and something has changed, on a thread of its own."""

    def __init__(self, store: Path, key: bytes, now: Callable[[], datetime]) -> None:
        """`now`: this machine's time."""
        self._store = store
        self._key = key
        self._now = now
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="snapshots", daemon=True)
        self._seen: tuple[int, ...] = ()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, patience_s: float) -> None:
        """End; a copy under way is waited for so long, then left to end with the process: it is no snapshot yet."""
        self._end.set()
        self._thread.join(patience_s)

    def keep(self) -> Snapshot | None:
        """Take a snapshot if one is due. Raises YuyueError(STORE_*)."""
        now = self._now()
        state = self._state()
        newest = next(iter(kept(self._store)), None)
        # A newest one from the future means that the machine's clock was wrong.
        is_recent = newest is not None and now - EVERY < newest.taken_at <= now
        if is_recent or state == self._seen:
            return None
        snapshot = take(self._store, self._key, now)
        self._seen = state
        return snapshot

    def _state(self) -> tuple[int, ...]:
        """Sizes and times of the store's files: the same while nothing was written."""
        files = [self._store, self._store.with_name(f"{self._store.name}-wal")]
        found = [file.stat() for file in files if file.exists()]
        return tuple(number for status in found for number in (status.st_size, status.st_mtime_ns))

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                self.keep()
            except (YuyueError, OSError) as error:
                log.warning("no snapshot: %s", error.code if isinstance(error, YuyueError) else type(error).__name__)
            self._end.wait(LOOK_EVERY_S)


def copy_whole(store: Path, key: bytes, target: Path) -> None:
    """Copy a store that may be in use, under the same key. Raises YuyueError(STORE_*)."""
    source = open_for_writing(store, key)
    try:
        with translated():
            source.execute("VACUUM INTO ?", (str(target),))
    finally:
        source.close()


def _moment(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name, _NAME)
    except ValueError:
        return None


def _remove(file: Path) -> None:
    for each in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)
