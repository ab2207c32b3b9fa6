"""Lets a thread sleep until a moment, a ring, the end, or the machine's waking from sleep; knows no work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum, auto

HEARTBEAT_S = 30.0
"""How often a sleeper looks at the wall clock, so that a gap in it shows."""
RESUME_GAP_S = 600.0
"""A heartbeat that took this much too long by the wall clock means that the machine slept."""


class Waking(Enum):
    """Why a sleeper woke."""

    TIME = auto()
    RING = auto()
    NUDGE = auto()
    RESUME = auto()


class Bell:
    """One thread sleeps here; any thread rings."""

    def __init__(self, wall: Callable[[], float]) -> None:
        """`wall`: seconds of a clock that runs on while the machine sleeps."""
        self._wall = wall
        self._condition = threading.Condition()
        self._rung: Waking | None = None
        self._is_ended = False
        self._seen_s = wall()

    @property
    def is_ended(self) -> bool:
        """Whether the thread is to end."""
        return self._is_ended

    def ring(self) -> None:
        """Wake the sleeper, now or at its next sleep."""
        self._wake(Waking.RING)

    def nudge(self) -> None:
        """Wake the sleeper as if its moment had come, unless it is rung for."""
        self._wake(Waking.NUDGE)

    def end(self) -> None:
        """Wake the sleeper for good."""
        with self._condition:
            self._is_ended = True
            self._condition.notify_all()

    def sleep(self, seconds: float) -> Waking:
        """Sleep for so long or until something happens; answers what."""
        deadline = time.monotonic() + seconds
        while not self._is_ended and (left_s := deadline - time.monotonic()) > 0:
            rung = self._wait(min(left_s, HEARTBEAT_S))
            if self._has_resumed():
                return Waking.RESUME
            if rung is not None:
                return rung
        return Waking.TIME

    def _wake(self, rung: Waking) -> None:
        with self._condition:
            if self._rung is not Waking.RING:
                self._rung = rung
            self._condition.notify_all()

    def _wait(self, seconds: float) -> Waking | None:
        with self._condition:
            self._condition.wait_for(lambda: self._rung is not None or self._is_ended, seconds)
            rung, self._rung = self._rung, None
        return rung

    def _has_resumed(self) -> bool:
        now_s = self._wall()
        gap_s, self._seen_s = now_s - self._seen_s, now_s
        return gap_s > RESUME_GAP_S
