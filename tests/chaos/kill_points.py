"""Ends this process with SIGKILL right before or right after one of its store's commits; knows no table."""

from __future__ import annotations

import os
import signal
import threading

import apsw

CHECKPOINT_PAGES = 1000
"""SQLite's own number: a hook of ours takes the place of its own."""


class KillPoints:
    """Watches every connection of this process from its making on; harmless until it is armed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = {True: 0, False: 0}
        apsw.connection_hooks.append(self._watch)

    def arm(self, count: int, *, is_before: bool) -> None:
        """From now on count commits, and end with the `count`-th: before it is made, or once it has returned."""
        with self._lock:
            self._left[is_before] = count

    def _watch(self, connection: apsw.Connection) -> None:
        connection.set_commit_hook(lambda: self._count(is_before=True))
        connection.set_wal_hook(self._committed)

    def _committed(self, connection: apsw.Connection, database: str, pages: int) -> int:
        self._count(is_before=False)
        if pages >= CHECKPOINT_PAGES:
            connection.wal_checkpoint(database, apsw.SQLITE_CHECKPOINT_PASSIVE)
        return apsw.SQLITE_OK

    def _count(self, *, is_before: bool) -> bool:
        with self._lock:
            self._left[is_before] -= 1
            if self._left[is_before] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return False
