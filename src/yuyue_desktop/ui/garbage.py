"""Collects Python's garbage on the window thread alone; knows no widget.

Python collects cycles on whatever thread happens to allocate. A widget that a worker's collection took apart would be
destroyed on the wrong thread, and Qt would crash the process later, far from the cause.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 500


class GarbageCollection(QObject):
    """From its making until the program ends the automatic collection is off, and this one looks regularly."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()


def collect_what_is_due() -> int:
    """Collect the oldest generation whose time has come, by Python's own thresholds; answers which, -1 for none."""
    due = [
        age for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
    ]
    if not due:
        return -1
    gc.collect(due[-1])
    return due[-1]
