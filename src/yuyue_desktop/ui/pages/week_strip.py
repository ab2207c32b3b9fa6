"""Seven days of bookable time, small, on the start page; knows no calendar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.pages.contents import BlockKind, StripDay
from yuyue_desktop.ui.pages.week_patterns import paint_block
from yuyue_desktop.ui.widgets.painting import panel, start

_HEAD = 24
_BAR = 54
_FOOT = 18
_GAP = 4
_DAY_MINUTES = 24 * 60
_DRAFT_MINUTES = 120


class WeekStrip(QWidget):
    """A column per day: working time dark, bookable green, past hatched, drafts blue; said in words as its name."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._days: tuple[StripDay, ...] = ()
        self.setFixedHeight(_HEAD + _BAR + _FOOT)
        look.changed.connect(self.update)

    def show_days(self, days: Sequence[StripDay]) -> None:
        """Show these days."""
        self._days = tuple(days)
        sentences = [day.sentence or f"{day.number} 日 {day.weekday}" for day in days]
        self.setAccessibleName("。".join(sentences))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        width = self.width() / max(len(self._days), 1)
        for place, day in enumerate(self._days):
            self._paint_day(painter, QRectF(place * width, 0, width, self.height()), day)

    def _paint_day(self, painter: QPainter, room: QRectF, day: StripDay) -> None:
        head = QRectF(room.left(), 0, room.width(), _HEAD - 4)
        if day.is_today:
            panel(painter, QRectF(head.center().x() - 13, 0, 26, head.height()), 6, self._look.colour("accent"))
        painter.setFont(self._look.font(Role.CAPTION, bold=day.is_today))
        painter.setPen(self._look.colour("on_accent" if day.is_today else "ink2"))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, day.number)
        bar = QRectF(room.left() + _GAP, _HEAD, room.width() - 2 * _GAP, _BAR)
        kind = BlockKind.UNKNOWN if not day.is_known else BlockKind.BOOKABLE if day.is_open else BlockKind.PAST
        paint_block(painter, self._look, bar, kind, radius=3, is_wordless=True)
        for opens, closes in day.working:
            painter.fillRect(_part(bar, opens, closes).adjusted(1, 0, -1, 0), self._look.colour("field_line"))
        for begins in day.drafts:
            draft = _part(bar, begins, begins + _DRAFT_MINUTES)
            panel(painter, draft.adjusted(1, 0, -1, 1), 1.5, self._look.colour("accent"))
        painter.setFont(self._look.font(Role.KEY))
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(
            QRectF(room.left(), _HEAD + _BAR, room.width(), _FOOT), Qt.AlignmentFlag.AlignCenter, day.weekday
        )


def _part(bar: QRectF, opens: int, closes: int) -> QRectF:
    top = bar.top() + bar.height() * opens / _DAY_MINUTES
    bottom = bar.top() + bar.height() * min(closes, _DAY_MINUTES) / _DAY_MINUTES
    return QRectF(bar.left(), top, bar.width(), bottom - top)
