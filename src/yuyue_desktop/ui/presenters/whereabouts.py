"""Where the clerk is: the open tabs, the one in front, the field in it; brought back by the next start (B2).

Knows no application's content.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QObject, QTimer

from yuyue_desktop.ui.presenters.form_page import FormPage, form_place
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.widgets.focus import watch_focus

WHEREABOUTS = "open_tabs"
KEEP_AFTER_MS = 400


@dataclass(frozen=True, slots=True)
class Where:
    """`places` of the open tabs in order, `front` that of the one in front, `field` a name in its form."""

    places: Sequence[str] = ()
    front: str = ""
    field: str = ""


class Whereabouts(QObject):
    """Of one person: `recall` answers the last ones, `watch` keeps them up to date from then on."""

    def __init__(self, frame: ShellFrame, remembered: Remembered, person: str) -> None:
        super().__init__(frame)
        self._frame = frame
        self._remembered = remembered
        self._name = f"{WHEREABOUTS}:{person}"
        self._kept = self.recall()
        self._due = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._due.timeout.connect(self.keep)

    def recall(self) -> Where:
        """Where the person was the last time."""
        return read_where(self._remembered.text(self._name))

    def watch(self) -> None:
        """Follow the clerk from now on."""
        self._frame.page_chosen.connect(self._note_focus)
        self._frame.page_closed.connect(self.keep)
        watch_focus(self._note_focus)

    def keep(self) -> None:
        """Remember where the clerk is now."""
        self._due.stop()
        front = self._frame.page
        where = Where(
            [page.place for page in self._frame.pages],
            front.place if front is not None else "",
            front.focused_name if isinstance(front, FormPage) else "",
        )
        if where != self._kept:
            self._kept = where
            self._remembered.keep(self._name, json.dumps(asdict(where)))

    def _note_focus(self) -> None:
        if not self._due.isActive():
            self._due.start()


def read_where(text: str) -> Where:
    """What a setting says; earlier versions kept a list of applications' ids."""
    found = json.loads(text or "{}")
    if isinstance(found, list):
        return Where([form_place(application_id) for application_id in found])
    return Where(found.get("places", ()), found.get("front", ""), found.get("field", ""))
