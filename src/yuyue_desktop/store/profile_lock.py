"""Locks on a profile's files that the operating system drops when their process ends; knows nothing of what they guard.

One window per profile holds the profile's lock for its life.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.store.connection import translated

FILE_NAME = "profile.lock"


class FileLock:
    """A lock on a file, held until `close` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        """`descriptor` is an open file whose lock was taken."""
        self._descriptor = descriptor

    @classmethod
    def taken(cls, file: Path) -> Self | None:
        """The lock of a file, which is made with its folder; None where another holds it. Raises OSError."""
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        if _is_taken(descriptor):
            return cls(descriptor)
        os.close(descriptor)
        return None

    def close(self) -> None:
        """Let another have it."""
        os.close(self._descriptor)


class ProfileLock:
    """One window per profile: held from construction until `close` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        """Raises YuyueError: PROGRAM_ALREADY_OPEN, STORE_UNWRITABLE, STORE_FULL."""
        with translated():
            lock = FileLock.taken(folder / FILE_NAME)
        if lock is None:
            raise YuyueError(Code.PROGRAM_ALREADY_OPEN)
        self._lock = lock

    def close(self) -> None:
        """Let another program have the profile."""
        self._lock.close()


if sys.platform == "win32":
    import msvcrt

    def _is_taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
