"""Two days, from and to, side by side; knows no query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.text import Text

_GAP = 6


class SpanFields(QWidget):
    """`changed` comes with every change of a day; what is typed and is no day counts as none."""

    changed = Signal()

    def __init__(
        self, look: Look, name: str, now: Callable[[], datetime], *, kind: Kind = Kind.OPTIONAL, hint: str = ""
    ) -> None:
        super().__init__()
        self.first = MomentField(look, f"{name} 起", now, kind=kind, hint=hint, placeholder="起", has_time=False)
        self.last = MomentField(look, f"{name} 止", now, kind=kind, hint=hint, placeholder="止", has_time=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.first, 1)
        row.addWidget(Text(look, "至", Role.LABEL, "ink2"))
        row.addWidget(self.last, 1)
        for field in (self.first, self.last):
            field.moment_changed.connect(lambda _moment: self.changed.emit())
        self.setFocusProxy(self.first)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """From and to, None where none is given."""
        first, last = self.first.moment, self.last.moment
        return (first.date() if first else None, last.date() if last else None)

    @property
    def unread(self) -> MomentField | None:
        """The first of both where something is typed and is no day."""
        return next((field for field in (self.first, self.last) if field.text and field.moment is None), None)

    def show_days(self, first: date | None, last: date | None) -> None:
        """Show a span that the clerk did not type."""
        for field, day in ((self.first, first), (self.last, last)):
            field.set_moment(datetime.combine(day, time()) if day else None)

    def set_problem(self, condition: Condition, message: str = "") -> None:
        """Say what is wrong with the span: at the day that can't be read, else at both."""
        for field in (self.first, self.last):
            is_meant = self.unread in (None, field) or condition is Condition.FINE
            field.set_problem(condition if is_meant else Condition.FINE, message if is_meant else "")
