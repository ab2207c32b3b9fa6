"""A clerk's program without its window: services, store and sync client of one life of it, from start to end.

What the sync threads do in the program is done here when it is told: `send` is one waking of theirs.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.fakes.card import FakeCard, SoftCard
from tests.gateway.conftest import RunningOffice
from tests.store.parts import LIMIT_S
from tests.sync.cutting_proxy import CuttingProxy
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import Tokens
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.services.drafting import CodeTables, Drafting
from yuyue_desktop.services.knowing import Knowledge
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.store.writer import StoreThread
from yuyue_desktop.sync.engine import SyncEngine
from yuyue_desktop.sync.link import Link
from yuyue_desktop.sync.listener import ReceiptListener
from yuyue_desktop.wire.envelope import JwsCodec
from yuyue_practice.clock import START

MOST_STEPS = 500
"""A sender that has not come to rest after so many steps never does."""


class Killed(BaseException):
    """The program ends here, with everything that it had in hand; no part of it may catch this."""


class Network:
    """The way to the gateway: there, gone, or cut off within the next connection."""

    def __init__(self) -> None:
        self.is_up = True
        self._is_cutting = False
        self._cutting = CuttingProxy()
        self._nobody = socket.socket()

    def __enter__(self) -> Self:
        self._cutting.__enter__()
        self._nobody.bind(("127.0.0.1", 0))  # never listens: who calls is turned away at once
        return self

    def __exit__(self, *_: object) -> None:
        self._cutting.__exit__()
        self._nobody.close()

    def cut_after(self, carried: int) -> None:
        """The next new connection of the sync client ends after so many bytes, both ways together."""
        self._cutting.budgets.clear()
        self._cutting.budgets.append(carried)
        self._is_cutting = True

    def mend(self) -> None:
        """No more cuts."""
        self._is_cutting = False

    def for_services(self, _address: str) -> Mapping[str, str]:
        """The proxies of calls that a clerk waits for."""
        return {} if self.is_up else {"https": f"http://127.0.0.1:{self._nobody.getsockname()[1]}"}

    def for_sync(self, address: str) -> Mapping[str, str]:
        """The proxies of the sync client."""
        return {"https": self._cutting.url} if self.is_up and self._is_cutting else self.for_services(address)


class AskingGateway(HttpGateway):
    """The real one; sees that what was sent once is never sent again before customs was asked for its answer (B2).

    Customs' books can't show that: they take the same item a second time for the first.
    """

    def __init__(self, place: GatewayPlace, clock: GatewayClock, tokens: Tokens, unasked: set[ItemId]) -> None:
        super().__init__(place, clock, tokens)
        self._unasked = unasked

    def submit(self, item_id: ItemId, jws: str) -> Answer:
        assert item_id not in self._unasked, "sent again without being asked for first"
        self._unasked.add(item_id)
        return super().submit(item_id, jws)

    def answer(self, item_id: ItemId) -> Answer | None:
        answer = super().answer(item_id)
        self._unasked.discard(item_id)
        return answer


@dataclass(frozen=True)
class DeskPlace:
    """Where a clerk works: what stays from one life of the program to the next. `unasked` went out and may be there."""

    folder: Path
    key: bytes
    card: SoftCard
    running: RunningOffice
    network: Network
    unasked: set[ItemId] = field(default_factory=set)


class ClerkDesk:
    """One life of the program; `end` is an orderly end, and all that a killed one leaves to be done."""

    def __init__(self, place: DeskPlace) -> None:
        self._network = place.network
        self._thread = threading.get_ident()
        self._lives: int | None = None
        office = place.running.office

        def steady_s() -> float:
            """Time passes for both sides alike."""
            return (office.clock.now() - START).total_seconds()

        self.clock = GatewayClock(self._hear, machine=office.clock.now, steady=steady_s)
        file = place.folder / "store.db"
        self.writer = StoreThread(file, place.key, publish=self._hear, clock=self.clock)
        self.reader = Reader(file, place.key)
        self._store = SyncConnection(file, place.key, publish=self._hear, clock=self.clock)
        authorities, tokens = (office.authorities.gateway.identity.certificate,), Tokens()
        here = GatewayPlace(office.address, authorities, proxies=place.network.for_services)
        there = GatewayPlace(office.address, authorities, proxies=place.network.for_sync)
        self._gateway = HttpGateway(here, self.clock, tokens)
        self._sending = AskingGateway(there, self.clock, tokens, place.unasked)
        self._workers = ThreadPoolExecutor(2)
        self._card = FakeCard(self._hear, place.card)
        self._pin = place.card.pin
        link = Link(self.clock, self._hear, lambda: 0.0)
        self._engine = SyncEngine(
            store=self._store, gateway=self._sending, clock=self.clock, link=link, jitter=lambda: 0.0
        )
        self._listener = ReceiptListener(store=self._store, gateway=self._sending, link=link, jitter=lambda: 0.0)
        self._build_services()

    def _build_services(self) -> None:
        self._codec = JwsCodec()
        self._card_session = CardSession(self._card, self._codec, self._workers, self._hear)
        self._signing_in = SigningIn(
            card=self._card_session,
            codec=self._codec,
            gateway=self._gateway,
            reader=self.reader,
            writer=self.writer,
            clock=self.clock,
            workers=self._workers,
            publish=self._hear,
        )
        self._knowledge = Knowledge(
            reader=self.reader,
            writer=self.writer,
            gateway=self._gateway,
            clock=self.clock,
            workers=self._workers,
            publish=self._hear,
        )

    def sign_in(self) -> Session:
        """By card; from now on her items are sent. Raises YuyueError where that can't be."""
        session = self._signing_in.with_card(self._pin).result(LIMIT_S)
        self._knowledge.forget_answers()
        self._engine.owner = session.person
        self.drafting = Drafting(
            session=session,
            reader=self.reader,
            writer=self.writer,
            knowledge=self._knowledge,
            clock=self.clock,
            tables=CodeTables(),
            wake_sync=lambda: None,
        )
        self.declaring = Declaring(
            session=session,
            card=self._card_session,
            codec=self._codec,
            gateway_address=self._gateway.address,
            writer=self.writer,
            clock=self.clock,
            workers=self._workers,
            wake_sync=lambda: None,
        )
        return session

    def send(self, lives: int | None = None) -> None:
        """Send what waits, then fetch receipts, as far as that goes now.

        Raises:
            Killed: `lives` of its own events were told and the next one came.
        """
        self._lives = lives
        try:
            self._engine.hurry()
            for _ in range(MOST_STEPS):
                if self._engine.tick() > self.clock.now():
                    break
            else:
                raise AssertionError("the sender never comes to rest")
            if self._listener.catch_up():
                self._knowledge.forget_answers()
        finally:
            self._lives = None

    def drop_connections(self) -> None:
        """Connections that are open lead nowhere any more: the next call needs a new one."""
        self._sending.close()

    def end(self) -> None:
        """Close everything; what was committed stays."""
        self._workers.shutdown(cancel_futures=True)
        self._card.close()
        for gateway in (self._gateway, self._sending):
            gateway.close()
        self._store.close()
        self.writer.close()
        self.reader.close()

    def _hear(self, _: Event) -> None:
        """An event of the sender's own is a moment at which the program may be killed: right after a commit."""
        if self._lives is None or threading.get_ident() != self._thread:
            return
        self._lives -= 1
        if self._lives < 0:
            raise Killed
