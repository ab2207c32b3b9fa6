"""The gateway's clock as this machine knows it, from the times that answers carry; knows no socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yuyue_desktop.domain.events import ClockChanged
from yuyue_desktop.domain.ports import Publish

CHINA_OFFSET = timedelta(hours=8)
"""China Standard Time is UTC+8 all year; Windows has no zone table to ask."""
DRIFT = 1e-4
"""How far a machine's steady clock may run from the gateway's, in seconds per second."""
NEWS_S = 1.0
"""A change of the offset smaller than this is not published."""


def machine_now() -> datetime:
    """This machine's own time, as China Standard Time, naive."""
    return datetime.now(UTC).replace(tzinfo=None) + CHINA_OFFSET


def steady_s() -> float:
    """Seconds of a clock that nobody can set and that runs on while the machine sleeps."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere `monotonic` counts sleep already
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The gateway's time at a moment of the steady clock, right to within `doubt_s` seconds."""

    at: datetime
    steady_s: float
    doubt_s: float

    def ahead_to(self, steady_s: float) -> _Reading:
        """The same reading, told for another moment."""
        elapsed_s = steady_s - self.steady_s
        return _Reading(self.at + timedelta(seconds=elapsed_s), steady_s, self.doubt_s + abs(elapsed_s) * DRIFT)


class GatewayClock:
    """Implements `domain.ports.Clock`; safe in any thread.

    It runs on the steady clock, so that setting the machine's clock does not move it.
    """

    def __init__(
        self,
        publish: Publish,
        machine: Callable[[], datetime] = machine_now,
        steady: Callable[[], float] = steady_s,
    ) -> None:
        self._publish = publish
        self._machine = machine
        self.steady = steady
        self._lock = threading.Lock()
        self._reading: _Reading | None = None
        self._published_s: float | None = None
        self._presumed = timedelta()

    def presume(self, offset_s: float) -> None:
        """Go by the offset of an earlier run, in seconds of the gateway ahead of this machine, until it is heard."""
        self._presumed = timedelta(seconds=offset_s)

    def now(self) -> datetime:
        """The gateway's time now; while it was never heard the machine's own with the offset that is presumed."""
        reading = self._reading
        return self._machine() + self._presumed if reading is None else reading.ahead_to(self.steady()).at

    @property
    def is_known(self) -> bool:
        """Whether the gateway was ever heard."""
        return self._reading is not None

    def hear(self, told: datetime, asked_s: float, answered_s: float) -> None:
        """Take in a time that an answer carried; `asked_s` and `answered_s` are the steady clock's readings around it.

        The gateway read its clock somewhere between: the middle is the guess, half the round trip the doubt. A vague
        reading (a long poll) never replaces a sharper one that it does not contradict.
        """
        doubt_s = max(answered_s - asked_s, 0.0) / 2
        heard = _Reading(told, asked_s + doubt_s, doubt_s)
        with self._lock:
            if self._is_better(heard):
                self._reading = heard
            news_s = self._news()
        if news_s is not None:
            self._publish(ClockChanged(news_s))

    def _is_better(self, heard: _Reading) -> bool:
        if self._reading is None:
            return True
        known = self._reading.ahead_to(heard.steady_s)
        has_moved = abs((heard.at - known.at).total_seconds()) > heard.doubt_s + known.doubt_s
        return has_moved or heard.doubt_s <= known.doubt_s

    def _news(self) -> float | None:
        """The offset where it is worth telling, else None."""
        offset_s = (self.now() - self._machine()).total_seconds()
        if self._published_s is not None and abs(offset_s - self._published_s) < NEWS_S:
            return None
        self._published_s = offset_s
        return offset_s
