"""Practice e-port cards as files, a folder each: key, certificate, PIN and its tries; knows no reader and no protocol.

The key lies in a file, readable to this account only: a practice card proves nothing to anybody but its office.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from yuyue_practice.authority import Authority
from yuyue_practice.cards import PracticeCard
from yuyue_practice.eport import keys
from yuyue_practice.eport.keys import EportKeyType

TRIES = 4
"""Wrong PINs until a card locks (eport-card: a developer reports about 4)."""


class PinRefused(Exception):
    """The PIN is wrong or the card locked; `tries_left` is 0 for a locked card."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(f"{tries_left} left")
        self.tries_left = tries_left


class EportCards:
    """The e-port cards of a practice folder.

    Args:
        folder: one folder per card in it, made where missing.
        ca: the practice card authority.
        key_type: of the cards made from now on.
        tries: wrong PINs until a card locks.
    """

    def __init__(
        self, folder: Path, ca: Authority, key_type: EportKeyType = EportKeyType.SM2, tries: int = TRIES
    ) -> None:
        self._folder = folder
        self._authority = ca
        self._key_type = key_type
        self._tries = tries
        self._guard = threading.RLock()

    def new_card(self, number: str, company_name: str, holder: str, pin: str) -> PracticeCard:
        """Make a card. The number must be new; letters, digits and hyphens.

        Raises:
            FileExistsError: there is a card of that number.
        """
        home = self._home(number)
        home.mkdir(mode=0o700, parents=True)
        private, public = keys.new_key(self._key_type)
        with os.fdopen(os.open(home / "key.der", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(private)
        (home / "certificate.der").write_bytes(self._authority.issue_card(public, number, company_name, holder))
        content = {"number": number, "pin": pin, "key_type": self._key_type, "tries_left": self._tries}
        self._write(home, content)
        return PracticeCard(number, pin)

    def card(self, number: str) -> PracticeCard:
        """A card made before. Raises FileNotFoundError."""
        content = self._read(self._home(number))
        return PracticeCard(content["number"], content["pin"])

    def cards(self) -> tuple[PracticeCard, ...]:
        """All cards of the folder, by number; one whose making was broken off is none."""
        return tuple(self.card(file.parent.name) for file in sorted(self._folder.glob("*/card.json")))

    def certificate(self, number: str) -> bytes:
        """The certificate (DER) of a card made before. Raises FileNotFoundError."""
        return (self._home(number) / "certificate.der").read_bytes()

    def verify_pin(self, number: str, pin: str) -> None:
        """Compare a PIN as the card does: a wrong one costs a try, the right one gives all back. Raises PinRefused."""
        with self._guard:
            home = self._home(number)
            content = self._read(home)
            is_right = content["tries_left"] > 0 and pin == content["pin"]
            left = self._tries if is_right else max(content["tries_left"] - 1, 0)
            self._write(home, content | {"tries_left": left})
        if not is_right:
            raise PinRefused(left)

    def change_pin(self, number: str, pin: str, new_pin: str) -> None:
        """Give a card another PIN. Raises PinRefused."""
        with self._guard:
            self.verify_pin(number, pin)
            home = self._home(number)
            self._write(home, self._read(home) | {"pin": new_pin})

    def sign(self, number: str, pin: str, content: bytes) -> bytes:
        """Sign with a card's key. Raises PinRefused."""
        self.verify_pin(number, pin)
        home = self._home(number)
        return keys.sign(EportKeyType(self._read(home)["key_type"]), (home / "key.der").read_bytes(), content)

    def _read(self, home: Path) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((home / "card.json").read_text(encoding="utf-8"))
        return content

    def _write(self, home: Path, content: dict[str, Any]) -> None:
        unfinished = home / "card.json.new"
        unfinished.write_text(json.dumps(content), encoding="utf-8")
        unfinished.replace(home / "card.json")

    def _home(self, number: str) -> Path:
        if not number.replace("-", "").isalnum() or not number.isascii():
            raise ValueError(f"{number!r} is no card number")
        return self._folder / number
