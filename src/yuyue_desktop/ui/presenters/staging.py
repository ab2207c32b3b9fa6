"""Files on their way into a list (S19): one after another, each judged before any is saved; knows no dialog."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.ui.event_bridge import EventBridge

MOST_STAGED = 20
"""What is dropped beyond this is not looked at: a whole folder of files is a slip of the hand."""


@dataclass(slots=True)
class Staged:
    """A file: waiting without anything, under way with `taking`, then `attachment` or `error`."""

    key: int
    path: Path
    attachment: Attachment | None = None
    error: YuyueError | None = None
    taking: Future[Attachment] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether its verdict is known."""
        return self.attachment is not None or self.error is not None


class Staging(QObject):
    """Begins with the files that are there; `changed` after each step, `settled` when every verdict is known."""

    changed = Signal()
    settled = Signal()

    def __init__(
        self, bridge: EventBridge, attaching: Attaching, present: Sequence[Attachment], most: int | None = None
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._attaching = attaching
        self._most = most
        self._keys = count()
        self.files = [Staged(next(self._keys), Path(file.name), file) for file in present]
        self.passed_over = 0

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What would be saved."""
        return tuple(file.attachment for file in self.files if file.attachment is not None)

    @property
    def is_busy(self) -> bool:
        """Whether a verdict is still to come."""
        return not all(file.is_settled for file in self.files)

    @property
    def has_refused(self) -> bool:
        """Whether a file was not taken."""
        return self.passed_over > 0 or any(file.error is not None for file in self.files)

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in behind those that are there."""
        room = max(MOST_STAGED - len(self.files), 0)
        self.passed_over = max(len(paths) - room, 0)
        self.files += [Staged(next(self._keys), path) for path in paths[:room]]
        self._next()

    def remove(self, key: int) -> None:
        """Leave a file out, also one that is under way."""
        for file in [file for file in self.files if file.key == key]:
            self.files.remove(file)
            if file.taking is not None:
                file.taking.cancel()
        self._next()

    def drop_all(self) -> None:
        """Nobody wants them any more."""
        for file in self.files:
            if file.taking is not None:
                file.taking.cancel()
        self.files.clear()

    def find(self, key: int) -> Attachment | None:
        """A file that was taken."""
        return next((file.attachment for file in self.files if file.key == key), None)

    def _next(self) -> None:
        """Begin with the next one, unless one is under way."""
        waiting = [file for file in self.files if not file.is_settled]
        if waiting and waiting[0].taking is None:
            self._begin(waiting[0])
        self.changed.emit()
        if not waiting:
            self.settled.emit()

    def _begin(self, file: Staged) -> None:
        def taken(attachment: Attachment) -> None:
            file.attachment = attachment
            self._ended(file)

        def refused(error: YuyueError) -> None:
            file.error = error
            self._ended(file)

        file.taking = self._attaching.add(self.attachments, file.path, self._most)
        self._bridge.when_done(file.taking, taken, refused, whose=self)

    def _ended(self, file: Staged) -> None:
        file.taking = None
        if file in self.files:
            self._next()
