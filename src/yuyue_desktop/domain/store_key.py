"""The store's key as the program's start knows it, and what a password for it must be; keeps nothing, asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.limits import STORE_PASSWORD_CHARACTERS


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """A store's key, 32 raw bytes, and what is still to be done with it.

    `recovery_code` is to be shown once, empty where there is none to show. `is_kept` is False where nothing on this
    machine would answer the key at the next start: it is to be kept under a password.
    """

    key: bytes = field(repr=False)
    recovery_code: str = field(default="", repr=False)
    is_kept: bool = True


def password_problem(password: str) -> YuyueError | None:
    """What is wrong with a new password for the store; length alone counts, as nothing else makes guessing dear."""
    if len(password) < STORE_PASSWORD_CHARACTERS:
        return user_error(Code.STORE_PASSWORD_SHORT, limit=STORE_PASSWORD_CHARACTERS, count=len(password))
    return None
