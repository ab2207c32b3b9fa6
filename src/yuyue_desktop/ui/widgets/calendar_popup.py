"""The calendar that drops from a date or moment field; all its keys come from that field; knows no working time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.floating import SHADOW, Floating
from yuyue_desktop.ui.widgets.moment_text import day_moment_text, day_text
from yuyue_desktop.ui.widgets.month_grid import MonthGrid, month_later
from yuyue_desktop.ui.widgets.text import Text

_NEVER = datetime(1970, 1, 1)  # before the first opening
_TIME_STEP = timedelta(minutes=30)
_DAY_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTH_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_TIME_STEPS = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1}


class CalendarPopup(Floating):
    """A month and, with `has_time`, a time in steps of half an hour; `taken` carries the moment."""

    taken = Signal(datetime)
    moved = Signal(str)

    def __init__(self, look: Look, window: QWidget, *, has_time: bool) -> None:
        super().__init__(look, window)
        self._has_time = has_time
        self._moment = _NEVER
        self._today = date.min
        self._title = Text(look, "", Role.SECTION, is_bold=True)
        self._grid = MonthGrid(look)
        self._time = Text(look, "", Role.SECTION, is_bold=True)
        self._grid.picked.connect(self._pick_day)
        self._lay_out(look)

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        edge = SHADOW + 12
        column.setContentsMargins(edge, edge, edge, SHADOW + 8)
        column.setSpacing(6)
        column.addLayout(self._stepper(look, self._title, ("上个月", "下个月"), self._move_months))
        column.addWidget(self._grid)
        if self._has_time:
            column.addLayout(self._stepper(look, self._time, ("早半小时", "晚半小时"), self._move_time))
        keys = "方向键选日 · PgUp PgDn 换月" + (" · ＋ － 改时间" if self._has_time else "")
        column.addWidget(Text(look, keys, Role.CAPTION, "ink3"))
        column.addWidget(Text(look, "Enter 选中 · Esc 收起", Role.CAPTION, "ink3"))

    def open_at(self, field: QWidget, moment: datetime, today: date) -> None:
        """Shows the popup at `field` with `moment` chosen."""
        self._today = today
        self._show(moment)
        self.show_at(field, self.sizeHint() - QSize(2 * SHADOW, 2 * SHADOW))

    def take_key(self, event: QKeyEvent) -> bool:
        """Acts on a key typed in the field; every key is taken while the calendar is in view but Tab."""
        key = Qt.Key(event.key())
        if key in _DAY_STEPS:
            self._show(self._moment + timedelta(days=_DAY_STEPS[key]))
        elif key in _MONTH_STEPS:
            self._move_months(_MONTH_STEPS[key])
        elif key in _TIME_STEPS and self._has_time:
            self._move_time(_TIME_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _take(self) -> None:
        self.hide()
        self.taken.emit(self._moment)

    def _pick_day(self, day: date) -> None:
        self._show(datetime.combine(day, self._moment.time()))
        if not self._has_time:
            self._take()

    def _move_months(self, months: int) -> None:
        self._show(datetime.combine(month_later(self._moment.date(), months), self._moment.time()))

    def _move_time(self, steps: int) -> None:
        self._show(self._moment + steps * _TIME_STEP)

    def _show(self, moment: datetime) -> None:
        self._moment = moment
        self._title.setText(f"{moment.year}年{moment.month}月")
        self._time.setText(f"{moment:%H:%M}")
        self._grid.show_day(moment.date(), self._today)
        self.moved.emit(day_moment_text(moment) if self._has_time else day_text(moment))

    def _stepper(self, look: Look, text: Text, names: tuple[str, str], move: Callable[[int], None]) -> QHBoxLayout:
        row = QHBoxLayout()
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for icon, name, step in (("left", names[0], -1), ("right", names[1], 1)):
            button = Button(look, "", ButtonKind.GHOST, icon=icon, name=name, is_small=True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(move, step))
            row.addWidget(button)
        row.insertWidget(1, text, 1)
        return row
