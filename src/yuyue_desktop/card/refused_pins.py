"""PINs that a card refused: none of them is sent to it again (B15); keeps no PIN itself."""

from __future__ import annotations

import hashlib
import secrets

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.ports import FailedPins


class RefusedPins:
    """Salted hashes for the life of this program, and what earlier runs know; None where none is asked."""

    def __init__(self, kept: FailedPins | None) -> None:
        self._kept = kept
        self._salt = secrets.token_bytes(32)
        self._hashes: set[bytes] = set()

    def require_untried(self, token_serial: str, pin: str) -> None:
        """Raise YuyueError(PIN_FAILED_BEFORE) where this card refused this PIN."""
        is_kept = self._kept is not None and self._kept.has(token_serial, pin)
        if is_kept or self._hash(token_serial, pin) in self._hashes:
            raise user_error(Code.PIN_FAILED_BEFORE)

    def add(self, token_serial: str, pin: str) -> None:
        """A card refused a PIN."""
        self._hashes.add(self._hash(token_serial, pin))
        if self._kept is not None:
            self._kept.add(token_serial, pin)

    def note_accepted(self, token_serial: str) -> None:
        """A card took its PIN: whoever types it knows it."""
        if self._kept is not None:
            self._kept.forget(token_serial)

    def note_changed(self, token_serial: str, new_pin: str) -> None:
        """A card has another PIN now, one it may have refused before."""
        self._hashes.discard(self._hash(token_serial, new_pin))

    def _hash(self, token_serial: str, pin: str) -> bytes:
        content = f"{token_serial}\0{pin}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, key=self._salt).digest()
