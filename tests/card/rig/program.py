"""The rig's process: holds the emulated cards and the reader service in namespaces of its own, told by JSON lines.

Started under `unshare --mount --net`, so that two runs never meet and nobody but this machine reaches vpcd, which
would listen on every address.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.card.rig.cards import RIGHT_PIN, CardName
from tests.card.rig.piv_card import PivCard, Step
from tests.card.rig.reader_service import RUN, ReaderService
from tests.card.rig.virtual_reader import BadDay, VirtualReader, patiently
from tests.fakes.card import TRIES

SLOTS = 2
_SET_INTERFACE_FLAGS = 0x8914
_UP_AND_RUNNING = 0x41


class Rig:
    """Cards, readers and service; each public method is a command."""

    def __init__(self, folder: Path) -> None:
        self._cards: dict[CardName, PivCard] = {}
        self._readers = [VirtualReader(slot) for slot in range(SLOTS)]
        self._service = ReaderService(folder / "configuration")
        self._service.start()

    def insert(self, card: str, slot: int = 0) -> None:
        """Put a card in; one that is there is swapped at once."""
        patiently(lambda: self._readers[slot].insert(self._card(card)))

    def remove(self, slot: int = 0) -> None:
        """Pull the card."""
        self._readers[slot].remove()

    def meet(self, step: str, pause_s: float = 0.0, swap_for: str = "", countdown: int = 1) -> None:
        """At a step the card in the first reader is pulled, swapped, or stands still."""
        other = self._card(swap_for) if swap_for else None
        self._readers[0].meet(BadDay(Step[step], pause_s, other, countdown))

    def pins_seen(self) -> int:
        """How many PINs reached any card."""
        return sum(len(card.card.pins_seen) for card in self._cards.values())

    def signatures(self, card: str) -> int:
        """How many signatures a card made."""
        return self._card(card).signatures

    def kill_service(self) -> None:
        """The reader service dies, and with it every connection to a card."""
        self._service.kill()

    def start_service(self, *, has_readers: bool = True) -> None:
        """The reader service begins anew, with empty readers or none."""
        for reader in self._readers:
            reader.remove()
        self._service.kill()
        self._service.start(has_readers=has_readers)

    def begin_anew(self) -> None:
        """Empty readers, cards as they were made."""
        for reader in self._readers:
            reader.meet(None)
            reader.remove()
        for card in self._cards.values():
            card.card.pin, card.card.tries_left = RIGHT_PIN, TRIES
            card.card.pins_seen.clear()

    def _card(self, name: str) -> PivCard:
        """Cards are made when they are first named: RSA keys take their time."""
        card_name = CardName(name)
        if card_name not in self._cards:
            self._cards[card_name] = card_name.make()
        return self._cards[card_name]

    def close(self) -> None:
        """End what was started."""
        self._service.kill()


def _shut_in(folder: Path) -> None:
    """Make the private namespaces usable: pcscd's folder is ours, the loopback is up."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    RUN.mkdir()
    subprocess.run(["mount", "--bind", folder, RUN], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_INTERFACE_FLAGS, struct.pack("16sH14x", b"lo", _UP_AND_RUNNING))


def _obey(rig: Rig, line: str) -> dict[str, Any]:
    order = json.loads(line)
    command: Callable[..., Any] = getattr(rig, order.pop("do"))
    try:
        return {"answer": command(**order)}
    except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Run the rig: two folders, one for pcscd's socket and one for its configuration."""
    socket_folder, folder = map(Path, sys.argv[1:])
    _shut_in(socket_folder)
    rig = Rig(folder)
    try:
        for line in sys.stdin:
            print(json.dumps(_obey(rig, line)), flush=True)
    finally:
        rig.close()


if __name__ == "__main__":
    main()
