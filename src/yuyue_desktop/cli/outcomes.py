"""What became of something that was put into the outbox: waited for, then answered (B11); sends nothing itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from yuyue_desktop.cli.desk import AtWork
from yuyue_desktop.cli.exit import Exit, exit_of
from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemState, OutboxItem
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.texts import words

WAIT_S = 30.0
LONGEST_WAIT_S = 86_400.0
"""A day: no call waits longer, and no system's timer overflows."""


class End(Enum):
    """How one item of a call ended."""

    FINE = auto()
    FOUND = auto()
    """A rule or the gateway says no."""
    BAD = auto()
    """The item can't be used."""
    QUEUED = auto()
    """It waits here and goes out later by itself."""


@dataclass(slots=True)
class Tally:
    """How the items of a call ended, and so its exit code."""

    items: int = 0
    bad: int = 0
    findings: int = 0
    queued: int = 0

    def count(self, end: End) -> None:
        """One more item."""
        self.items += 1
        self.bad += end is End.BAD
        self.findings += end is End.FOUND
        self.queued += end is End.QUEUED

    @property
    def exit(self) -> Exit:
        """Out of reach weighs most: the caller has to ask again."""
        return Exit.UNREACHABLE if self.queued else exit_of(self.items, self.bad, self.findings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item ended, its answer, and what people are told."""

    end: End
    answer: dict[str, Any]
    words: str = ""


class Patience:
    """So many seconds for each item; once one was not reached in time, none for those after it."""

    def __init__(self, wait_s: float) -> None:
        self._wait_s = wait_s

    def until(self, work: AtWork, look: Callable[[], bool]) -> bool:
        """Whether something came true in time."""
        is_so = work.desk.waiting.until(look, self._wait_s)
        if not is_so:
            self._wait_s = 0.0
        return is_so


def take_wait(parser: argparse.ArgumentParser) -> None:
    """Let a command take `--wait`."""
    parser.add_argument("--wait", type=seconds, default=WAIT_S, metavar="秒", help="最多等网关答复几秒，不写为 30")


def seconds(text: str) -> float:
    """Seconds to wait; argparse says it where they are none."""
    found = float(text)
    if not 0 <= found <= LONGEST_WAIT_S:
        raise ValueError(text)
    return found


def settled(work: AtWork, item: OutboxItem, patience: Patience) -> OutboxItem:
    """The item once it has ended or is too late, or as it is when patience is over."""

    def now() -> OutboxItem:
        return work.desk.reader.item(item.id) or item

    patience.until(work, lambda: not now().state.is_open or now().state is ItemState.TOO_LATE)
    return now()


def known_receipts(work: AtWork, record: ApplicationRecord) -> frozenset[int]:
    """The receipts that an application has before something is done with it."""
    return frozenset(receipt.cursor for receipt in work.desk.reader.receipts(record.id))


def receipt_of(work: AtWork, item: OutboxItem, known: frozenset[int]) -> Receipt | None:
    """The receipt that answered an item: the first new one, of a refusal the first refusal."""
    new = [receipt for receipt in work.desk.reader.receipts(item.application_id) if receipt.cursor not in known]
    if item.state is ItemState.REFUSED:
        new = [receipt for receipt in new if receipt.kind is ReceiptKind.REFUSAL]
    return min(new, key=lambda receipt: abs(receipt.cursor), default=None)


def refusal(work: AtWork, item: OutboxItem, known: frozenset[int]) -> tuple[Code | str, str] | None:
    """Code and words where an item was refused or is too late, else None.

    What is too late is taken back: nobody sits at a window to decide, and the caller is told here.
    """
    if item.state is ItemState.TOO_LATE:
        work.workplace.declaring.withdraw(item.id).result()
        latest = "" if item.latest is None else f"{item.latest:%Y-%m-%d %H:%M}"
        return Code.WINDOW_TOO_LATE, str(words(Code.WINDOW_TOO_LATE, {"latest": latest}))
    if item.state is not ItemState.REFUSED:
        return None
    receipt = receipt_of(work, item, known)
    text = receipt.text if receipt else ""
    return item.last_error, text or (str(words(Code(item.last_error))) if item.last_error in set(Code) else "")
