"""Keeps the store's key under a password of the clerk's own (argon2id); asks for it, never keeps it."""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from argon2 import low_level
from argon2.exceptions import HashingError

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.vault import wrapped_key

WAY = "password"
PASSES: Final = 3
MEMORY_KIB: Final = 128 * 1024
LANES: Final = 4
"""argon2id's cost for new files; each file carries its own. A quarter of a second on an office machine."""

_SALT_BYTES = 16
_KEY_BYTES = 32
_MOST_PASSES, _MOST_MEMORY_KIB, _MOST_LANES = 16, 1024 * 1024, 16

AskPassword = Callable[[], str]
"""Answers the clerk's password; called in the thread that calls the vault."""


class PasswordVault:
    """Implements KeyVault on a file in the profile's folder; every call asks and takes its time."""

    def __init__(self, file: Path, ask_password: AskPassword) -> None:
        self._file = file
        self._ask_password = ask_password

    @property
    def is_kept(self) -> bool:
        """Whether a key is kept under a password here."""
        return self._file.exists()

    def load(self, profile: str) -> bytes | None:
        """The key, None where none is kept.

        Raises:
            YuyueError: STORE_KEY_WRONG for a wrong password; STORE_DAMAGED, STORE_NEWER, STORE_UNWRITABLE for the file.
        """
        content = wrapped_key.read(self._file, WAY)
        if content is None:
            return None
        return wrapped_key.unwrapped(profile, content, _derived(self._ask_password(), content.derivation))

    def keep(self, profile: str, key: bytes) -> None:
        """Keep the key in place of one kept before. Raises YuyueError(STORE_UNWRITABLE)."""
        derivation: dict[str, int | str] = {
            "passes": PASSES,
            "memory_kib": MEMORY_KIB,
            "lanes": LANES,
            "salt": secrets.token_bytes(_SALT_BYTES).hex(),
        }
        wrapping_key = _derived(self._ask_password(), derivation)
        wrapped_key.write(self._file, wrapped_key.wrapped(profile, WAY, derivation, wrapping_key, key))


def read_password(descriptor: int) -> str:
    """A password handed over through a private file descriptor, which is read to its end and closed.

    Raises:
        YuyueError: CALL_UNUSABLE where nothing can be read from it.
    """
    try:
        with os.fdopen(descriptor, encoding="utf-8") as stream:
            return stream.read().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise YuyueError(Code.CALL_UNUSABLE, {"reason": "读不到密码"}) from error


def _derived(password: str, derivation: Mapping[str, int | str]) -> bytes:
    """The wrapping key; a file can't make this machine work for hours or take all of its memory."""
    try:
        passes, memory_kib, lanes = (int(derivation[name]) for name in ("passes", "memory_kib", "lanes"))
        salt = bytes.fromhex(str(derivation["salt"]))
    except (KeyError, ValueError) as error:
        raise YuyueError(Code.STORE_DAMAGED, {"detail": "derivation"}) from error
    if passes > _MOST_PASSES or memory_kib > _MOST_MEMORY_KIB or lanes > _MOST_LANES:
        raise YuyueError(Code.STORE_DAMAGED, {"detail": "derivation"})
    secret = unicodedata.normalize("NFC", password).encode("utf-8", errors="surrogatepass")
    try:
        return low_level.hash_secret_raw(
            secret, salt, passes, memory_kib, lanes, _KEY_BYTES, low_level.Type.ID, low_level.ARGON2_VERSION
        )
    except HashingError as error:
        raise YuyueError(Code.STORE_DAMAGED, {"detail": "derivation"}) from error
