"""What the card process needs of a way to the card: a PKCS#11 driver or the client control; knows neither."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from yuyue_desktop.domain.card import LoginSpan, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, user_error

LEAST_PIN_LENGTH, MOST_PIN_LENGTH = 4, 16
"""What a PIN may have where a way to the card does not say."""
SINGLE_USE_S = 60.0
"""How long a PIN that is good for one signature may wait for it."""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What a token shows without its PIN.

    `key_id` ties its certificate to its private key, empty where it has none; `reader` is its slot's description.
    """

    serial: str
    certificate: bytes
    key_id: bytes
    algorithms: tuple[SignatureAlgorithm, ...]
    reader: str = ""
    least_pin_length: int = LEAST_PIN_LENGTH
    most_pin_length: int = MOST_PIN_LENGTH


class CardDriver(Protocol):
    """All methods raise YuyueError and belong on one and the same thread."""

    @property
    def is_logged_in(self) -> bool:
        """Whether it could sign now."""
        ...

    def tokens(self) -> tuple[tuple[int, str], ...]:
        """Slot and serial of every token in a reader: what changes when a card is put in or pulled."""
        ...

    def read(self) -> TokenFacts:
        """Read a token that has a certificate for signing. Raises CARD_ABSENT, CARD_UNREADABLE …"""
        ...

    def pin_state(self) -> PinState:
        """What the token read last tells of its PIN now."""
        ...

    def log_in(self, pin: str) -> LoginSpan:
        """Log in to the token read last. Raises PIN_WRONG, PIN_LOCKED, PIN_LENGTH, CARD_CHANGED …"""
        ...

    def sign(self, algorithm: SignatureAlgorithm, content: bytes) -> bytes:
        """Sign; the signature as JWS wants it. Raises CARD_NOT_LOGGED_IN …"""
        ...

    def change_pin(self, pin: str, new_pin: str) -> None:
        """Give the token read last another PIN and log out. Raises PIN_FIXED where it can't be changed …"""
        ...

    def log_out(self) -> None:
        """End the login."""
        ...

    def reset(self) -> None:
        """Forget every login and everything that is remembered of a card."""
        ...


class SingleUse:
    """Holds a PIN that the card wants at every signature from log-in to that signature, and no longer.

    Such a card must be told its PIN inside the signature, and the person typed it just before.
    """

    def __init__(self, span_s: float = SINGLE_USE_S) -> None:
        self._span_s = span_s
        self._pin: str | None = None
        self._until = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether there is one that may be taken."""
        return self._pin is not None and time.monotonic() <= self._until

    def keep(self, pin: str) -> None:
        """Until it is taken or too old."""
        self._pin, self._until = pin, time.monotonic() + self._span_s

    def take(self) -> str:
        """The PIN, for this one time. Raises CARD_NOT_LOGGED_IN."""
        pin, self._pin = self._pin, None
        if pin is None or time.monotonic() > self._until:
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        return pin

    def forget(self) -> None:
        """The login is over."""
        self._pin = None
