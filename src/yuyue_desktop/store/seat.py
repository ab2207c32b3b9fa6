"""The right to send, which one program of a profile has at a time (docs/decisions/014); sends nothing.

A lock that the operating system drops with its process says who sends; what a crash left half sent is recovered by
whoever gets the lock next. A lease beside it ends a turn whose program hangs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import apsw

from yuyue_desktop.store import outbox
from yuyue_desktop.store.connection import transaction, translated
from yuyue_desktop.store.profile_lock import FileLock

FILE_NAME = "sender.lock"
LEASE_S = 300.0
"""How long one step may take: an item with its attachments over a bad line. A step that outlasts it does no harm, as
the gateway knows each submission by its id."""


class SenderSeat:
    """Used by one thread with its own connection."""

    def __init__(self, folder: Path, program: str, wall: Callable[[], float] = time.time) -> None:
        """`wall`: seconds of the machine's own clock, which all programs of the profile share."""
        self._file = folder / FILE_NAME
        self._program = program
        self._wall = wall
        self._lock: FileLock | None = None
        self._is_by_lease = False

    def take(self, connection: apsw.Connection) -> bool:
        """Take the seat unless another program sends; items that a crash left SENDING are asked for before any resend.

        Raises:
            YuyueError: STORE_*.
        """
        with translated():
            self._lock = FileLock.taken(self._file)
        is_taken = False
        try:
            with transaction(connection):
                is_taken = self._take(connection)
        finally:
            if not is_taken:
                self._unlock()
        return is_taken

    def leave(self, connection: apsw.Connection) -> None:
        """Let another program send. Raises YuyueError(STORE_*)."""
        self._unlock()
        if self._is_by_lease:
            self._is_by_lease = False
            with transaction(connection):
                connection.execute("UPDATE sender SET until = 0.0 WHERE program = ?", (self._program,))

    def _take(self, connection: apsw.Connection) -> bool:
        ((holder, until, is_by_lease),) = connection.execute("SELECT program, until, is_by_lease FROM sender")
        now = self._wall()
        # A lease that ends later than any lease can means that the clock went back since.
        is_running = now <= until <= now + LEASE_S
        if is_running and (self._lock is None or (is_by_lease and holder != self._program)):
            return False
        self._is_by_lease = self._lock is None
        if holder != self._program or until < now + LEASE_S / 2 or bool(is_by_lease) != self._is_by_lease:
            connection.execute(
                "UPDATE sender SET program = ?, until = ?, is_by_lease = ?",
                (self._program, now + LEASE_S, self._is_by_lease),
            )
        outbox.recover(connection)
        return True

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
