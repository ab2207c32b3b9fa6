"""How the card process learns that a card came or went; knows nothing of PINs and signatures.

The seam for readers' own events: a source that hears of changes from PC/SC wakes the process's loop itself and asks for
no polling (`interval_s` None); everything behind it stays as it is.
"""

from __future__ import annotations

from typing import Protocol

from yuyue_desktop.card.driver import Driver
from yuyue_desktop.domain.errors import YuyueError

POLL_S = 0.25

Tokens = tuple[tuple[int, str], ...]


class Presence(Protocol):
    """Says which tokens are in the readers; used on the driver's thread alone."""

    interval_s: float | None

    def tokens(self) -> Tokens:
        """Slot and serial of each token there now; a driver that can't say has none."""
        ...


class SlotPolling:
    """Asks the driver for its slots: works with every driver, and sees a removal within the interval."""

    def __init__(self, driver: Driver, interval_s: float = POLL_S) -> None:
        self._driver = driver
        self.interval_s: float | None = interval_s

    def tokens(self) -> Tokens:
        """Slot and serial of each token there now."""
        try:
            return self._driver.tokens()
        except YuyueError:
            return ()
