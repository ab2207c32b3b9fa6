"""The time that everything is judged by."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The gateway's time as this machine knows it; China Standard Time, naive, to the microsecond."""

    def now(self) -> datetime:
        """The gateway's time now, from its last known offset."""
        ...

    @property
    def is_known(self) -> bool:
        """Whether the gateway was ever heard; else the machine's own time is shown as 推算时间."""
        ...
