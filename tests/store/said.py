"""What a saving program said was committed, and whether a store has all of it; as a program it looks at one store."""

from __future__ import annotations

import contextlib
import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from tests.store.parts import KEY, NOW, OpenStore, make_mover, minutes
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.moving import Moving
from yuyue_desktop.store.restoring import DamagedStore
from yuyue_desktop.store.snapshots import kept, verify
from yuyue_desktop.store.transfer import take_staged

IMPORTED_OVER = "store-before-import-*.db"
"""Stores that an import took the place of."""
EXPORT_PASSWORD = "a long sentence of mine"
Said = list[list[str]]


def say(*words: object) -> None:
    """One line, out of this process at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def words_of(output: bytes) -> Said:
    """The words of each whole line."""
    return [line.split() for line in output.decode().split("\n")[:-1]]


def mended(folder: Path) -> OpenStore:
    """A store as a start opens it: what was brought in is taken, and where it is damaged, the last good snapshot."""
    file = folder / "store.db"
    before = len(list(folder.glob(IMPORTED_OVER)))
    try:
        with contextlib.suppress(GivenUp):
            _take_staged(file, NOW + minutes(before))
        return OpenStore(folder)
    except YuyueError as error:
        if error.code is not Code.STORE_DAMAGED:
            raise
    damaged = DamagedStore(file, KEY, lambda: NOW)
    assert damaged.look()
    damaged.restore()
    return OpenStore(folder)


class GivenUp(Exception):
    """An import was given up for what was made since."""


def _take_staged(file: Path, now: datetime) -> None:
    try:
        take_staged(file, KEY, now)
    except YuyueError as error:
        if error.code is Code.IMPORT_GIVEN_UP:
            raise GivenUp from error
        raise


def assert_kept(store: OpenStore, said: Iterable[list[str]]) -> None:
    """Everything is there as it was said, or further on; what has a snapshot's name is a whole one."""
    store.reader.check()
    # What was said last of a thing holds what was said of it before.
    last = {(what, identity): words for what, identity, *words in said}
    for (what, identity), words in last.items():
        _CHECKS[what](store, identity, *words)
    for file in (*(snapshot.file for snapshot in kept(store.file)), *store.file.parent.glob(IMPORTED_OVER)):
        verify(file, KEY)


def _assert_saved(store: OpenStore, identity: str, revision: str, number: str) -> None:
    record = store.read(ApplicationId(identity))
    assert record.revision >= int(revision)
    assert int(record.application.reason.split()[0]) >= int(number)


def _assert_enqueued(store: OpenStore, identity: str) -> None:
    item = store.reader.item(ItemId(identity))
    assert item is not None
    assert item.state is (ItemState.UNKNOWN if item.attempts else ItemState.WAITING)


def _assert_claimed(store: OpenStore, identity: str) -> None:
    _assert_enqueued(store, identity)
    item = store.reader.item(ItemId(identity))
    assert item is not None
    assert item.attempts


def _assert_attached(store: OpenStore, sha256: str) -> None:
    content = store.reader.attachment(sha256)
    assert content is not None
    assert hashlib.sha256(content).hexdigest() == sha256


def _assert_exported(store: OpenStore, name: str) -> None:
    """It can be brought in; that changes nothing before a start that takes it."""
    with tempfile.TemporaryDirectory() as folder:
        new = OpenStore(Path(folder) / "new")
        Moving(new.file, KEY, make_mover()).bring_in(store.file.with_name(name), EXPORT_PASSWORD)
        new.close()


def _assert_held(store: OpenStore, identity: str) -> None:
    assert store.reader.item(ItemId(identity)) is not None


def _assert_one_of_both(store: OpenStore, person: str, *since: str) -> None:
    """The store is the one from before an import with what was saved since the export, or the imported one without."""
    are_there = {store.reader.record(ApplicationId(each)) is not None for each in since}
    assert are_there == {not _is_imported(store, person)}


def _assert_staged(store: OpenStore, person: str, certainty: str, *_: str) -> None:
    assert certainty != "surely" or _is_imported(store, person)


def _is_imported(store: OpenStore, person: str) -> bool:
    return any(entry.person == person and entry.deed is Deed.IMPORTED for entry in store.reader.journal())


_CHECKS: dict[str, Callable[..., None]] = {
    "saved": _assert_saved,
    "enqueued": _assert_enqueued,
    "claimed": _assert_claimed,
    "attached": _assert_attached,
    "exported": _assert_exported,
    "held": _assert_held,
    "bringing": _assert_one_of_both,
    "staged": _assert_staged,
    "taken": lambda _store, _name: None,  # a snapshot is no promise: it may have gone with its name
}


def main(folder: str) -> None:
    """Look at a store for what is said on the input."""
    store = mended(Path(folder))
    assert_kept(store, words_of(sys.stdin.buffer.read()))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
