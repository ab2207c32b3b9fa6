"""One program per profile: a lock on a file that the operating system drops when its process ends; raises no window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.store.connection import translated

FILE_NAME = "profile.lock"


class ProfileLock:
    """Held from construction until `close` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        """Raises YuyueError: PROGRAM_ALREADY_OPEN, STORE_UNWRITABLE, STORE_FULL."""
        with translated():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        if not _is_taken(self._descriptor):
            os.close(self._descriptor)
            raise YuyueError(Code.PROGRAM_ALREADY_OPEN)

    def close(self) -> None:
        """Let another program have the profile."""
        os.close(self._descriptor)


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
