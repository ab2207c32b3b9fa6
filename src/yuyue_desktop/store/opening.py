"""What is done whenever a program opens the store to write: damage, schema, leftovers of a crash, old deletions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import apsw

from yuyue_desktop.store import drafts, key_check
from yuyue_desktop.store.connection import check, open_for_writing, transaction, translated
from yuyue_desktop.store.migrations import migrate
from yuyue_desktop.store.seat import SenderSeat


def open_store(file: Path, key: bytes, now: datetime, program: str = "") -> apsw.Connection:
    """Open a profile's store, or make it, which the caller lets no other program do at the same time.

    Where another program is sending, what it sends is left to it.

    Raises:
        YuyueError: STORE_KEY_WRONG, STORE_DAMAGED, STORE_NEWER, STORE_UNWRITABLE, STORE_FULL, STORE_LOCKED. The file is
            left as it is.
    """
    connection = open_for_writing(file, key)
    try:
        check(connection)
        migrate(connection)
        with transaction(connection):
            drafts.purge(connection, now)
        seat = SenderSeat(file.parent, program)
        if seat.take(connection):
            seat.leave(connection)
        with translated():
            if not key_check.is_kept(file):
                key_check.keep(file, key)
    except BaseException:
        connection.close()
        raise
    return connection
