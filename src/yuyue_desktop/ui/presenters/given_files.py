"""Files that were given to the program from outside: kept until somebody works who can open them; reads none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

Open = Callable[[Sequence[Path]], object]


class GivenFiles(QObject):
    """`add` may be called from any thread; everything else happens on the window thread.

    `waiting_changed` carries how many wait for somebody to sign in.
    """

    waiting_changed = Signal(int)
    _added = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[Path] = []
        self._open: Open | None = None
        self._added.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many files wait for somebody to sign in."""
        return len(self._files)

    def add(self, files: Sequence[Path]) -> None:
        """Have files opened, now or once somebody has signed in."""
        if files:
            self._added.emit(list(files))

    def serve(self, open_files: Open) -> None:
        """Somebody works: what waits is opened, and what comes from now on at once."""
        self._open = open_files
        self._hand_on()

    def rest(self) -> None:
        """Nobody works: what comes from now on waits."""
        self._open = None

    def _take(self, files: list[Path]) -> None:
        self._files += files
        self._hand_on()

    def _hand_on(self) -> None:
        if self._open is not None and self._files:
            files, self._files = self._files, []
            self._open(files)
        self.waiting_changed.emit(self.waiting)
