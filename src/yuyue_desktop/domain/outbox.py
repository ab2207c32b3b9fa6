"""An item that waits to be sent: its states, what may be done with it, and how long to wait before the next try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from yuyue_desktop.domain.application import ApplicationId, Step

ItemId = NewType("ItemId", str)
"""Client-made UUID of a submission: the idempotency key of every send."""


class ItemState(StrEnum):
    """Where a submission is; open ones are a mark beside the application's status."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SIGN_IN_NEEDED = "sign_in_needed"
    TOO_LATE = "too_late"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The word for the clerk."""
        return _TITLES[self]

    @property
    def is_open(self) -> bool:
        """Whether the application's fields are locked because of this item."""
        return self in OPEN_STATES


_TITLES = {
    ItemState.WAITING: "待发送",
    ItemState.SENDING: "发送中",
    ItemState.UNKNOWN: "结果未知",
    ItemState.SIGN_IN_NEEDED: "等待登录",
    ItemState.TOO_LATE: "已来不及",
    ItemState.DONE: "已送达",
    ItemState.REFUSED: "拒收",
    ItemState.WITHDRAWN: "已撤回",
}
OPEN_STATES = frozenset(
    {ItemState.WAITING, ItemState.SENDING, ItemState.UNKNOWN, ItemState.SIGN_IN_NEEDED, ItemState.TOO_LATE}
)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A finished submission on its way: `jws` never changes after signing (architecture.md, The envelope).

    `owner` is the person who signed; `attachments` the SHA-256 (hex) of every file it names; `attempts` counts begun
    sends; `latest` is the last moment it can still be in time, None where nothing limits it.
    """

    id: ItemId
    application_id: ApplicationId
    step: Step
    owner: str
    jws: str
    attachments: tuple[str, ...]
    state: ItemState
    created_at: datetime
    attempts: int = 0
    next_try_at: datetime | None = None
    latest: datetime | None = None
    last_error: str = ""

    @property
    def can_withdraw(self) -> bool:
        """撤回 is possible while no attempt was ever begun, and for what is too late and not at the gateway."""
        return self.state.is_open and (self.attempts == 0 or self.state is ItemState.TOO_LATE)

    @property
    def must_ask_first(self) -> bool:
        """Whether the gateway may already have it, so that it is asked before any resend."""
        return self.attempts > 0


FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 120.0


def pause(attempts: int, jitter: float, retry_after_s: float | None = None) -> timedelta:
    """How long to wait after the `attempts`-th failed try.

    Args:
        attempts: tries begun so far, at least 1.
        jitter: 0.0 to 1.0, drawn by the caller; spreads the pause over its upper half.
        retry_after_s: what the gateway asked for, in seconds; never undercut.
    """
    longest = min(FIRST_PAUSE_S * 2.0 ** min(attempts - 1, 16), LONGEST_PAUSE_S)
    return timedelta(seconds=max(longest * (0.5 + jitter / 2), retry_after_s or 0.0))
