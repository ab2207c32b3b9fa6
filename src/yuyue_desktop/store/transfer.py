"""Copies of a whole store under another key, out to a file and in again at the next start (B17); knows no password."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.placing import place
from yuyue_desktop.store import journal, migrations
from yuyue_desktop.store.connection import check, open_for_reading, open_for_writing, transaction, translated
from yuyue_desktop.store.restoring import put_aside
from yuyue_desktop.store.snapshots import copy_whole

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


def take_staged(store: Path, now: datetime) -> bool:
    """At the start, before the store is opened: put a staged copy in its place; what was there is kept beside it."""
    incoming = _incoming(store)
    if not incoming.exists():
        return False
    with translated():
        put_aside(store, "before-import", now)
        place(incoming, store)
    return True


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
