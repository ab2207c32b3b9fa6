"""PINs that a card refused, kept between runs as salted hashes in the encrypted store (B15); sends none anywhere."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.ports import StoreReader, StoreWriter

SETTING = "failed_pins"
SALT_BYTES = 32

log = logging.getLogger(__name__)


class KeptFailedPins:
    """Implements FailedPins.

    The command line never sends a refused PIN again: a system that calls it over and over would lock the card. At the
    window a person decides anew at each start, and a PIN that the card takes makes everything before it void.
    """

    def __init__(self, reader: StoreReader, writer: StoreWriter, *, is_asked: bool) -> None:
        """`is_asked`: whether what is kept counts here."""
        self._reader = reader
        self._writer = writer
        self._is_asked = is_asked

    def has(self, token_serial: str, pin: str) -> bool:
        """Whether this card refused this PIN and has taken no other since."""
        salt, hashes = self._kept(token_serial)
        return self._is_asked and _hash(salt, pin) in hashes

    def add(self, token_serial: str, pin: str) -> None:
        """The card refused it. A store that can't be written must not hide what the card said."""
        salt, hashes = self._kept(token_serial)
        kept = {"salt": salt.hex(), "hashes": sorted({*hashes, _hash(salt, pin)})}
        try:
            self._writer.remember_setting(_name(token_serial), json.dumps(kept)).result()
        except YuyueError as error:
            log.warning("a refused PIN is not kept: %s", error.code)

    def forget(self, token_serial: str) -> None:
        """The card took a PIN."""
        if self._reader.setting(_name(token_serial)):
            self._writer.remember_setting(_name(token_serial), "")

    def _kept(self, token_serial: str) -> tuple[bytes, frozenset[str]]:
        text = self._reader.setting(_name(token_serial))
        if not text:
            return secrets.token_bytes(SALT_BYTES), frozenset()
        kept = json.loads(text)
        return bytes.fromhex(kept["salt"]), frozenset(kept["hashes"])


def _name(token_serial: str) -> str:
    return f"{SETTING}:{token_serial}"


def _hash(salt: bytes, pin: str) -> str:
    return hashlib.blake2b(pin.encode("utf-8", "surrogatepass"), key=salt).hexdigest()
