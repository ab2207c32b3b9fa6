"""Where the store's key is kept."""

from __future__ import annotations

from typing import Protocol


class KeyVault(Protocol):
    """Where the store's key is kept between runs (architecture.md, Keys and people)."""

    def load(self, profile: str) -> bytes | None:
        """The 32 bytes, None where none is kept. Raises KEY_STORE_UNAVAILABLE."""
        ...

    def keep(self, profile: str, key: bytes) -> None:
        """Keep the 32 bytes. Raises KEY_STORE_UNAVAILABLE."""
        ...
