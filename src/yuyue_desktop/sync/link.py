"""Whether the gateway answers, and how long to leave it alone when it does not; knows no submission."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from yuyue_desktop.domain.errors import LINK_CODES, Code, YuyueError
from yuyue_desktop.domain.events import LinkChanged
from yuyue_desktop.domain.outbox import LONGEST_PAUSE_S, pause
from yuyue_desktop.domain.ports import Clock, GatewayPort, Publish

FRESH = timedelta(seconds=30)
"""How long an answer vouches for the link."""
LONGEST_RETRY_AFTER_S = 3600.0
LONGEST_REST = timedelta(seconds=LONGEST_RETRY_AFTER_S + LONGEST_PAUSE_S)
"""No rest is longer; one that seems to be means that the clock went back, and is over."""


def wanted_pause_s(error: YuyueError) -> float | None:
    """What the gateway asked to wait, in seconds, within reason."""
    seconds = error.params.get("retry_after_s")
    return min(float(seconds), LONGEST_RETRY_AFTER_S) if seconds is not None else None


class Link:
    """What sender and listener know together of the link; safe in any thread.

    Only `probe` calls it down: a single call that fails may be that call's own trouble.
    """

    def __init__(self, clock: Clock, publish: Publish, jitter: Callable[[], float]) -> None:
        """`jitter` draws from 0.0 to 1.0."""
        self._clock = clock
        self._publish = publish
        self._jitter = jitter
        self._lock = threading.Lock()
        self._told: tuple[bool, Code | None] | None = None
        self._answered_at: datetime | None = None
        self._failures = 0
        self._rest_until: datetime | None = None
        self._busy_until: datetime | None = None

    def is_fresh(self) -> bool:
        """Whether the gateway answered a moment ago."""
        at = self._answered_at
        return at is not None and timedelta() <= self._clock.now() - at < FRESH

    def rest_until(self) -> datetime | None:
        """Until when to leave the gateway alone, None where it need not be."""
        now = self._clock.now()
        ends = (self._rest_until, self._busy_until)
        return max((end for end in ends if end is not None and now < end <= now + LONGEST_REST), default=None)

    def answered(self) -> None:
        """The gateway answered something, a refusal perhaps."""
        with self._lock:
            self._answered_at = self._clock.now()
            self._failures = 0
            self._rest_until = None
        self._tell(LinkChanged(is_up=True))

    def doubt(self) -> None:
        """A call failed: probe before the next."""
        self._answered_at = None

    def hurry(self) -> None:
        """Something happened that makes a try worthwhile now; what the gateway asked to wait is waited all the same."""
        self._rest_until = None

    def note(self, error: YuyueError) -> None:
        """Take from a failed call what it says of the link."""
        if error.code in LINK_CODES:
            self.doubt()
            self.busy(error)
        else:
            self.answered()

    def busy(self, error: YuyueError) -> None:
        """The gateway answers but asked to be left alone for a while."""
        wanted_s = wanted_pause_s(error)
        if wanted_s:
            self._busy_until = self._clock.now() + timedelta(seconds=wanted_s)

    def probe(self, gateway: GatewayPort) -> bool:
        """Ask the gateway for its time unless it answered a moment ago; answers whether the link is up."""
        if self.is_fresh():
            return True
        try:
            gateway.time()
        except YuyueError as error:
            self._failed(error)
            return False
        self.answered()
        return True

    def _failed(self, error: YuyueError) -> None:
        with self._lock:
            self._failures += 1
            self._rest_until = self._clock.now() + pause(self._failures, self._jitter())
        self.busy(error)
        self._tell(LinkChanged(is_up=False, error=error))

    def _tell(self, event: LinkChanged) -> None:
        """Publish what is new: up, down, or down for another reason."""
        news = (event.is_up, event.error.code if event.error else None)
        with self._lock:
            if news == self._told:
                return
            self._told = news
        self._publish(event)
