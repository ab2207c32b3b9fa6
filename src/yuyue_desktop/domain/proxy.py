"""The proxy between this machine and the gateway, as the clerk chose it; opens no connection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SERVER = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):([0-9]{1,5})")
_MOST_PORT = 65535


class ProxyWay(StrEnum):
    """Where the proxy's address comes from."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """`server` is `host:port`, used only where `way` is MANUAL; `user` is empty for a proxy without password."""

    way: ProxyWay = ProxyWay.SYSTEM
    server: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password: this may end in a log."""
        return f"ProxySettings({self.way}, {self.server!r})"


def is_server(text: str) -> bool:
    """Whether a text is `host:port`."""
    found = _SERVER.fullmatch(text)
    return found is not None and 0 < int(found[1]) <= _MOST_PORT
