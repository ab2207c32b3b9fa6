"""Says at a field what was left out of what was typed or pasted there (S10); goes by itself; knows no rule."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.callout import Callout

SHOWN_MS = 8000


class FieldNote(QObject):
    """One note at a time in a bubble at `field`; the next change there takes it away."""

    def __init__(self, look: Look, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._callout = Callout(look)
        self._is_new = False
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)

    @property
    def words(self) -> str:
        """What is said now, empty while nothing is."""
        return self._callout.words

    def say(self, title: str, advice: str, neighbours: tuple[QWidget, ...]) -> None:
        """Say it beside the field, without covering one of `neighbours`."""
        self._callout.show_at(self._field, title, advice, neighbours)
        self._is_new = True
        self._timer.start()
        announce(self._field, self._callout.words)

    def follow_change(self) -> None:
        """The text changed: what was said of the change before no longer holds."""
        if not self._is_new:
            self.hide()
        self._is_new = False

    def hide(self) -> None:
        """Say no more."""
        self._timer.stop()
        self._callout.hide()
