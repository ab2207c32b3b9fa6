"""Sends what waits, step by step, each item exactly once whatever the network does (B2); knows no thread, no socket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from yuyue_desktop.domain.errors import LINK_CODES, Code, YuyueError
from yuyue_desktop.domain.outbox import LONGEST_PAUSE_S, ItemState, OutboxItem, pause
from yuyue_desktop.domain.ports import Clock, GatewayPort, SyncStore
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.sync.drafts import DraftSender
from yuyue_desktop.sync.link import LONGEST_REST, Link, wanted_pause_s

IDLE = timedelta(seconds=60)
"""How often to look at the link, and so at the gateway's clock, when nothing waits."""

TURN_OF_ANOTHER = timedelta(seconds=0.2)
"""When to look again while another program of the profile sends."""


class SyncEngine:
    """Sends one person's outbox and drafts. Belongs to one thread; no transaction is open while the network is used.

    `owner` is the person whose items may go out, empty for nobody's. Store errors (STORE_*) pass through.
    """

    def __init__(
        self,
        *,
        store: SyncStore,
        gateway: GatewayPort,
        clock: Clock,
        link: Link,
        jitter: Callable[[], float],
    ) -> None:
        """`jitter` draws from 0.0 to 1.0."""
        self._store = store
        self._gateway = gateway
        self._clock = clock
        self._link = link
        self._drafts = DraftSender(store=store, gateway=gateway, clock=clock, link=link, jitter=jitter)
        self._jitter = jitter
        self._look_ahead = timedelta()
        self.owner = ""

    def hurry(self) -> None:
        """Link up, sign-in, resume or enqueue: what rests only because of earlier failures is due now."""
        self._link.hurry()
        self._look_ahead = timedelta(seconds=LONGEST_PAUSE_S)
        self._drafts.release()

    def tick(self) -> datetime:
        """Do one step; answers when to come again (gateway's time), which is now while there is more to do."""
        now = self._clock.now()
        resting = self._link.rest_until()
        if resting is not None:
            return self._wake_by(resting)
        if self._due_item(now) is None and not (self.owner and self._drafts.has_next(self.owner)):
            return self._idle()
        if not self._store.begin_sending():
            return self._wake_by(now + TURN_OF_ANOTHER)
        try:
            return self._send_next(now)
        finally:
            self._store.end_sending()

    def _send_next(self, now: datetime) -> datetime:
        """One step of this program's turn; another may have been quicker before it began."""
        item = self._due_item(now)
        if item is not None:
            return self._send_item(item)
        self._drafts.send_next(self.owner)
        return self._clock.now()

    def _due_item(self, now: datetime) -> OutboxItem | None:
        if not self.owner:
            return None
        item = self._store.due_item(self.owner, now + self._look_ahead)
        if item is None:
            next_due = self._store.next_due(self.owner)
            if next_due is not None and next_due > now + LONGEST_REST:  # the clock went back since
                item = self._store.due_item(self.owner, next_due)
        return item

    def _idle(self) -> datetime:
        """Nothing to send: keep the link known."""
        self._look_ahead = timedelta()
        is_up = self._link.probe(self._gateway)
        now = self._clock.now()
        moments = [now + IDLE, *self._drafts.held_until()]
        next_due = self._store.next_due(self.owner) if self.owner else None
        if next_due is not None and is_up:
            moments.append(next_due)
        return self._wake_by(min(moments))

    def _wake_by(self, moment: datetime) -> datetime:
        now = self._clock.now()
        return max(now, min(moment, now + IDLE))

    def _send_item(self, item: OutboxItem) -> datetime:
        """Take an item as far as it goes now."""
        if item.attempts == 0 and self._clock.is_known and self._is_late(item):
            self._put_before_clerk(item)
        elif self._link.probe(self._gateway):
            self._attempt(item)
        else:
            self._look_ahead = timedelta()
        return self._clock.now()

    def _attempt(self, item: OutboxItem) -> None:
        """Ask for the answer if there may be one, else send the item unless it is too late."""
        answer: Answer | None = None
        if item.must_ask_first:
            try:
                answer = self._gateway.answer(item.id)
            except YuyueError as error:
                self._postpone(item, error, item.state if item.state is ItemState.WAITING else ItemState.UNKNOWN)
                return
            self._link.answered()
        if answer is None and self._is_late(item):
            self._put_before_clerk(item)
            return
        answer = answer or self._deliver(item)
        if answer is not None:
            self._store.finish(item.id, answer)

    def _deliver(self, item: OutboxItem) -> Answer | None:
        """Attachments first, then the submission; the claim is committed before anything leaves; None: settled."""
        files = {sha256: self._store.attachment(sha256) for sha256 in item.attachments}
        claimed = self._claim(item)
        if claimed is None:
            return None
        try:
            for sha256, content in files.items():
                self._send_attachment(sha256, content)
        except YuyueError as error:
            self._settle(claimed, error, ItemState.WAITING)
            return None
        try:
            answer = self._gateway.submit(claimed.id, claimed.jws)
        except YuyueError as error:
            self._settle(claimed, error, ItemState.WAITING if is_certainly_unsent(error) else ItemState.UNKNOWN)
            return None
        self._link.answered()
        return answer

    def _claim(self, item: OutboxItem) -> OutboxItem | None:
        """The claimed item; None where the clerk was quicker and withdrew it."""
        try:
            return self._store.claim(item.id)
        except YuyueError as error:
            if error.code is not Code.STEP_NOT_ALLOWED:
                raise
            return None

    def _send_attachment(self, sha256: str, content: bytes | None) -> None:
        if content is None:
            raise YuyueError(Code.ATTACHMENTS_MISSING, {"sha256": sha256}, is_retried=True)
        self._gateway.send_attachment(sha256, content)

    def _settle(self, item: OutboxItem, error: YuyueError, state: ItemState) -> None:
        """A send brought no answer: try again later, or end what the gateway turned away for good."""
        if error.is_retried or error.code is Code.SIGN_IN_NEEDED:
            self._postpone(item, error, state)
        else:
            self._link.answered()
            self._store.refuse(item.id, error.code.value, str(error.params.get("text", "")), self._clock.now())

    def _postpone(self, item: OutboxItem, error: YuyueError, state: ItemState) -> None:
        self._link.note(error)
        until = self._clock.now() + pause(max(item.attempts, 1), self._jitter(), wanted_pause_s(error))
        if error.code is Code.SIGN_IN_NEEDED:
            state = ItemState.SIGN_IN_NEEDED
        self._store.postpone(item.id, state, until, error.code.value)

    def _is_late(self, item: OutboxItem) -> bool:
        """Whether it can no longer be in time; times count to the minute (spec: Time)."""
        return item.latest is not None and self._clock.now().replace(second=0, microsecond=0) > item.latest

    def _put_before_clerk(self, item: OutboxItem) -> None:
        """B1: what can no longer be in time is not sent silently."""
        self._store.postpone(item.id, ItemState.TOO_LATE, self._clock.now(), "")


def is_certainly_unsent(error: YuyueError) -> bool:
    """Whether a failed call can't have brought the gateway anything."""
    return error.code not in LINK_CODES or error.params.get("is_sent") == 0
