"""The days of one month to choose from, Monday first; knows no working calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.moment_text import weekday
from yuyue_desktop.ui.widgets.painting import panel, start

_CELL = 34
_DAYS = 7
_WEEKS = 6


def month_later(day: date, months: int) -> date:
    """The same day `months` further, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class MonthGrid(QWidget):
    """Shows the month of the chosen day; `picked` when a day is clicked."""

    picked = Signal(date)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chosen = date.min
        self._today = date.min
        self.setFixedSize(self.sizeHint())

    @property
    def chosen(self) -> date:
        """The chosen day."""
        return self._chosen

    def show_day(self, chosen: date, today: date) -> None:
        """Shows the month of `chosen`; `today` has a ring."""
        self._chosen = chosen
        self._today = today
        self.setAccessibleName(f"{chosen.year}年{chosen.month}月{chosen.day}日 {weekday(chosen)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_CELL * _DAYS, _CELL * (_WEEKS + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column, row = int(event.position().x()) // _CELL, int(event.position().y()) // _CELL - 1
        if 0 <= column < _DAYS and 0 <= row < _WEEKS:
            self.picked.emit(self._first() + timedelta(days=row * _DAYS + column))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.colour("ink3"))
        first = self._first()
        for column in range(_DAYS):
            cell = QRectF(column * _CELL, 0, _CELL, _CELL)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, weekday(first + timedelta(days=column))[1:])
        for index in range(_DAYS * _WEEKS):
            day = first + timedelta(days=index)
            cell = QRectF(index % _DAYS * _CELL, (index // _DAYS + 1) * _CELL, _CELL, _CELL).adjusted(2, 2, -2, -2)
            is_chosen = day == self._chosen
            if is_chosen:
                panel(painter, cell, Radius.FIELD, self._look.colour("accent"))
            elif day == self._today:
                panel(painter, cell, Radius.FIELD, None, self._look.colour("accent"), width=1.5)
            painter.setFont(self._look.font(Role.LABEL, bold=is_chosen))
            painter.setPen(self._look.colour(self._ink(day)))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _ink(self, day: date) -> str:
        if day == self._chosen:
            return "on_accent"
        return "ink" if day.month == self._chosen.month else "ink3"

    def _first(self) -> date:
        begin = self._chosen.replace(day=1)
        return begin - timedelta(days=begin.weekday())
