"""Which tokens the driver shows, asked at intervals; knows nothing of PINs and signatures.

Readers' own events (readers.py) are quicker, but not every key sits in a reader that the reader service knows.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from yuyue_desktop.card.card_driver import CardDriver
from yuyue_desktop.domain.errors import Code, YuyueError

POLL_S = 0.25
MOST_LOOKS_IN_VAIN = 8
"""How often the practice reader is looked into without a card before its driver is begun anew: every two seconds."""
ATTEMPTS = 5
ATTEMPT_PAUSE_S = 0.04
"""A driver that another program uses at the same moment may not answer at once: that is no card that was pulled."""

Tokens = tuple[tuple[int, str], ...]


class Presence(Protocol):
    """Says which tokens are in the readers; used on the driver's thread alone."""

    interval_s: float

    def tokens(self) -> Tokens:
        """Slot and serial of each token there now; a driver that can't say has none."""
        ...


class SlotPolling:
    """Asks the driver for its slots: works with every driver, and sees a removal within the interval."""

    def __init__(self, driver: CardDriver, interval_s: float = POLL_S) -> None:
        self._driver = driver
        self.interval_s = interval_s

    def tokens(self) -> Tokens:
        """Slot and serial of each token there now."""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(ATTEMPT_PAUSE_S)
            try:
                return self._driver.tokens()
            except YuyueError as error:
                if error.code is not Code.CARD_DRIVER_FAILED:
                    break
        return ()


class ReaderInAFile:
    """The practice reader (B10): a driver's configuration file names the card that is in.

    The driver reads the file only when it is begun anew, so a change of the file is what a hand at a real reader is.
    While it shows no card it is begun anew now and then: one that another program was writing to when it began (a count
    of wrong PINs, say) is missing from then on.
    """

    def __init__(self, driver: CardDriver, file: Path, interval_s: float = POLL_S) -> None:
        self._driver = driver
        self._file = file
        self._slots = SlotPolling(driver, interval_s)
        self._content = self._read()
        self._looks_in_vain = 0
        self.interval_s = interval_s

    def tokens(self) -> Tokens:
        """Slot and serial of each token there now."""
        content = self._read()
        if content != self._content or self._looks_in_vain >= MOST_LOOKS_IN_VAIN:
            self._content = content
            self._looks_in_vain = 0
            with suppress(YuyueError):  # a driver that can't begin anew says so at the next call
                self._driver.reset()
        found = self._slots.tokens()
        self._looks_in_vain = 0 if found else self._looks_in_vain + 1
        return found

    def _read(self) -> bytes:
        try:
            return self._file.read_bytes()
        except OSError:
            return b""
