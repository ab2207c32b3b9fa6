"""Fetches receipts as they come (S32); knows no thread and no outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import pause
from yuyue_desktop.domain.ports import GatewayPort, SyncStore
from yuyue_desktop.sync.link import Link, wanted_pause_s

LONG_POLL_S = 25.0
UNTIL_SIGN_IN = timedelta(minutes=10)
"""Receipts need a session: without one a rare look is enough, a sign-in wakes the listener."""


class ReceiptListener:
    """Takes receipts after the store's cursor. Belongs to one thread; store errors (STORE_*) pass through."""

    def __init__(self, *, store: SyncStore, gateway: GatewayPort, link: Link, jitter: Callable[[], float]) -> None:
        """`jitter` draws from 0.0 to 1.0."""
        self._store = store
        self._gateway = gateway
        self._link = link
        self._jitter = jitter
        self._failures = 0

    def listen(self, wait_s: float = LONG_POLL_S) -> timedelta:
        """Take one page, waiting up to `wait_s` for it; answers how long to rest before the next."""
        cursor, is_recounting = self._store.cursor(), self._store.is_recounting()
        try:
            page = self._gateway.receipts(cursor, 0.0 if is_recounting else wait_s, self._store.newest_receipt())
        except YuyueError as error:
            return self._rest_after(error)
        self._failures = 0
        self._link.answered()
        if page.receipts or page.cursor > cursor or page.is_anew or is_recounting:
            self._store.take_receipts(page)
        return timedelta()

    def catch_up(self) -> bool:
        """Take every receipt that the gateway has by now; answers whether it could be asked."""
        while True:
            before = self._store.cursor()
            if self.listen(0.0):
                return False
            if self._store.cursor() == before and not self._store.is_recounting():
                return True

    def _rest_after(self, error: YuyueError) -> timedelta:
        self._failures += 1
        self._link.note(error)
        self._link.probe(self._gateway)
        if error.code is Code.SIGN_IN_NEEDED:
            return UNTIL_SIGN_IN
        return pause(self._failures, self._jitter(), wanted_pause_s(error))
