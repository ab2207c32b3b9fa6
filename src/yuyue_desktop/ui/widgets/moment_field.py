"""A field for a moment to the minute, or for a day (S16, S33, S34), typed in many shapes or picked in a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.calendar_popup import CalendarPopup
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.moment_text import moment_text, read_day, read_moment

_FIRST_TIME = time(9, 0)


class MomentField(Field):
    """`moment_changed` carries the datetime, or None while what is typed is no moment (`text` then tells what).

    Space (in an empty or settled field), F4 and the arrow down open the calendar; Backspace clears a settled value
    whole. Without `has_time` a day is meant and its moment is at 00:00. `now` is the gateway's clock.
    """

    moment_changed = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        now: Callable[[], datetime],
        *,
        kind: Kind = Kind.REQUIRED,
        hint: str = "",
        placeholder: str = "",
        has_time: bool = True,
    ) -> None:
        super().__init__(look, name, kind=kind, hint=hint, placeholder=placeholder, is_narrow=True)
        self._now = now
        self._has_time = has_time
        self._moment: datetime | None = None
        self._popup: CalendarPopup | None = None
        self.add_tool("calendar", f"{name}：打开日历").clicked.connect(self._toggle)
        self.editor.add_key_taker(self._take_key)
        self.edited.connect(self._read)

    @property
    def moment(self) -> datetime | None:
        """The moment in the field, None while there is none."""
        return self._moment

    @property
    def is_open(self) -> bool:
        """Whether the calendar is in view."""
        return self._popup is not None and self._popup.isVisible()

    def set_moment(self, moment: datetime | None) -> None:
        """Shows a moment that the clerk did not type."""
        self._moment = moment
        self.set_text("" if moment is None else self._shown(moment))
        self.editor.is_whole = moment is not None

    def open(self) -> None:
        """Opens the calendar at the field's moment, else at tomorrow morning (a day: today)."""
        if self._popup is None or self._popup.parentWidget() is not self.window():
            self._popup = CalendarPopup(self._look, self.window(), has_time=self._has_time)
            self._popup.taken.connect(self._take)
            self._popup.moved.connect(lambda sentence: announce(self.editor, sentence))
        self._popup.open_at(self, self._moment or self._first_offer(), self._now().date())

    def _first_offer(self) -> datetime:
        today = self._now().date()
        if not self._has_time:
            return datetime.combine(today, time())
        return datetime.combine(today + timedelta(days=1), _FIRST_TIME)

    def _shown(self, moment: datetime) -> str:
        return moment_text(moment) if self._has_time else f"{moment:%Y-%m-%d}"

    def _read(self, text: str) -> None:
        self.editor.is_whole = False
        self._change(self._meant(text))

    def _meant(self, text: str) -> datetime | None:
        today = self._now().date()
        if self._has_time:
            return read_moment(text, today)
        day = read_day(text, today)
        return None if day is None else datetime.combine(day, time())

    def _change(self, moment: datetime | None) -> None:
        if moment != self._moment:
            self._moment = moment
            self.moment_changed.emit(moment)

    def _take(self, moment: datetime) -> None:
        self.editor.replace_all(self._shown(moment))
        self.edited.emit(self.text)
        self.editor.is_whole = True

    def _settle(self) -> None:
        if self._popup is not None:
            self._popup.hide()
        if self._moment is not None and not self.editor.isReadOnly():
            self._settle_text(self._shown(self._moment))
            self.editor.is_whole = True
        super()._settle()

    def _settle_text(self, text: str) -> None:
        if text != self.text:
            self.editor.replace_all(text)

    def _toggle(self) -> None:
        self.editor.setFocus()
        if self.is_open and self._popup is not None:
            self._popup.hide()
        else:
            self.open()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.editor.isReadOnly():
            return False
        if self.is_open and self._popup is not None:
            return self._popup.take_key(event)
        key = event.key()
        is_free = not self.text or self.editor.is_whole
        is_asked = key in (Qt.Key.Key_Down, Qt.Key.Key_F4) or (key == Qt.Key.Key_Space and is_free)
        if is_asked:
            self.open()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
        return is_asked
