"""What is written at one application and sent nowhere yet, brought to the disk like a draft (B2); judges nothing."""

from __future__ import annotations

from concurrent.futures import Future

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.ports import Clock, StoreReader, StoreWriter


class Notebook:
    """Of one person at one application; belongs to the window thread."""

    def __init__(
        self, application_id: ApplicationId, person: str, *, reader: StoreReader, writer: StoreWriter, clock: Clock
    ) -> None:
        self._application_id = application_id
        self._person = person
        self._writer = writer
        self._clock = clock
        self._jotting = reader.jotting(application_id, person)
        self._is_changed = False
        self._saving: Future[None] | None = None

    @property
    def jotting(self) -> Jotting:
        """What is written now."""
        return self._jotting

    @property
    def is_unsaved(self) -> bool:
        """Whether anything of it is not yet on the disk."""
        return self._is_changed or self._saving is not None

    def write(self, jotting: Jotting) -> None:
        """Take over what is written now."""
        if jotting != self._jotting:
            self._jotting = jotting
            self._is_changed = True

    def flush(self) -> Future[None] | None:
        """Bring it to the disk; None when it is there already. Fails with STORE_*."""
        if self._is_changed:
            self._is_changed = False
            self._saving = self._writer.keep_jotting(
                self._application_id, self._person, self._jotting, self._clock.now()
            )
        return self._saving

    def note_saved(self, saving: Future[None]) -> None:
        """A commit returned."""
        if saving is self._saving:
            self._saving = None

    def note_failed(self) -> None:
        """A commit failed: what is written is still here and counts as unsaved."""
        self._is_changed, self._saving = True, None
