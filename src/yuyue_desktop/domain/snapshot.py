"""What a snapshot of a damaged store holds, so that the clerk can decide; knows no file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SnapshotOffer:
    """The last good snapshot: `taken_at` by this machine's clock, how many drafts and waiting items are in it.

    `lacks` names what the damaged file still shows to be newer, by number or trader; None where it can't be read.
    """

    taken_at: datetime
    drafts: int
    waiting: int
    lacks: tuple[str, ...] | None
