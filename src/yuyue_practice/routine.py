"""What the office does by itself, on a thread of its own, and how long it lets things lie (S27, B10)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

_log = logging.getLogger(__name__)

LONGEST_PAUSE_S = 1.0
"""The office's clock is looked at so often while nothing happens, in seconds."""


class Routine:
    """A thread that calls `tick` after every commit and whenever `tick` says, at least once a second."""

    def __init__(self, tick: Callable[[], float | None]) -> None:
        self._tick = tick
        self._woken = threading.Event()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="office routine", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Something may be new; from any thread."""
        self._woken.set()

    def stop(self) -> None:
        """End; returns once the thread is gone."""
        self._is_stopping = True
        self._woken.set()
        self._thread.join()

    def _try_tick(self) -> float | None:
        try:
            return self._tick()
        except SQLAlchemyError:
            # A full disk or a lost connection may be over next time; meanwhile callers are told by their own calls.
            _log.exception("the office's own work failed")
            return None

    def _run(self) -> None:
        while not self._is_stopping:
            self._woken.clear()
            wait_s = self._try_tick()
            self._woken.wait(LONGEST_PAUSE_S if wait_s is None else min(wait_s, LONGEST_PAUSE_S))


class Patience:
    """Remembers since when something waits, by running time, so that it is done after a moment and not at once."""

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._since: dict[str, float] = {}

    def ripe(self, waiting: list[str]) -> tuple[list[str], float | None]:
        """Which of what waits has waited long enough, and in how many seconds the next one has."""
        now = time.monotonic()
        self._since = {name: self._since.get(name, now) for name in waiting}
        left = {name: since + self._pause_s - now for name, since in self._since.items()}
        ripe = [name for name in waiting if left[name] <= 0]
        return ripe, min((seconds for seconds in left.values() if seconds > 0), default=None)
