"""Paints the week view: the day, its hours as blocks, the chosen window, now, until when; knows no calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from yuyue_desktop.domain.calendar import DAY_MINUTES, clock_text
from yuyue_desktop.domain.deadline import WINDOW_LENGTH
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.pages.contents import Block, BlockKind, CalendarDay
from yuyue_desktop.ui.pages.due_row import INKS, SIGNS
from yuyue_desktop.ui.pages.week_model import Index, WeekColumn, WeekModel
from yuyue_desktop.ui.pages.week_patterns import needs_plate, paint_block
from yuyue_desktop.ui.tables.rows import Urgency
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel

WINDOW_MINUTES = int(WINDOW_LENGTH.total_seconds()) // 60
HOURS_STEP = 2
"""An hour line every so many hours."""

SIDE = 12
"""Room at both ends of the hours, so that 00 and 24 can stand under their lines."""

_BLOCK_EDGE = 8
_INKS = {
    BlockKind.PAST: "ink2",
    BlockKind.WORKING: "ink2",
    BlockKind.BOOKABLE: "green",
    BlockKind.TOO_LATE: "red",
    BlockKind.UNKNOWN: "ink2",
    BlockKind.GAP: "ink2",
    BlockKind.DRAFT: "on_accent",
}
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(slots=True)
class Chosen:
    """The window under the keyboard: row of its day, start in minutes after midnight; row -1 for none."""

    row: int = -1
    start: int = 0


@dataclass(slots=True)
class Present:
    """The gateway's clock, None while it is not to be shown."""

    now: datetime | None = None


def hour_place(hours: QRectF, minutes: float) -> float:
    """Where a minute of the day lies across."""
    return hours.left() + SIDE + (hours.width() - 2 * SIDE) * minutes / DAY_MINUTES


class WeekPainter(QStyledItemDelegate):
    """One painter per week view; `chosen` and `present` are the view's."""

    def __init__(self, look: Look, chosen: Chosen, present: Present, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._chosen = chosen
        self._present = present

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, WeekModel):
            return
        day = model.days[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        if day.is_today:
            painter.fillRect(rect, self._look.colour("zebra"))
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), self._look.colour("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match WeekColumn(index.column()):
            case WeekColumn.DAY:
                self._paint_day(painter, rect, day)
            case WeekColumn.HOURS:
                self._paint_hours(painter, rect, day, is_chosen=index.row() == self._chosen.row)
            case WeekColumn.LATEST:
                self._paint_latest(painter, rect, day)
        if QStyle.StateFlag(option.state) & QStyle.StateFlag.State_HasFocus:
            ring = rect.adjusted(2, 2, -2, -2)
            panel(painter, ring, Radius.FIELD, None, self._look.colour("accent"), width=FOCUS_WIDTH)
        painter.restore()

    def _paint_day(self, painter: QPainter, rect: QRectF, day: CalendarDay) -> None:
        if day.is_today:
            painter.fillRect(QRectF(rect.left(), rect.top() + 1, 3, rect.height() - 1), self._look.colour("accent"))
        room = rect.adjusted(Space.L, 0, 0, 0)
        self._write_pair(painter, room, (day.title, "ink", True), (day.note, "accent" if day.is_today else "ink2"))

    def _paint_latest(self, painter: QPainter, rect: QRectF, day: CalendarDay) -> None:
        ink = INKS[day.urgency]
        painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), self._look.colour("line"))
        sign = QRectF(rect.left() + Space.L, rect.center().y() - 18, 15, 15)
        self._look.icons.paint(painter, SIGNS[day.urgency], sign, ink, 1.6)
        room = rect.adjusted(Space.L + 20, 0, -Space.XS, 0)
        is_bold = day.urgency is not Urgency.CALM
        self._write_pair(painter, room, (day.latest, ink, is_bold), (day.detail, "ink2"), upper=Role.LABEL)

    def _write_pair(
        self,
        painter: QPainter,
        room: QRectF,
        first: tuple[str, str, bool],
        second: tuple[str, str],
        upper: Role = Role.BODY,
    ) -> None:
        middle = room.center().y()
        words, colour, is_bold = first
        for top, text, role, ink, bold in (
            (middle - 22, words, upper, colour, is_bold),
            (middle, second[0], Role.CAPTION, second[1], False),
        ):
            font = self._look.font(role, bold=bold)
            painter.setFont(font)
            painter.setPen(self._look.colour(ink))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRectF(room.left(), top, room.width() + 2, 22), _LEFT, shown)

    def _paint_hours(self, painter: QPainter, rect: QRectF, day: CalendarDay, *, is_chosen: bool) -> None:
        line = self._look.colour("line")
        for hour in range(0, 25, HOURS_STEP):
            painter.fillRect(QRectF(round(hour_place(rect, hour * 60)), rect.top() + 1, 1, rect.height() - 1), line)
        for block in day.blocks:
            self._paint_block(painter, self._place(rect, block.opens, block.closes), block)
        if is_chosen:
            self._paint_chosen(painter, rect)
        if day.is_today and self._present.now is not None:
            self._paint_now(painter, rect, self._present.now)

    def _place(self, rect: QRectF, opens: int, closes: int) -> QRectF:
        left, right = hour_place(rect, opens), hour_place(rect, min(closes, DAY_MINUTES))
        return QRectF(
            round(left) + 1, rect.top() + _BLOCK_EDGE, round(right - left) - 1, rect.height() - 2 * _BLOCK_EDGE
        )

    def _paint_block(self, painter: QPainter, place: QRectF, block: Block) -> None:
        paint_block(painter, self._look, place, block.kind)
        font = self._look.font(Role.CAPTION, bold=block.kind is BlockKind.DRAFT)
        lines = _fitting(block.text, QFontMetricsF(font), place)
        if not lines:
            return
        painter.setFont(font)
        if needs_plate(self._look, block.kind):
            width = QFontMetricsF(font).horizontalAdvance(lines[0]) + Space.M
            plate = QRectF(place.center().x() - width / 2, place.center().y() - 10, width, 20)
            panel(painter, plate, 4, self._look.colour("surface"))
        painter.setPen(self._look.colour(_INKS[block.kind]))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def _paint_chosen(self, painter: QPainter, rect: QRectF) -> None:
        start = self._chosen.start
        place = self._place(rect, start, start + WINDOW_MINUTES)
        panel(painter, place, 4, self._look.colour("surface"))
        accent = self._look.colour("accent")
        panel(painter, place, 4, None, accent, width=FOCUS_WIDTH, is_dashed=True)
        font = self._look.font(Role.CAPTION)
        painter.setFont(font)
        painter.setPen(accent)
        lines = _fitting(f"{clock_text(start)}\n选中", QFontMetricsF(font), place)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def _paint_now(self, painter: QPainter, rect: QRectF, now: datetime) -> None:
        at = hour_place(rect, now.hour * 60 + now.minute)
        painter.setPen(QPen(self._look.colour("ink"), 1.6))
        painter.drawLine(QPointF(at, rect.top() + 4), QPointF(at, rect.bottom() - 3))
        font = self._look.font(Role.KEY, bold=True)
        words = f"现在 {now:%H:%M}"
        width = QFontMetricsF(font).horizontalAdvance(words) + Space.L
        left = min(max(at - width / 2, rect.left() + 2), rect.right() - width - 2)
        plate = QRectF(left, rect.top() + 1, width, 17)
        panel(painter, plate, 8.5, self._look.colour("ink"))
        painter.setFont(font)
        painter.setPen(self._look.colour("surface"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def _fitting(text: str, metrics: QFontMetricsF, place: QRectF) -> list[str]:
    """As many lines as there is height for, whole or by their first word: a cut time would be a wrong time."""
    lines = text.split("\n")[: max(1, int(place.height() // metrics.height()))] if text else []
    room = place.width() - Space.XS
    if all(metrics.horizontalAdvance(line) <= room for line in lines):
        return lines
    first = lines[0].split(" ")[0]
    return [first] if metrics.horizontalAdvance(first) <= room else []
