"""The card, its reader and the PINs that failed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from yuyue_desktop.domain.card import CardFacts, LoginSpan, ReaderSurvey, SignatureAlgorithm


class CardPort(Protocol):
    """One card in one reader, behind a process of its own; every call returns at once with a Future (card-session.md).

    Futures fail with YuyueError only. Events of insertion and removal are published as CardChanged.
    """

    def read(self) -> Future[CardFacts]:
        """What can be read without a PIN.

        Fails with CARD_ABSENT, CARD_UNREADABLE, CARD_DRIVER_MISSING, CARD_DRIVER_UNFIT, CARD_DRIVER_FAILED; behind the
        client control with CARD_RESET_FAILED, CARD_READER_FAILED, CARD_NOT_ACCEPTED, CARD_REFUSED, CARD_CONTROL_*.
        """
        ...

    def log_in(self, generation: int, pin: str) -> Future[LoginSpan]:
        """Unlock the card of that generation; answers how far that reaches.

        Fails with PIN_WRONG (params `tries_left`, -1 unknown), PIN_LOCKED, PIN_LENGTH, PIN_FAILED_BEFORE, CARD_CHANGED.
        """
        ...

    def change_pin(self, generation: int, pin: str, new_pin: str) -> Future[None]:
        """Give the card of that generation another PIN; ends its login. Fails as `log_in`, and with PIN_FIXED."""
        ...

    def sign(
        self, generation: int, algorithm: SignatureAlgorithm, signing_inputs: Sequence[bytes]
    ) -> Sequence[Future[bytes]]:
        """Sign each with the card of that generation; the adapter hashes where its device wants a digest.

        Done in their order, and none after the first that fails: those fail as it does, with CARD_CHANGED,
        CARD_NOT_LOGGED_IN, CARD_DRIVER_FAILED. A card that wants its PIN for each signature makes one alone.
        """
        ...

    def log_out(self) -> Future[None]:
        """End the card's login (S6)."""
        ...

    def close(self) -> None:
        """Stop the card process; returns once it is gone."""
        ...


class ReaderService(Protocol):
    """The system's reader service, asked beside the card's driver, which may hang."""

    def survey(self) -> ReaderSurvey:
        """What it says of its readers now; blocks for some seconds at most and never raises."""
        ...


class FailedPins(Protocol):
    """What is kept between runs of the PINs that a card refused (B15); the PINs themselves are not."""

    def has(self, token_serial: str, pin: str) -> bool:
        """Whether a card refused this PIN and has taken no other since."""
        ...

    def add(self, token_serial: str, pin: str) -> None:
        """The card refused it."""
        ...

    def forget(self, token_serial: str) -> None:
        """The card took a PIN: what it refused before may hold from now on."""
        ...
