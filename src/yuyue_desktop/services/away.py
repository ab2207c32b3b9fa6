"""When a clerk is taken to be away, so that the card's login ends (B15); knows no window and no operating system."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from yuyue_desktop.domain.limits import CARD_IDLE_MINUTES
from yuyue_desktop.services.card_session import CardSession

SLEPT_S = 30.0
"""A gap this long between two ticks is no busy moment: the machine slept."""


class Absence(Enum):
    """Why the card's login was ended."""

    IDLE = "idle"
    SCREEN_LOCKED = "screen_locked"
    SLEPT = "slept"


class AwayWatch:
    """Ends the card's login when nobody is at the machine; belongs on one thread.

    Args:
        card: whose login ends.
        wall_s: seconds by a clock that goes on while the machine sleeps.
        told: hears why a login was ended; not called where there was none.
    """

    def __init__(self, card: CardSession, wall_s: Callable[[], float], told: Callable[[Absence], object]) -> None:
        self._card = card
        self._wall_s = wall_s
        self._told = told
        self._minutes = CARD_IDLE_MINUTES[1]
        self._acted_at = self._ticked_at = wall_s()

    @property
    def minutes(self) -> int:
        """Minutes without an act after which the login ends."""
        return self._minutes

    def set_minutes(self, minutes: int) -> None:
        """Take another span, from now on."""
        self._minutes = minutes
        self._acted_at = self._wall_s()

    def acted(self) -> None:
        """A key was pressed or the mouse was used."""
        self._acted_at = self._wall_s()

    def tick(self) -> None:
        """Look at the clock; to be called every few seconds. One that was set back counts as an act."""
        now, before = self._wall_s(), self._ticked_at
        self._ticked_at = now
        self._acted_at = min(self._acted_at, now)
        if now - before > SLEPT_S:
            self.left(Absence.SLEPT)
        elif now - self._acted_at >= self._minutes * 60:
            self.left(Absence.IDLE)

    def left(self, absence: Absence) -> None:
        """The system says that nobody is there."""
        if self._card.unlocked is not None:
            self._card.end()
            self._told(absence)
