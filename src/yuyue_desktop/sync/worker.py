"""The two threads around engine and listener: started, woken, stopped; knows neither what is sent nor how."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import Event, LinkChanged
from yuyue_desktop.domain.ports import Clock, GatewayPort, Publish, SyncStore
from yuyue_desktop.sync.bell import Bell, Waking
from yuyue_desktop.sync.engine import SyncEngine
from yuyue_desktop.sync.link import Link
from yuyue_desktop.sync.listener import ReceiptListener

STORE_REST_S = 10.0
"""How long to leave a store alone that can't be written (disk full)."""
STOP_S = 0.9
INTERRUPT_EVERY_S = 0.05

OpenStore = Callable[[], AbstractContextManager[SyncStore]]
"""Opens a connection of the calling thread's own; closed at the end of the context."""

log = logging.getLogger(__name__)


class SyncWorker:
    """Sends and listens, each in a thread with its own gateway and store connection (decision 020).

    `serve`, `wake` and `stop` may be called from any thread.
    """

    def __init__(
        self,
        *,
        open_store: OpenStore,
        sending: GatewayPort,
        listening: GatewayPort,
        clock: Clock,
        publish: Publish,
        jitter: Callable[[], float] = random.random,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`sending` and `listening` must be two objects: each is interrupted by itself."""
        self._open_store = open_store
        self._sending = sending
        self._listening = listening
        self._clock = clock
        self._publish = publish
        self._jitter = jitter
        self._link = Link(clock, self._on_event, jitter)
        self._send_bell = Bell(wall)
        self._listen_bell = Bell(wall)
        self._owner = ""
        self._threads = [
            threading.Thread(target=self._send, name="sync-send", daemon=True),
            threading.Thread(target=self._listen, name="sync-listen", daemon=True),
        ]

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def serve(self, owner: str) -> None:
        """From now on send this person's items; after safe exit go on with the last one's (S6)."""
        self._owner = owner
        self.wake()
        self._listen_bell.ring()

    def wake(self) -> None:
        """Something was put into the outbox, a draft is to be sent, or the network came back: try at once."""
        self._send_bell.ring()

    def look(self) -> None:
        """Another program of the profile changed the outbox: look what is due, but hurry nothing."""
        self._send_bell.nudge()

    def stop(self) -> bool:
        """End both threads, in less than a second; answers whether they ended.

        One that hangs in a name look-up or a TCP connect can't be broken off: it ends by itself within seconds, and
        touches nothing but its own store connection.
        """
        self._send_bell.end()
        self._listen_bell.end()
        deadline = time.monotonic() + STOP_S
        while any(thread.is_alive() for thread in self._threads) and time.monotonic() < deadline:
            self._sending.interrupt()
            self._listening.interrupt()
            for thread in self._threads:
                thread.join(INTERRUPT_EVERY_S)
        return not any(thread.is_alive() for thread in self._threads)

    def _send(self) -> None:
        with self._open_store() as store:
            engine = SyncEngine(
                store=store,
                gateway=self._sending,
                clock=self._clock,
                link=self._link,
                jitter=self._jitter,
            )
            while not self._send_bell.is_ended:
                engine.owner = self._owner
                rest_s = self._guarded(lambda: self._seconds_to(engine.tick()))
                if rest_s > 0:
                    self._wake_up(engine, self._send_bell.sleep(rest_s))

    def _wake_up(self, engine: SyncEngine, waking: Waking) -> None:
        if waking is Waking.RESUME:
            self._listening.interrupt()  # its long poll hangs on a connection that died meanwhile
        if waking in (Waking.RING, Waking.RESUME):
            engine.hurry()

    def _listen(self) -> None:
        with self._open_store() as store:
            listener = ReceiptListener(store=store, gateway=self._listening, link=self._link, jitter=self._jitter)
            while not self._listen_bell.is_ended:
                rest_s = self._guarded(lambda: listener.listen().total_seconds())
                if rest_s > 0:
                    self._listen_bell.sleep(rest_s)

    def _seconds_to(self, moment: datetime) -> float:
        return (moment - self._clock.now()).total_seconds()

    def _guarded(self, step: Callable[[], float]) -> float:
        """The step's rest in seconds; a store that fails says so itself and is tried again later."""
        try:
            return step()
        except YuyueError as error:
            log.warning("sync rests: %s", error.code)
            return STORE_REST_S

    def _on_event(self, event: Event) -> None:
        if self._send_bell.is_ended:  # broken off on purpose, which says nothing of the link
            return
        self._publish(event)
        if isinstance(event, LinkChanged) and event.is_up:
            self.wake()
            self._listen_bell.ring()
