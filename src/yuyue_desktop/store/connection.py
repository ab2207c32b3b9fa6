"""Opens the encrypted database and says once what each of its errors means; knows no table."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.store import key_check

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 10_000
"""How long to wait for the other writing connection of this process, or for a virus scanner that holds the file."""
VFS: str | None = None
"""SQLite's way to the disk; None is its own. Tests put a disk in its place whose power fails."""
LEFT_WAL_BYTES = 16 * 1024 * 1024
"""What the write-ahead log may keep of the disk once attachments have passed through it."""

_MEANINGS: tuple[tuple[type[apsw.Error], Code], ...] = (
    (apsw.FullError, Code.STORE_FULL),
    (apsw.BusyError, Code.STORE_LOCKED),
    (apsw.LockedError, Code.STORE_LOCKED),
    (apsw.CorruptError, Code.STORE_DAMAGED),
    (apsw.NotADBError, Code.STORE_DAMAGED),
    (apsw.IOError, Code.STORE_UNWRITABLE),
    (apsw.ReadOnlyError, Code.STORE_UNWRITABLE),
    (apsw.CantOpenError, Code.STORE_UNWRITABLE),
    (apsw.PermissionsError, Code.STORE_UNWRITABLE),
)
_DAMAGE = (apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS, apsw.SQLITE_IOERR_DATA)


def open_for_writing(file: Path, key: bytes) -> apsw.Connection:
    """A connection that may write; makes the file where there was none ever.

    Args:
        file: the database; its folder is made with it, readable by this account alone.
        key: 32 bytes, used raw.

    Raises:
        YuyueError: STORE_KEY_WRONG, STORE_DAMAGED (also where the file has vanished), STORE_UNWRITABLE, STORE_FULL,
            STORE_LOCKED.
    """
    with translated():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _open(file, key, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)


def open_for_reading(file: Path, key: bytes) -> apsw.Connection:
    """A connection for reads alone. Raises as `open_for_writing`."""
    with translated():
        # SQLite's own read-only mode could not make the index of the write-ahead log.
        connection = _open(file, key, apsw.SQLITE_OPEN_READWRITE)
        connection.pragma("query_only", True)  # noqa: FBT003 - the pragma's value
        return connection


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of database and file system into YuyueError: the only place that does."""
    try:
        yield
    except apsw.Error as error:
        raise _meaning(error) from error
    except OSError as error:
        code = Code.STORE_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Code.STORE_UNWRITABLE
        raise YuyueError(code, {"detail": error.strerror or ""}) from error


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """All or nothing, committed to the disk when the block has ended. Raises STORE_* and what the block raises."""
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def check(connection: apsw.Connection) -> None:
    """Look through the whole file for damage: each page's own check and the trees they make.

    Takes about a second for 100 MB, so it belongs on a worker. Raises YuyueError(STORE_DAMAGED); changes nothing.
    """
    with translated():
        findings = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
    if findings != ["ok"]:
        raise YuyueError(Code.STORE_DAMAGED, {"detail": "; ".join(findings)})


def _open(file: Path, key: bytes, flags: int) -> apsw.Connection:
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key has {len(key)} bytes")
    if key_check.is_kept(file):
        _refuse_wrong_or_vanished(file, key)
    connection = apsw.Connection(str(file), flags=flags, vfs=VFS)
    try:
        _set_up(connection, key)
    except apsw.NotADBError as error:
        connection.close()
        # With a key that was right before, an unreadable first page is damage; else nobody can tell the two apart.
        code = Code.STORE_DAMAGED if key_check.is_kept(file) else Code.STORE_KEY_WRONG
        raise YuyueError(code) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_wrong_or_vanished(file: Path, key: bytes) -> None:
    if not key_check.is_right(file, key):
        raise YuyueError(Code.STORE_KEY_WRONG)
    if not file.exists() or file.stat().st_size == 0:
        raise YuyueError(Code.STORE_DAMAGED, {"detail": "the file has vanished"})


def _set_up(connection: apsw.Connection, key: bytes) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    # Asked again and again instead of waited for inside the file system: under Wine that waiting ends in vain.
    connection.setlk_timeout(0, 0)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}")
    connection.pragma("temp_store", "MEMORY")
    # EXTRA, and before WAL: else a power cut could bring back the rollback journal that a new store deletes when it
    # goes over to WAL, and with it a state before everything that was committed since.
    connection.pragma("synchronous", "EXTRA")
    connection.pragma("journal_mode", "WAL")
    connection.pragma("journal_size_limit", LEFT_WAL_BYTES)
    connection.pragma("foreign_keys", True)  # noqa: FBT003 - the pragma's value
    connection.pragma("secure_delete", True)  # noqa: FBT003 - the pragma's value
    connection.pragma("trusted_schema", False)  # noqa: FBT003 - the pragma's value
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)


def _meaning(error: apsw.Error) -> YuyueError:
    detail = {"detail": str(error), "result": getattr(error, "extendedresult", 0)}
    if detail["result"] in _DAMAGE:
        return YuyueError(Code.STORE_DAMAGED, detail)
    for kind, code in _MEANINGS:
        if isinstance(error, kind):
            return YuyueError(code, detail, is_retried=code is Code.STORE_LOCKED)
    return YuyueError(Code.BUG, detail, Blame.BUG)
