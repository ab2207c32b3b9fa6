"""One window per profile: a second start raises the first instead; knows no Qt and no lock."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Listener
from pathlib import Path

RAISE = b"raise"


def _address(folder: Path) -> str:
    """A pipe's name on Windows, a socket without a file on Linux; neither outlives its process."""
    key = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
    return rf"\\.\pipe\yuyue-desktop-{key}" if os.name == "nt" else f"\0yuyue-desktop-{key}"


def raise_open_window(folder: Path) -> bool:
    """Ask the open window of a profile to come to the front; False where none answers."""
    try:
        with Client(_address(folder)) as connection:
            connection.send_bytes(RAISE)
    except OSError:
        return False
    return True


class SingleWindow:
    """Listens for second starts while the profile's lock is held; `raised` is called on its own thread."""

    def __init__(self, folder: Path, raised: Callable[[], None]) -> None:
        self._address = _address(folder)
        self._raised = raised
        self._is_open = True
        self._listener = Listener(self._address)
        self._thread = threading.Thread(target=self._listen, name="single-window", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._is_open = False
        with Client(self._address) as connection:
            connection.send_bytes(RAISE)
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                with self._listener.accept() as connection:
                    message = connection.recv_bytes(len(RAISE))
            except (OSError, EOFError):
                # A caller that went away half-way, or one that isn't ours: the next one may be.
                message = b""
            if not self._is_open:
                return
            if message == RAISE:
                self._raised()
