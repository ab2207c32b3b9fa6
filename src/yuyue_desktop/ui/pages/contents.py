"""What the pages are told to show, as plain words and figures; knows no widget, no service and no clock.

Every text is ready for the screen: whoever fills these in has done the arithmetic of time (look.md, Words).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from yuyue_desktop.ui.tables.rows import Row, Urgency


class Readiness(StrEnum):
    """How one thing of the machine stands at sign-in."""

    FINE = "fine"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """One line of “这台电脑准备好了吗”; `act` names its link, `key` tells it apart."""

    key: str
    title: str
    detail: str
    readiness: Readiness
    act: str = ""


@dataclass(frozen=True, slots=True)
class CardInReader:
    """What was read of the card without its PIN (S1)."""

    company: str
    card_number: str
    valid_to: str
    customs_code: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class PinTries:
    """Tries left of a PIN; None where the card does not tell (B15)."""

    left: int | None = None
    most: int | None = None

    @property
    def is_last(self) -> bool:
        """Whether a wrong PIN would lock the card."""
        return self.left == 1


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long is left, and until which moment."""

    left: str
    until: str
    urgency: Urgency = Urgency.CALM


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do on the start page: `act` is the word on its button."""

    application_id: str
    time: TimeLeft
    title: str
    detail: str
    act: str


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the small week: `working` in minutes after midnight, `drafts` as starts in minutes."""

    number: str
    weekday: str
    is_today: bool = False
    is_open: bool = True
    is_known: bool = True
    working: tuple[tuple[int, int], ...] = ()
    drafts: tuple[int, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """The outbox in a sentence; `state` is the word on its chip."""

    state: str
    sentence: str
    is_idle: bool = True


@dataclass(frozen=True, slots=True)
class StartContent:
    """The whole start page."""

    day: str
    advice: str
    feedback: tuple[Task, ...] = ()
    drafts: tuple[Task, ...] = ()
    receipts: tuple[Row, ...] = ()
    unread: int = 0
    outbox: OutboxSummary = OutboxSummary("空闲", "没有等待发送的。")
    week_title: str = "本周可约"
    week: tuple[StripDay, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptsContent:
    """Receipts of one application, newest first."""

    heading: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxAct:
    """Something that can be done with an item: `key` for the program, `title` for the clerk."""

    key: str
    title: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One item of the outbox drawer: `state` is the word on its chip, `step` what is being sent."""

    item_id: str
    state: str
    step: str
    subject: str
    reason: str
    time: TimeLeft | None = None
    acts: tuple[OutboxAct, ...] = ()
    needs_choice: bool = False


@dataclass(frozen=True, slots=True)
class LinkTrouble:
    """The banner of the drawer: what is wrong, and what goes on meanwhile."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class OutboxContent:
    """The whole drawer; `entries` by urgency, `sent` what arrived today, newest first."""

    entries: tuple[OutboxEntry, ...] = ()
    sent: tuple[str, ...] = ()
    trouble: LinkTrouble | None = None


@dataclass(frozen=True, slots=True)
class DeletedEntry:
    """One deleted draft: what it was, what it was for, until when it is kept (S28)."""

    application_id: str
    subject: str
    detail: str
    kept: str


class BlockKind(StrEnum):
    """What a stretch of a day is good for."""

    PAST = "past"
    WORKING = "working"
    BOOKABLE = "bookable"
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"
    GAP = "gap"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a day, in minutes after midnight; `text` may have two lines."""

    opens: int
    closes: int
    kind: BlockKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the week view; `latest` and `detail` say until when one may declare for it."""

    day: date
    title: str
    note: str
    blocks: tuple[Block, ...]
    latest: str
    detail: str
    urgency: Urgency = Urgency.CALM
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What 口岸工作时间查询 answered: `days` for the week view, `periods` for the list (S34)."""

    days: tuple[CalendarDay, ...] = ()
    periods: tuple[Row, ...] = ()
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChosenWindow:
    """What the foot of the week view says of the chosen window; `act` is empty where nothing can be moved there.

    `has_others`: there is more than one draft that could be moved.
    """

    window: str
    sentence: str
    urgency: Urgency = Urgency.CALM
    act: str = ""
    has_others: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a drop-down list: code and name."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class CalendarConditions:
    """By what the latest moments are computed: entries of the two lists, and the hours they lead to."""

    relations: tuple[Choice, ...] = field(default=())
    grades: tuple[Choice, ...] = field(default=())
    relation: str = ""
    grade: str = ""
    rule: str = ""
