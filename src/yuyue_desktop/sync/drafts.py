"""Saves and deletes drafts at the gateway, one at a time, passing over what fails (S21, S28, B9); knows no outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import OFFLINE_CODES, Code, YuyueError
from yuyue_desktop.domain.outbox import pause
from yuyue_desktop.domain.ports import Clock, GatewayPort, SyncStore
from yuyue_desktop.domain.texts import deletion_refused
from yuyue_desktop.sync.link import LONGEST_REST, Link, wanted_pause_s


class DraftSender:
    """Belongs to the engine's thread. A draft that fails is held for a while, and the clerk is told why."""

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
        self._jitter = jitter
        self._held: dict[ApplicationId, datetime] = {}
        self._failures = 0

    def has_next(self, owner: str) -> bool:
        """Whether a save or a deletion of the owner is to be sent now."""
        self._let_go()
        held = tuple(self._held)
        return self._store.unsent_deletion(owner, held) is not None or self._store.unsent_draft(owner, held) is not None

    def send_next(self, owner: str) -> bool:
        """Take the owner's next save or deletion as far as it goes now; False where none is to be sent."""
        held = tuple(self._held)
        deleted = self._store.unsent_deletion(owner, held)
        draft = None if deleted else self._store.unsent_draft(owner, held)
        if deleted is None and draft is None:
            return False
        if self._link.probe(self._gateway):
            if deleted is not None:
                self._delete(deleted)
            elif draft is not None:
                self._save(draft)
        return True

    def release(self) -> None:
        """Try those that are held again."""
        self._held.clear()

    def held_until(self) -> Collection[datetime]:
        """When those that are held are due again."""
        return self._held.values()

    def _let_go(self) -> None:
        """Forget whose time is over; a rest longer than any means that the clock went back."""
        now = self._clock.now()
        self._held = {draft: until for draft, until in self._held.items() if now < until <= now + LONGEST_REST}

    def _save(self, draft: ApplicationRecord) -> None:
        try:
            saved = self._gateway.save_draft(draft)
        except YuyueError as error:
            self._hold(draft.id, error)
            if not error.is_retried and error.code is not Code.SIGN_IN_NEEDED:
                self._store.draft_refused(draft.id, error)
        else:
            self._answered()
            self._store.draft_sent(saved)

    def _delete(self, application_id: ApplicationId) -> None:
        """A repeat does no harm: what is gone at the gateway already counts as deleted."""
        try:
            self._gateway.delete_draft(application_id)
        except YuyueError as error:
            if error.is_retried or error.code in OFFLINE_CODES:
                self._hold(application_id, error)
                return
            self._answered()
            text = deletion_refused(error)
            self._store.deletion_refused(application_id, error.code.value, text, self._clock.now())
        else:
            self._answered()
            self._store.deletion_sent(application_id)

    def _answered(self) -> None:
        self._failures = 0
        self._link.answered()

    def _hold(self, application_id: ApplicationId, error: YuyueError) -> None:
        self._link.note(error)
        self._failures += 1
        rest = pause(self._failures, self._jitter(), wanted_pause_s(error)) if error.is_retried else LONGEST_REST
        self._held[application_id] = self._clock.now() + rest
