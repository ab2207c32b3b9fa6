"""Moments from top to bottom with what each means, e.g. now, latest, closing, window; knows no time rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.text import Text

_GAP = 6


class Knot(StrEnum):
    """The sign of a moment: a ring passes by, a diamond is the limit, a square is the goal."""

    RING = "ring"
    DIAMOND = "diamond"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One moment: `colour` is a token for diamond, moment and the line that leads to it; `is_main` makes it bold."""

    label: str
    moment: str
    note: str = ""
    knot: Knot = Knot.RING
    colour: str = "ink2"
    is_main: bool = False

    @property
    def sentence(self) -> str:
        """The moment as it is read aloud."""
        return "，".join(part for part in (self.label, self.moment, self.note) if part)


class _Track(QWidget):
    """The sign of one moment and the line down to the next: solid while that time still runs, else dashed."""

    _MIDDLE = 11.0

    def __init__(self, look: Look, point: TimePoint, next_point: TimePoint | None, *, is_running: bool) -> None:
        super().__init__()
        self._look = look
        self._point = point
        self._next = next_point
        self._is_running = is_running
        self.setFixedWidth(16)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        if self._next is not None:
            colour = self._look.colour(self._next.colour if self._is_running else "line_strong")
            pen = QPen(colour, 2)
            if not self._is_running:
                pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.drawLine(QLineF(8, self._MIDDLE + 8, 8, self.height() + self._MIDDLE - 8))
        self._paint_knot(painter, QPointF(8, self._MIDDLE))

    def _paint_knot(self, painter: QPainter, at: QPointF) -> None:
        colour = self._look.colour(self._point.colour)
        if self._point.knot is Knot.RING:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, 4.5, 4.5)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if self._point.knot is Knot.SQUARE:
            painter.drawRoundedRect(QRectF(at.x() - 5.5, at.y() - 5.5, 11, 11), 2.5, 2.5)
            return
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in ((0, -7.5), (7.5, 0), (0, 7.5), (-7.5, 0))]))


class TimeLine(QWidget):
    """Shows its points; each is one sentence for screen readers."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: tuple[TimePoint, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_points(self, points: Sequence[TimePoint]) -> None:
        """Shows `points` from top to bottom; the line from the first to the second is the time that still runs."""
        if tuple(points) == self._points:
            return
        self._points = tuple(points)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, point in enumerate(points):
            following = points[place + 1] if place + 1 < len(points) else None
            self._column.addWidget(self._row(point, following, is_running=place == 0))
        self.setAccessibleName("。".join(point.sentence for point in points))

    def _row(self, point: TimePoint, following: TimePoint | None, *, is_running: bool) -> QWidget:
        row = QWidget()
        row.setAccessibleName(point.sentence)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(0)
        grid.addWidget(_Track(self._look, point, following, is_running=is_running), 0, 0, 3, 1)
        first = QHBoxLayout()
        label = Text(self._look, point.label, Role.LABEL, "ink" if point.is_main else "ink2", is_bold=point.is_main)
        moment_colour = point.colour if point.knot is Knot.DIAMOND else "ink2"
        moment = Text(self._look, point.moment, Role.LABEL, moment_colour, is_bold=point.knot is Knot.DIAMOND)
        label.setMinimumHeight(22)
        first.addWidget(label)
        first.addStretch(1)
        first.addWidget(moment)
        grid.addLayout(first, 0, 1)
        if point.note:
            grid.addWidget(Text(self._look, point.note, Role.CAPTION, "ink2", is_wrapped=True), 1, 1)
        if following is not None:
            grid.setRowMinimumHeight(2, 8 if point.note else 14)
        return row
