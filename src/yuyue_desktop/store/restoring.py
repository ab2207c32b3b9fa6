"""A damaged store: what its last good snapshot would bring back, and that put in its place (B2).

The damaged file is kept under another name and never deleted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import apsw

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.snapshot import SnapshotOffer
from yuyue_desktop.placing import place, settle_content, settle_names
from yuyue_desktop.store import key_check
from yuyue_desktop.store.connection import open_for_reading, translated
from yuyue_desktop.store.snapshots import Snapshot, folder_of, kept, verify

_WITH = ("-wal", "-shm")
_EXAMINED = "examined"
_NEWER_NAMED = 5

Versions = dict[str, tuple[int, str]]
"""By application: its revision, and its name for the clerk."""


class DamagedStore:
    """One store that can't be used; every method blocks. Raises YuyueError(STORE_*)."""

    def __init__(self, store: Path, key: bytes, now: Callable[[], datetime]) -> None:
        """`now`: this machine's time, for the name of what is put aside."""
        self._store = store
        self._key = key
        self._now = now
        self._chosen: Snapshot | None = None

    def look(self) -> SnapshotOffer | None:
        """The last good snapshot, None where there is none."""
        self._chosen = next((snapshot for snapshot in kept(self._store) if self._is_good(snapshot)), None)
        if self._chosen is None:
            return None
        connection = open_for_reading(self._chosen.file, self._key)
        try:
            with translated():
                drafts = connection.execute(
                    "SELECT count(*) FROM applications WHERE status = 'draft' AND deleted_at IS NULL"
                ).get
                waiting = connection.execute("SELECT count(*) FROM outbox WHERE is_open").get
                versions = _versions(connection)
        finally:
            connection.close()
        return SnapshotOffer(self._chosen.taken_at, int(drafts), int(waiting), self._newer_than(versions))

    def restore(self) -> None:
        """Put the snapshot that `look` found in place of the damaged file, which is kept beside it."""
        if self._chosen is None:
            raise LookupError("no snapshot")
        fresh = self._store.with_name(f"{self._store.name}.new")
        with translated():
            shutil.copyfile(self._chosen.file, fresh)
            settle_content(fresh)  # a disk that does not take it leaves all as it was
            put_aside(self._store, "damaged", self._now())
            place(fresh, self._store)

    def start_anew(self) -> None:
        """Put the damaged file aside, so that the next start makes an empty store with the same key."""
        with translated():
            put_aside(self._store, "damaged", self._now())
            key_check.forget(self._store)

    def _is_good(self, snapshot: Snapshot) -> bool:
        try:
            verify(snapshot.file, self._key)
        except YuyueError:
            return False
        return True

    def _newer_than(self, versions: Versions) -> tuple[str, ...] | None:
        """What the damaged file shows of work that the snapshot lacks; read in a copy, so that it stays as it is."""
        folder = folder_of(self._store) / _EXAMINED
        with translated():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            for end in ("", "-wal"):
                file = self._store.with_name(f"{self._store.name}{end}")
                if file.exists():
                    shutil.copyfile(file, folder / file.name)
        try:
            damaged = self._read_damaged(folder / self._store.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if damaged is None:
            return None
        newer = [name for each, (revision, name) in damaged.items() if versions.get(each, (0, ""))[0] < revision]
        return tuple(newer[:_NEWER_NAMED])

    def _read_damaged(self, file: Path) -> Versions | None:
        try:
            connection = open_for_reading(file, self._key)
        except YuyueError:
            return None
        try:
            return _versions(connection)
        except apsw.Error:
            return None
        finally:
            connection.close()


def put_aside(store: Path, why: str, now: datetime) -> None:
    """Rename a store, its log first: a new file must never meet the log of another. Raises OSError."""
    aside = store.with_name(f"{store.stem}-{why}-{now:%Y%m%d-%H%M%S-%f}.db")
    for end in (*_WITH, ""):
        file = store.with_name(f"{store.name}{end}")
        if file.exists():
            file.replace(aside.with_name(f"{aside.name}{end}"))
    settle_names(store.parent)


def _versions(connection: apsw.Connection) -> Versions:
    rows = connection.execute(
        """SELECT id, revision, coalesce(nullif(pre_entry_number, ''), nullif(trader_name, ''), nullif(trader, ''), '')
           FROM applications WHERE deleted_at IS NULL ORDER BY saved_at DESC"""
    )
    return {str(row[0]): (int(row[1]), str(row[2])) for row in rows}
