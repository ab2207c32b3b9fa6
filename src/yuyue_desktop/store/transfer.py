"""Copies of a whole store under another key, out to a file and in again at the next start (B17); knows no password."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.placing import place, settle_names
from yuyue_desktop.store import journal, migrations
from yuyue_desktop.store.connection import check, open_for_reading, open_for_writing, transaction, translated
from yuyue_desktop.store.restoring import put_aside
from yuyue_desktop.store.snapshots import copy_whole, leave_behind

BEFORE_IMPORT = "before-import"
"""In the names of what an import took the place of."""
_OF_THIS_COMPUTER = ("refresh_token", "proxy", "is_open")
"""Settings that do not move: the tokens of this computer's sign-in, its network, whether it is at work."""


def copy_out(store: Path, key: bytes, target: Path, target_key: bytes) -> None:
    """Copy a store that may be in use under another key, and verify it. Raises YuyueError(STORE_*)."""
    copy_whole(store, key, target)
    connection = open_for_writing(target, key)
    try:
        with transaction(connection):
            for name in _OF_THIS_COMPUTER:
                connection.execute("DELETE FROM settings WHERE name = ?", (name,))
    finally:
        connection.close()
    _change_key(target, key, target_key)
    require_usable(target, target_key)


def require_usable(file: Path, key: bytes) -> None:
    """Look through a copy. Raises YuyueError: IMPORT_UNREADABLE, STORE_NEWER."""
    try:
        connection = open_for_reading(file, key)
        try:
            check(connection)
            taken = migrations.version(connection)
        finally:
            connection.close()
    except YuyueError as error:
        raise user_error(Code.IMPORT_UNREADABLE, name=file.name) from error
    if not 0 < taken <= len(migrations.STEPS):
        raise YuyueError(Code.STORE_NEWER, {"version": taken, "known": len(migrations.STEPS)})


def require_nothing_unsent(store: Path, key: bytes) -> None:
    """Raise YuyueError(IMPORT_WOULD_LOSE) while a draft or a submission is on this computer alone."""
    connection = open_for_reading(store, key)
    try:
        with translated():
            drafts = connection.execute(
                """SELECT count(*) FROM applications
                   WHERE status = 'draft' AND deleted_at IS NULL AND revision > sent_revision"""
            ).get
            items = connection.execute("SELECT count(*) FROM outbox WHERE is_open").get
    finally:
        connection.close()
    if drafts or items:
        raise user_error(Code.IMPORT_WOULD_LOSE, drafts=int(drafts), items=int(items))


def note_import(copy: Path, key: bytes, person: str, at: datetime) -> None:
    """Enter into a copy's journal who brought it in (B17); of the two it is the one that goes on.

    Raises:
        YuyueError: STORE_*.
    """
    connection = open_for_writing(copy, key)
    try:
        with transaction(connection):
            journal.note(connection, Deed.IMPORTED, ApplicationId(""), at=at, person=person, detail="")
    finally:
        connection.close()


def stage(copy: Path, copy_key: bytes, store: Path, key: bytes) -> None:
    """Make a verified copy, under the store's key, what the next start takes. Raises YuyueError(STORE_*)."""
    _change_key(copy, copy_key, key)
    require_usable(copy, key)
    with translated():
        place(copy, _incoming(store))


def is_staged(store: Path) -> bool:
    """Whether a copy waits for the next start."""
    return _incoming(store).exists()


def take_staged(store: Path, key: bytes, now: datetime) -> bool:
    """At the start, before the store is opened: put a staged copy in its place; what was there is kept beside it.

    The power may fail anywhere in it: the next start goes on from there.

    Raises:
        YuyueError: IMPORT_GIVEN_UP where something was made here since and not sent (B2): the copy is gone then, and
            the store as it was. STORE_LOCKED while another program is at work on the store, STORE_* of it.
    """
    if not is_staged(store):
        return False
    # Only a start that was cut off between the two renamings finds none.
    if store.exists():
        _require_sent_since(store, key)
        _make_one_file(store, key)
    with translated():
        leave_behind(store, BEFORE_IMPORT, now)
        put_aside(store, BEFORE_IMPORT, now)
        place(_incoming(store), store)
    return True


def _require_sent_since(store: Path, key: bytes) -> None:
    try:
        require_nothing_unsent(store, key)
    except YuyueError as error:
        if error.code is not Code.IMPORT_WOULD_LOSE:
            raise
        with translated():
            _incoming(store).unlink()
            settle_names(store.parent)
        raise user_error(Code.IMPORT_GIVEN_UP, **error.params) from error


def _make_one_file(store: Path, key: bytes) -> None:
    """Bring all of a store's log into it, which succeeds only where no other program has it open."""
    connection = open_for_writing(store, key)
    try:
        with translated():
            connection.pragma("journal_mode", "DELETE")
    finally:
        connection.close()


def _incoming(store: Path) -> Path:
    return store.with_name(f"{store.stem}-incoming.db")


def _change_key(file: Path, key: bytes, new_key: bytes) -> None:
    connection = open_for_writing(file, key)
    try:
        with translated():
            connection.pragma("journal_mode", "DELETE")  # a key can't be changed under a write-ahead log
            connection.pragma("rekey", f"raw:{new_key.hex()}")
    finally:
        connection.close()
