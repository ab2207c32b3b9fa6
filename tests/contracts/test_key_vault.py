"""The key vault's contract, kept by the fake, by a password's file, and by the system's key store."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from tests.contracts.key_vault import KeyVaultContract
from tests.fakes.key_vault import FakeKeyVault
from yuyue_desktop.vault.keyring_vault import KeyringVault
from yuyue_desktop.vault.password_vault import PasswordVault

pytestmark = pytest.mark.thorough


class KeyStore(KeyringBackend):
    """A key store of the library's own kind, in memory; the real one is asked in tests/vault."""

    priority = 1.0
    kept: dict[tuple[str, str], str] = {}  # noqa: RUF012 - the class stands for one machine

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class TestFake(KeyVaultContract):
    """In memory."""

    @pytest.fixture(autouse=True)
    def _make(self) -> None:
        self._vault = FakeKeyVault()

    def vault(self) -> FakeKeyVault:
        return self._vault


class TestPasswordVault(KeyVaultContract):
    """A file under a password, with the real argon2id."""

    @pytest.fixture(autouse=True)
    def _make(self, tmp_path: Path) -> None:
        self._file = tmp_path / "store.password"

    def vault(self) -> PasswordVault:
        return PasswordVault(self._file, lambda: "a password of the clerk's own")


class TestKeyringVault(KeyVaultContract):
    """A key store behind keyring."""

    @pytest.fixture(autouse=True)
    def _make(self) -> None:
        KeyStore.kept.clear()

    def vault(self) -> KeyringVault:
        return KeyringVault(accepted=(KeyStore,))
