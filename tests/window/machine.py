"""A computer with a profile on it, whose key store can be shut and can be lost; each `keys` is one more start."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.fakes.key_vault import FakeKeyVault
from yuyue_desktop.keys import StoreKeys
from yuyue_desktop.profiles import Profile
from yuyue_desktop.store.opening import open_store

NOW = datetime(2026, 9, 28, 9, 0)
PASSWORD = "a password of the clerk's own"


class Machine:
    """Files are real; the key store is in memory."""

    def __init__(self, folder: Path, *, is_practice: bool = False) -> None:
        self.key_store = FakeKeyVault()
        self.profile = Profile("云岭", folder, "https://localhost", folder / "ca.pem", is_practice=is_practice)

    @property
    def keys(self) -> StoreKeys:
        return StoreKeys(self.profile, lambda: self.key_store)

    def make_store(self, key: bytes) -> None:
        """What the program does next: the store is made with the key."""
        open_store(self.profile.store_file, key, NOW).close()

    def lose_key_store(self) -> None:
        """Another account of the system, or a system set up anew."""
        self.key_store = FakeKeyVault()
