"""The week view (B3): days down, hours across; arrows move the window by half an hour and by a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from yuyue_desktop.domain.calendar import DAY_MINUTES, moment
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import CalendarDay
from yuyue_desktop.ui.pages.week_model import WeekColumn, WeekModel
from yuyue_desktop.ui.pages.week_painter import (
    HOURS_STEP,
    SIDE,
    WINDOW_MINUTES,
    Chosen,
    Present,
    WeekPainter,
    hour_place,
)

STEP_MINUTES = 30

_HEAD_HEIGHT = 30
_DAY_WIDTH = 112
_LATEST_WIDTH = 190
_LARGE_SHARE = 1.15
_LEAST_ROW = 46


class WeekView(QTableView):
    """`moved` carries the start of the window that is now chosen, `accepted` that of the one taken by Enter.

    `other_asked` comes with Space: another draft is to be moved.
    """

    moved = Signal(datetime)
    accepted = Signal(datetime)
    other_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chosen = Chosen()
        self._present = Present()
        self._days = WeekModel()
        self.setModel(self._days)
        self.setItemDelegate(WeekPainter(look, self._chosen, self._present, self))
        self.setHorizontalHeader(_WeekHead(look, self))
        self.setAccessibleName("口岸工作时间，周视图")
        self.setAccessibleDescription("左右键移动时段，上下键换一天，空格换一份草稿，回车选用")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        look.changed.connect(self._dress)
        self._dress()

    @property
    def chosen(self) -> datetime | None:
        """Start of the chosen window, None while none is."""
        if not 0 <= self._chosen.row < len(self._days.days):
            return None
        return moment(self._days.days[self._chosen.row].day, self._chosen.start)

    def show_days(self, days: Sequence[CalendarDay], now: datetime | None) -> None:
        """Show these days; the chosen window stays if its day does."""
        before = self.chosen
        self._present.now = now
        self._days.show_days(days)
        self._chosen.row = -1
        if before is not None:
            self.choose(before)
        self._fit()
        self.viewport().update()

    def choose(self, start: datetime) -> None:
        """Put the window at a moment; one of a day that is not shown chooses nothing."""
        row = next((row for row, day in enumerate(self._days.days) if day.day == start.date()), -1)
        self._chosen.row, self._chosen.start = row, start.hour * 60 + start.minute
        if row >= 0:
            self.setCurrentIndex(self._days.index(row, WeekColumn.HOURS))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: timedelta(minutes=-STEP_MINUTES),
            Qt.Key.Key_Right: timedelta(minutes=STEP_MINUTES),
            Qt.Key.Key_Up: timedelta(days=-1),
            Qt.Key.Key_Down: timedelta(days=1),
        }
        chosen = self.chosen
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._move_to(chosen + step if chosen else self._first())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.accepted.emit(chosen)
        elif event.key() == Qt.Key.Key_Space:
            self.other_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        start = self._at(event.position().toPoint())
        if start is not None:
            self._move_to(start)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        start = self._at(event.position().toPoint())
        if start is not None:
            self.accepted.emit(start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _move_to(self, start: datetime | None) -> None:
        if start is None or not any(day.day == start.date() for day in self._days.days):
            return
        self.choose(start)
        self.moved.emit(start)

    def _first(self) -> datetime | None:
        """Where the arrows begin: noon of the first day shown."""
        return moment(self._days.days[0].day, DAY_MINUTES // 2) if self._days.days else None

    def _at(self, point: QPoint) -> datetime | None:
        """The window whose middle is nearest to a point, on half hours."""
        index = self.indexAt(point)
        if not index.isValid() or index.column() != WeekColumn.HOURS:
            return None
        hours = QRectF(self.visualRect(index))
        minutes = (point.x() - hours.left() - SIDE) / (hours.width() - 2 * SIDE) * DAY_MINUTES - WINDOW_MINUTES / 2
        start = round(minutes / STEP_MINUTES) * STEP_MINUTES
        return moment(self._days.days[index.row()].day, min(max(start, 0), DAY_MINUTES - STEP_MINUTES))

    def _fit(self) -> None:
        share = _LARGE_SHARE if self._look.is_large else 1
        day, latest = round(_DAY_WIDTH * share), round(_LATEST_WIDTH * share)
        self.setColumnWidth(WeekColumn.DAY, day)
        self.setColumnWidth(WeekColumn.LATEST, latest)
        self.setColumnWidth(WeekColumn.HOURS, max(self.viewport().width() - day - latest, 1))
        count = max(len(self._days.days), 1)
        height = max(self.viewport().height() // count, round(_LEAST_ROW * share))
        self.verticalHeader().setDefaultSectionSize(height)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._look.colour("surface"))
        self.setPalette(palette)
        self._fit()


class _WeekHead(QHeaderView):
    """The hours, and what the last column says."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFixedHeight(_HEAD_HEIGHT)
        look.changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, self._look.colour("surface"))
        painter.setPen(self._look.colour("ink2"))
        if section == WeekColumn.HOURS:
            painter.setFont(self._look.font(Role.KEY))
            for hour in range(0, 25, HOURS_STEP):
                middle = hour_place(QRectF(rect), hour * 60)
                place = QRectF(middle - 20, rect.top() + 6, 40, 18)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{hour:02d}")
        elif section == WeekColumn.LATEST:
            painter.setFont(self._look.font(Role.CAPTION))
            words = QRectF(rect).adjusted(Space.L, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "约这一天，最迟何时申报")
        painter.restore()
