"""What is done whenever the store is opened to write: damage, schema, leftovers of a crash, old deletions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import apsw

from yuyue_desktop.store import drafts, key_check, outbox
from yuyue_desktop.store.connection import check, open_for_writing, transaction, translated
from yuyue_desktop.store.migrations import migrate


def open_store(file: Path, key: bytes, now: datetime) -> apsw.Connection:
    """Open or make a profile's store; the profile's lock is held by the caller.

    Raises:
        YuyueError: STORE_KEY_WRONG, STORE_DAMAGED, STORE_NEWER, STORE_UNWRITABLE, STORE_FULL, STORE_LOCKED. The file is
            left as it is.
    """
    connection = open_for_writing(file, key)
    try:
        check(connection)
        migrate(connection)
        with transaction(connection):
            outbox.recover(connection)
            drafts.purge(connection, now)
        with translated():
            if not key_check.is_kept(file):
                key_check.keep(file, key)
    except BaseException:
        connection.close()
        raise
    return connection
