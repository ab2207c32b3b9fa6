"""The application a clerk fills in, its status and the steps its life allows (S12-S32); knows no form, no gateway."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from typing import NewType

ApplicationId = NewType("ApplicationId", str)
"""Client-made UUID (text, version 4): a draft's identity from its first keystroke on (S21)."""

MOMENT_FORMAT = "%Y-%m-%dT%H:%M"
"""How moments to the minute are written in applications, on the wire and on the command line; China Standard Time."""

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class Status(StrEnum):
    """Where an application is in its life, as customs has said it last."""

    DRAFT = "draft"
    DECLARED = "declared"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    CLEARED = "cleared"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    FEEDBACK_OVERDUE = "feedback_overdue"

    @property
    def word(self) -> str:
        """The status word as customs writes it."""
        return _STATUS_TITLES[self]


_STATUS_TITLES = {
    Status.DRAFT: "暂存",
    Status.DECLARED: "申报",
    Status.ACCEPTED: "已受理",
    Status.APPROVED: "预约成功",
    Status.CLEARED: "通关完成",
    Status.RETURNED: "退单",
    Status.CANCELLED: "已取消",
    Status.FEEDBACK_OVERDUE: "I-通关完成未反馈",
}


class Step(StrEnum):
    """Something that happens to an application: the company's acts first, then customs'."""

    SAVE = "save"
    DELETE = "delete"
    DECLARE = "declare"
    CANCEL = "cancel"
    FEED_BACK = "feedback"
    EXPLAIN = "explain"
    ACCEPT = "accept"
    APPROVE = "approve"
    RETURN = "return"
    LAPSE = "lapse"
    CLOSE_CASE = "close_case"


NEXT_STATUS: dict[tuple[Status, Step], Status] = {
    (Status.DRAFT, Step.SAVE): Status.DRAFT,
    (Status.DRAFT, Step.DECLARE): Status.DECLARED,
    (Status.DECLARED, Step.ACCEPT): Status.ACCEPTED,
    (Status.DECLARED, Step.RETURN): Status.RETURNED,
    (Status.ACCEPTED, Step.APPROVE): Status.APPROVED,
    (Status.ACCEPTED, Step.RETURN): Status.RETURNED,
    (Status.ACCEPTED, Step.CANCEL): Status.CANCELLED,
    (Status.APPROVED, Step.CANCEL): Status.CANCELLED,
    (Status.APPROVED, Step.FEED_BACK): Status.CLEARED,
    (Status.APPROVED, Step.EXPLAIN): Status.APPROVED,
    (Status.APPROVED, Step.LAPSE): Status.FEEDBACK_OVERDUE,
    (Status.FEEDBACK_OVERDUE, Step.EXPLAIN): Status.FEEDBACK_OVERDUE,
    (Status.FEEDBACK_OVERDUE, Step.CLOSE_CASE): Status.CLEARED,
}
"""Every legal step and where it leads (spec: Life of an application); deleting is legal from DRAFT alone, ends it."""

ENDS = frozenset({Status.CLEARED, Status.RETURNED, Status.CANCELLED})
"""Where a life is over."""

SIGNED_STEPS = (Step.DECLARE, Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN)
"""What needs the card in place and is sent as a signed submission (S3)."""


def is_allowed(status: Status, step: Step) -> bool:
    """Whether `step` may be taken from `status` (S28-S31); times and counts are judged elsewhere."""
    return (status, step) in NEXT_STATUS or (status, step) == (Status.DRAFT, Step.DELETE)


def is_earlier(first: Status, second: Status) -> bool:
    """Whether `second` lies ahead of `first`: a life never goes back, so news of `first` is then old news."""
    onward = {after for (before, _), after in NEXT_STATUS.items() if before is first and after is not first}
    return second in onward or any(is_earlier(status, second) for status in onward)


@dataclass(frozen=True, slots=True)
class GoodsItem:
    """One row of the goods list: HS code of 4 to 10 digits and the commodity's name (S20)."""

    hs_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF that belongs to an application: what was measured of it when it was added (S19).

    `sha256` lower-case hex of the file; `size` bytes; `pages` bytes of each page written alone.
    """

    name: str
    sha256: str
    size: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """What the clerk has entered; incomplete or ill-formed text is kept as typed, so that nothing is lost (S21).

    `window_start` is `MOMENT_FORMAT` once it is a moment, otherwise what was typed. Ports and transport mode are codes
    once picked, otherwise what was typed.
    """

    id: ApplicationId
    declarant: str
    trader: str = ""
    contact_name: str = ""
    contact_mobile: str = ""
    declaration_port: str = ""
    entry_exit_port: str = ""
    transport_mode: str = ""
    window_start: str = ""
    reason: str = ""
    is_import: bool = False
    is_export: bool = False
    goods: tuple[GoodsItem, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def window_moment(self) -> datetime | None:
        """Start of the appointment window, or None while the text is no moment."""
        return parse_moment(self.window_start)

    @property
    def is_same_port(self) -> bool:
        """Whether declaration and entry-exit port are the same customs, by their 4-digit codes (S25)."""
        return self.declaration_port == self.entry_exit_port


def parse_moment(text: str) -> datetime | None:
    """The moment a `MOMENT_FORMAT` text means, or None where it means none.

    One moment has one text: no digit may be missing or of another script. Years at either end of what a computer counts
    are none, so that hours and days can be added and taken away.
    """
    if not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if MINYEAR < moment.year < MAXYEAR else None


@dataclass(frozen=True, slots=True)
class ApplicationRecord:
    """An application with all that this machine or the gateway knows about it.

    `revision` counts the drafts saved here, from 1. `saved_at`, `declared_at`, `approved_at` are China Standard Time.
    `person` is the clerk who made it; `declarant_name` and `trader_name` are empty while unknown.
    `feedback` holds the declaration numbers that customs took; `is_explained` says that S31's one explanation is spent.
    """

    application: Application
    revision: int
    status: Status
    person: str
    saved_at: datetime
    pre_entry_number: str = ""
    application_number: str = ""
    declarant_name: str = ""
    trader_name: str = ""
    declared_at: datetime | None = None
    approved_at: datetime | None = None
    feedback: tuple[str, ...] = ()
    is_explained: bool = False

    @property
    def id(self) -> ApplicationId:
        """The application's own id."""
        return self.application.id
