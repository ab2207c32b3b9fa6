"""Ends what takes too long: one thread looks after every call of a client; knows no card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LOOK_S = 0.25
"""How late a limit may be noticed. A timer of its own for each call would cost more than a quick call itself."""


@dataclass(eq=False, slots=True)
class Limit:
    """How long one call may take once those before it are done."""

    seconds: float
    kill: Callable[[], object]
    until: float = field(default=0.0, init=False)


class Watchdog:
    """Calls are answered in the order in which they were begun: time runs for the first of them alone.

    `close` ends the thread, which begins with the first limit.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._limits: list[Limit] = []

    def begin(self, limit: Limit) -> None:
        """Call its `kill` unless it is ended in time; each is begun once."""
        with self._guard:
            self._limits.append(limit)
            self._start_first()
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="card-watchdog", daemon=True)
                self._thread.start()

    def end(self, limit: Limit) -> None:
        """The call was answered, or its process is gone."""
        with self._guard:
            self._limits.remove(limit)
            self._start_first()

    def close(self) -> None:
        """Nothing is limited any more."""
        self._is_closed.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._is_closed.wait(LOOK_S):
            with self._guard:
                first = self._limits[0] if self._limits else None
                if first is not None and time.monotonic() > first.until:
                    first.kill()

    def _start_first(self) -> None:
        if self._limits and not self._limits[0].until:
            self._limits[0].until = time.monotonic() + self._limits[0].seconds
