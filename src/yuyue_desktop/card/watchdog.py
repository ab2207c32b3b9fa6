"""Ends what takes too long: one thread looks after every call of a client; knows no card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_S = 0.25
"""How late a limit may be noticed. A timer of its own for each call would cost more than a quick call itself."""


class Watchdog:
    """One call at a time is limited; `close` ends the thread, which begins with the first limit."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._until = 0.0
        self._kill: Callable[[], object] | None = None

    @contextmanager
    def limit(self, seconds: float, kill: Callable[[], object]) -> Iterator[None]:
        """Call `kill` unless the block is left in time."""
        with self._guard:
            self._until, self._kill = time.monotonic() + seconds, kill
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="card-watchdog", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._guard:
                self._kill = None

    def close(self) -> None:
        """Nothing is limited any more."""
        self._is_closed.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._is_closed.wait(LOOK_S):
            with self._guard:
                if self._kill is not None and time.monotonic() > self._until:
                    self._kill()
                    self._kill = None
