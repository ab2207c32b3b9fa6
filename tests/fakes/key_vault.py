"""A key store in memory behind domain.ports.KeyVault, which can be shut, and can forget."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from yuyue_desktop.domain.errors import Code, YuyueError

LIMIT_S = 30


@dataclass
class FakeKeyVault:
    """`keys` is what it keeps; while `is_shut` it answers nothing, and while `gate` is closed it lets one wait."""

    keys: dict[str, bytes] = field(default_factory=dict)
    is_shut: bool = False
    gate: threading.Event = field(default_factory=threading.Event)
    asked_in: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()

    def load(self, profile: str) -> bytes | None:
        self._answer()
        return self.keys.get(profile)

    def keep(self, profile: str, key: bytes) -> None:
        self._answer()
        self.keys[profile] = key

    def _answer(self) -> None:
        self.asked_in.append(threading.get_ident())
        if not self.gate.wait(LIMIT_S) or self.is_shut:
            raise YuyueError(Code.KEY_STORE_UNAVAILABLE, {"detail": "shut"})
