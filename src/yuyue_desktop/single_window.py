"""One window per profile: a second start raises the first instead and hands its files over; knows no Qt and no lock."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

MOST_BYTES = 1024 * 1024
"""Far more than the longest command line that a system takes."""
TAKEN = b"taken"
ANSWER_S = 5.0
"""How long either side waits for the other's word."""
_PAUSE_S = 0.05

Called = Callable[[Sequence[Path]], object]
"""Takes the files of a second start, none where it brings none."""


def _address(folder: Path) -> str:
    """A pipe's name on Windows, a socket without a file on Linux; neither outlives its process."""
    key = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
    return rf"\\.\pipe\yuyue-desktop-{key}" if os.name == "nt" else f"\0yuyue-desktop-{key}"


def call_open_window(folder: Path, files: Sequence[Path] = (), patience_s: float = 0.0) -> bool:
    """Have the open window of a profile come to the front and open files; False where none has taken them.

    One that is just opening is asked again for `patience_s`.
    """
    until = time.monotonic() + patience_s
    while not _call(folder, files):
        if time.monotonic() >= until:
            return False
        time.sleep(_PAUSE_S)
    return True


def _call(folder: Path, files: Sequence[Path]) -> bool:
    try:
        with Client(_address(folder)) as connection:
            connection.send_bytes(json.dumps([str(file) for file in files]).encode("ascii"))
            return connection.poll(ANSWER_S) and connection.recv_bytes(len(TAKEN)) == TAKEN
    except (OSError, EOFError):
        return False


class SingleWindow:
    """Listens for second starts while the profile's lock is held; `called` is called on its own thread."""

    def __init__(self, folder: Path, called: Called) -> None:
        self._folder = folder
        self._called = called
        self._is_open = True
        self._listener = Listener(_address(folder))
        self._thread = threading.Thread(target=self._listen, name="single-window", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._is_open = False
        with Client(_address(self._folder)) as connection:
            connection.send_bytes(b"[]")
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while self._is_open:
            try:
                with self._listener.accept() as connection:
                    self._answer(connection)
            except (OSError, EOFError, ValueError, RecursionError):
                # A caller that went away half-way, or one that isn't ours: the next one may be.
                continue

    def _answer(self, connection: Connection) -> None:
        """Take what a second start brings. A window that closes answers nothing: whoever called keeps the files."""
        if not connection.poll(ANSWER_S):
            return
        files = _paths(connection.recv_bytes(MOST_BYTES))
        if self._is_open:
            self._called(files)
            connection.send_bytes(TAKEN)


def _paths(message: bytes) -> list[Path]:
    """Raises ValueError or RecursionError for what no second start of ours sends."""
    names = json.loads(message)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("no list of paths")
    return [Path(name) for name in names]
