"""Bodies of the control API: JSON, as yuyue-practice and the window's practice page send and read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from yuyue_desktop.domain.application import Step
from yuyue_practice.officer import OfficerMode

Moment = Annotated[datetime, Meta(tz=False)]
"""China Standard Time, naive, with seconds: `2026-10-03T09:00:00`."""
CustomsCode = Annotated[str, Meta(pattern="^[0-9]{5}[0-9A-Z]{5}$")]
PortCode = Annotated[str, Meta(pattern="^[0-9]{4}$")]


class OfficeStatus(Struct, frozen=True):
    """The practice world now: `desk` counts what waits for an officer, `card_in_reader` is empty where none is in."""

    address: str
    now: datetime
    officer: OfficerMode
    desk: int
    cards: list[str]
    card_in_reader: str


class ClockChange(Struct, frozen=True):
    """Set the clock to `now`, or move it by `forward_s` seconds (negative: back); exactly one of them."""

    now: Moment | None = None
    forward_s: float | None = None


class OfficerChange(Struct, frozen=True):
    """Who plays the officer."""

    mode: OfficerMode


class OfficerAnswer(Struct, frozen=True):
    """An officer's answer to an application by any number: accept, approve, return (with a text) or close_case."""

    number: str
    step: Step
    text: str = ""


class DeclarationBody(Struct, frozen=True):
    """A declaration on the practice register, China Standard Time; without `has_time` only its date counts."""

    number: str
    is_import: bool
    declarant: CustomsCode
    trader: CustomsCode
    declaration_port: PortCode
    entry_exit_port: PortCode
    declared_at: Moment
    has_time: bool = True


class FittingDeclaration(Struct, frozen=True):
    """Make a declaration that fits an application, by any of its numbers."""

    fit: str


class NewCard(Struct, frozen=True):
    """Make a card: for an account, or for a company's holder. What is left empty is chosen."""

    user: str = ""
    company: str = ""
    holder: str = ""
    number: str = ""
    pin: str = ""


class CardBody(Struct, frozen=True):
    """A practice card: `environment` goes to the process that loads `module`."""

    number: str
    pin: str
    module: str
    environment: dict[str, str]


class CardChoice(Struct, frozen=True):
    """A card by number, None for none."""

    number: str | None


class CompanyChange(Struct, frozen=True):
    """What changes of a company from today on; None leaves it."""

    level: str | None = None
    is_registered: bool | None = None


class DayChange(Struct, frozen=True):
    """How a port works on a day: `08:30-12:00,13:00-17:30`, empty for not at all."""

    day: date
    hours: str
