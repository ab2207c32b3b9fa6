"""Plain data about a card that can cross a process border (B15); knows no driver."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class CardState(StrEnum):
    """What the window shows of the card at all times."""

    ABSENT = "absent"
    PRESENT = "present"
    SIGNED_IN = "signed_in"
    SIGNING = "signing"


class SignatureAlgorithm(StrEnum):
    """JWS names of what cards can sign with (architecture.md, The envelope)."""

    RS256 = "RS256"
    PS256 = "PS256"
    ES256 = "ES256"
    SM2_SM3 = "SM2-SM3"
    RS1 = "RS1"


class CardRoute(StrEnum):
    """How the card is reached: its maker's PKCS#11 driver, the e-port client control, or what fits this machine."""

    FITTING = "fitting"
    DRIVER = "driver"
    CONTROL = "control"


CONTROL_ADDRESS = "ws://127.0.0.1:61232"
"""Where the e-port client control listens (eport-card, Route A)."""

_LOOPBACK = re.compile(r"ws://(?:127\.0\.0\.1|localhost|\[::1\]):[1-9]\d{0,4}/?")


def is_on_this_machine(control_address: str) -> bool:
    """Whether a control's address is one on this machine: a PIN goes nowhere else."""
    return _LOOPBACK.fullmatch(control_address) is not None


class ServiceState(StrEnum):
    """Whether the system's reader service (PC/SC) answers; not every key needs it."""

    RUNNING = "running"
    AWAY = "away"
    SILENT = "silent"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ReaderSurvey:
    """What the reader service says: its readers by name, and those of them with a card in; NOT_ASKED says neither."""

    service: ServiceState
    readers: tuple[str, ...] = ()
    with_card: tuple[str, ...] = ()


class PinState(StrEnum):
    """What the card tells of its PIN before it is asked."""

    FINE = "fine"
    LOW = "low"
    LAST_TRY = "last_try"
    LOCKED = "locked"


class LoginSpan(StrEnum):
    """How far one log-in reaches: until the card goes, or to the next signature alone (always-authenticate keys)."""

    UNTIL_REMOVAL = "until_removal"
    ONE_SIGNATURE = "one_signature"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What can be read from a card without its PIN.

    `generation` counts insertions and failures: a request that names an older one is refused as CARD_CHANGED.
    `certificate` is DER; `tries_left` is None where the card does not tell.
    """

    generation: int
    token_serial: str
    certificate: bytes
    algorithms: tuple[SignatureAlgorithm, ...]
    pin_state: PinState = PinState.FINE
    tries_left: int | None = None
    least_pin_length: int = 4
    most_pin_length: int = 16


@dataclass(frozen=True, slots=True)
class CardHolder:
    """What the card's certificate says: number of the card, company, holder, and days as ISO dates (valid on both)."""

    card_number: str
    company_name: str
    holder: str
    valid_from: str
    valid_to: str
