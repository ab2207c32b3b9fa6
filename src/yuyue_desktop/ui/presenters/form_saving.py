"""Brings what is typed into one form to the disk within a second, and goes on while the disk refuses it (B2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.services.notebook import Notebook
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.widgets.focus import watch_focus

SAVE_AFTER_MS = 200
"""A first unsaved change is on its way to the disk after this long, whatever else is typed meanwhile (B2: 1 s)."""
RETRY_AFTER_MS = 2000
"""How long after a save that failed (disk full, file locked) the next one is tried."""

Result = TypeVar("Result")


class FormSaving(QObject):
    """`kept` carries the moment of a draft's commit, `failed` a YuyueError.

    `changed` comes when what is saved or not saved has changed.

    A save that fails is told once in a dialog and in `trouble` for as long as it lasts.
    """

    kept = Signal(object)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, surface: Surface, editing: Editing, notebook: Notebook, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._editing = editing
        self._notebook = notebook
        self._is_ended = False
        self.trouble: YuyueError | None = None
        self._due = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_AFTER_MS)
        self._due.timeout.connect(self.flush)
        self._retry.timeout.connect(self.flush)
        watch_focus(self._focus_moved)
        self.note_change()  # a copy, or what an earlier tab could not save

    @property
    def is_unsaved(self) -> bool:
        """Whether anything must still go to the disk."""
        return not self._is_ended and (self._editing.is_unsaved or self._notebook.is_unsaved)

    def note_change(self) -> None:
        """Something was typed."""
        if self.is_unsaved and not self._due.isActive():
            self._due.start()

    def end(self) -> None:
        """The draft is gone: nothing of it is to be saved any more."""
        self._is_ended = True
        self._due.stop()
        self._retry.stop()

    def flush(self, then: Callable[[], object] | None = None) -> None:
        """Bring what is typed to the disk; `then` is called once it is there, or at once if it is already."""
        self._due.stop()
        self._retry.stop()
        record = None if self._is_ended else self._editing.flush()
        jotted = None if self._is_ended else self._notebook.flush()
        is_asked = then is not None

        def record_kept() -> None:
            self._when_kept(jotted, self._note_jotted, self._notebook.note_failed, all_kept, is_asked=is_asked)

        def all_kept() -> None:
            if (record is not None or jotted is not None) and not self.is_unsaved:
                self.trouble = None
                self.changed.emit()
            if then is not None:
                then()

        self._when_kept(record, self._note_record, self._editing.note_failed, record_kept, is_asked=is_asked)

    def _when_kept(
        self,
        saving: Future[Result] | None,
        note: Callable[[Future[Result]], object],
        note_failed: Callable[[], object],
        then: Callable[[], object],
        *,
        is_asked: bool,
    ) -> None:
        if saving is None:
            then()
            return

        def kept(_result: Result) -> None:
            note(saving)
            then()

        def failed(error: YuyueError) -> None:
            note_failed()
            self._failed(error, is_asked=is_asked)

        self._surface.bridge.when_done(saving, kept, failed, whose=self)

    def _note_record(self, saving: Future[ApplicationRecord]) -> None:
        record = saving.result()
        self._editing.note_saved(record)
        self.kept.emit(record.saved_at)
        self.changed.emit()

    def _note_jotted(self, saving: Future[None]) -> None:
        self._notebook.note_saved(saving)

    def _failed(self, error: YuyueError, *, is_asked: bool) -> None:
        is_news = self.trouble is None or self.trouble.code is not error.code
        self.trouble = error
        self._retry.start()
        self.changed.emit()
        self.failed.emit(error)
        if is_news or is_asked:
            self._surface.tell(error)

    def _focus_moved(self) -> None:
        if self._due.isActive():
            self.flush()
