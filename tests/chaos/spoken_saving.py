"""A form's saving that says of each commit how long it took and what the time went to (B2); saves as the form does.

The store thread's own word counts, at its commit: the window thread hears of it later, and perhaps of several at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.services.notebook import Notebook
from yuyue_desktop.ui.presenters.form_saving import FormSaving
from yuyue_desktop.ui.presenters.surface import Surface

STORE_THREAD = "store"


class SpokenSaving(FormSaving):
    """Says at each commit when the first key in it was typed and when it was asked for."""

    def __init__(
        self, surface: Surface, editing: Editing, notebook: Notebook, parent: QObject, say: Callable[..., None]
    ) -> None:
        self._edited = editing
        self._say = say
        self._first: tuple[float, float] | None = None
        """Of the first key that no save was asked for yet: its moment, and the window thread's count then."""
        super().__init__(surface, editing, notebook, parent)

    def note_change(self) -> None:
        """Something was typed."""
        if self._edited.is_unsaved and self._first is None:
            self._first = (time.monotonic(), _starved_s(threading.get_native_id()))
        super().note_change()

    def flush(self, then: Callable[[], object] | None = None) -> None:
        """Ask for the save."""
        first, self._first = self._first, None
        if first is None:
            super().flush(then)
            return
        typed_at, began_s = first
        asked_at = time.monotonic()
        starved_s = _starved_s(threading.get_native_id()) - began_s
        store = next((each for each in threading.enumerate() if each.name.startswith(STORE_THREAD)), None)
        before_s = _starved_s(store.native_id) if store else 0.0
        super().flush(then)

        def kept(saving: Future[ApplicationRecord]) -> None:
            if saving.exception() is None:
                starved = (starved_s, _starved_s(store.native_id) - before_s if store else 0.0)
                self._say("committed", id=self._edited.id, typed_at=typed_at, asked_at=asked_at, starved_s=starved)

        saving = self._edited.flush()  # the one under way: there is nothing else to save by now
        if saving is not None:
            saving.add_done_callback(kept)


def _starved_s(thread: int | None) -> float:
    """How long a thread of this process could have run and was given no processor, ever since; 0.0 once it is gone."""
    try:
        return int(Path(f"/proc/self/task/{thread}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0
