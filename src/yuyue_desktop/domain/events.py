"""Small frozen facts that services, store and sync publish; a listener re-reads what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import YuyueError


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """A draft's revision is on the disk: `at` is when the commit returned."""

    application_id: ApplicationId
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """A draft could not be written; the form keeps its content."""

    application_id: ApplicationId
    error: YuyueError


@dataclass(frozen=True, slots=True)
class ApplicationChanged:
    """Status, numbers or mark of an application changed in the store."""

    application_id: ApplicationId


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """An item was added, moved on or ended."""

    application_id: ApplicationId


@dataclass(frozen=True, slots=True)
class ReceiptArrived:
    """A receipt new to this machine is in the store."""

    application_id: ApplicationId
    cursor: int


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """Whether the gateway answers; `error` says why not."""

    is_up: bool
    error: YuyueError | None = None


@dataclass(frozen=True, slots=True)
class ClockChanged:
    """The gateway's clock was heard: gateway time minus this machine's, in seconds."""

    offset_s: float


@dataclass(frozen=True, slots=True)
class CardChanged:
    """The card's state changed (S4)."""

    state: CardState


@dataclass(frozen=True, slots=True)
class CompanyKnown:
    """The gateway told of a company, or that it knows none of that code."""

    customs_code: str


@dataclass(frozen=True, slots=True)
class CalendarKnown:
    """The gateway told what a port has published."""

    port: str


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """Somebody signed in or out."""


Event = (
    DraftSaved
    | SaveFailed
    | ApplicationChanged
    | OutboxChanged
    | ReceiptArrived
    | LinkChanged
    | ClockChanged
    | CardChanged
    | CompanyKnown
    | CalendarKnown
    | SessionChanged
)
