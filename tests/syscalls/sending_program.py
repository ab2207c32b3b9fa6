"""Sends what waits in a store's outbox to a real gateway; traced meanwhile."""

from __future__ import annotations

import hashlib
import ssl
import sys
from pathlib import Path

import cryptography.hazmat.backends.openssl.backend  # noqa: F401 - loaded on first use by what unseals an answer

from tests.store.parts import KEY, PERSON, OpenStore
from tests.syscalls.waiting import act_when_traced
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import Tokens
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.sync.engine import SyncEngine
from yuyue_desktop.sync.link import Link

TRIES = 4
WARMTH = b"a file that nothing names"


class Sender:
    """The sending half of a program, over a store that is there already."""

    def __init__(self, store_file: Path, address: str, authority: bytes) -> None:
        self.clock = GatewayClock(lambda _: None)
        self.gateway = HttpGateway(GatewayPlace(address, (authority,)), self.clock, Tokens())
        self.reader = Reader(store_file, KEY)
        self._store = SyncConnection(store_file, KEY, publish=lambda _: None, clock=self.clock, program="sender")
        self._engine = SyncEngine(
            store=self._store,
            gateway=self.gateway,
            clock=self.clock,
            link=Link(self.clock, lambda _: None, lambda: 0.0),
            jitter=lambda: 0.0,
        )
        self._engine.owner = PERSON

    def send(self, item_id: ItemId, tries: int = TRIES) -> str:
        """Try until the item has ended; answers its state. Raises YuyueError(STORE_*)."""
        state = ItemState.WAITING
        for _ in range(tries):
            self._engine.hurry()
            self._engine.tick()
            item = self.reader.item(item_id)
            assert item is not None
            state = item.state
            if not state.is_open:
                break
        return state.value

    def close(self) -> None:
        self.gateway.close()
        self._store.close()
        self.reader.close()


def main(folder: str, address: str, ca_file: str, item_id: str) -> None:
    """Open the store as a program does that starts, and send one item."""
    authority = ssl.PEM_cert_to_DER_cert(Path(ca_file).read_text(encoding="ascii"))
    store = OpenStore(Path(folder))
    sender = Sender(store.file, address, authority)
    # Python loads on first use what seals and unseals: that is no part of a send.
    sender.gateway.send_attachment(hashlib.sha256(WARMTH).hexdigest(), WARMTH)
    sender.gateway.close()
    act_when_traced(lambda: sender.send(ItemId(item_id)))


if __name__ == "__main__":
    main(*sys.argv[1:])
