"""Keeps the store's key in the operating system's key store; the only importer of keyring."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from keyring.backend import KeyringBackend
from keyring.backends import SecretService, Windows, kwallet, libsecret

from yuyue_desktop.domain.errors import Code, YuyueError

SERVICE = "yuyue-desktop"
LIMIT_S = 30.0
"""A key store may first ask the clerk to unlock it; one that answers nothing at all must not hold the program up."""

ACCEPTED: tuple[type[KeyringBackend], ...] = (
    Windows.WinVaultKeyring,
    SecretService.Keyring,
    libsecret.Keyring,
    kwallet.DBusKeyring,
)
"""Key stores that keep what they get encrypted and to this account; never the null or a plain-text one."""

_PREFIX = "1:"
Result = TypeVar("Result")


class KeyringVault:
    """Implements KeyVault on the best accepted key store of this machine; `limit_s` bounds each call."""

    def __init__(self, *, accepted: Sequence[type[KeyringBackend]] = ACCEPTED, limit_s: float = LIMIT_S) -> None:
        self._accepted = accepted
        self._limit_s = limit_s

    def load(self, profile: str) -> bytes | None:
        """The key, None where none (or nothing of ours) is kept. Raises YuyueError(KEY_STORE_UNAVAILABLE)."""
        return _key(self._ask(lambda: self._key_store().get_password(SERVICE, profile)))

    def keep(self, profile: str, key: bytes) -> None:
        """Keep the key and read it back. Raises YuyueError(KEY_STORE_UNAVAILABLE)."""

        def keep() -> str | None:
            key_store = self._key_store()
            key_store.set_password(SERVICE, profile, f"{_PREFIX}{key.hex()}")
            return key_store.get_password(SERVICE, profile)

        if _key(self._ask(keep)) != key:
            raise YuyueError(Code.KEY_STORE_UNAVAILABLE, {"detail": "the key did not come back"})

    def _key_store(self) -> KeyringBackend:
        usable = [kind for kind in self._accepted if kind.viable]
        if not usable:
            raise YuyueError(Code.KEY_STORE_UNAVAILABLE, {"detail": "none"})
        return max(usable, key=lambda kind: kind.priority)()

    def _ask(self, question: Callable[[], Result]) -> Result:
        """Ask in a thread that nobody waits for longer than the limit, not even at the program's end."""
        answer: Future[Result] = Future()

        def ask() -> None:
            try:
                answer.set_result(question())
            except BaseException as error:  # noqa: BLE001 - handed on to the caller whole
                answer.set_exception(error)

        threading.Thread(target=ask, name="key-store", daemon=True).start()
        try:
            return answer.result(self._limit_s)
        except YuyueError:
            raise
        except Exception as error:
            # Key stores fail with errors of D-Bus, of Windows or of their own: to us all mean the same.
            raise YuyueError(Code.KEY_STORE_UNAVAILABLE, {"detail": type(error).__name__}) from error


def _key(text: str | None) -> bytes | None:
    if text is None or not text.startswith(_PREFIX):
        return None
    try:
        return bytes.fromhex(text.removeprefix(_PREFIX))
    except ValueError:
        return None
