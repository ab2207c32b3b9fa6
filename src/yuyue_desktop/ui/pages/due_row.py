"""One thing to do on the start page: how long is left, what it is, what to press; knows no application."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import Task
from yuyue_desktop.ui.tables.rows import Urgency
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import start

INKS = {Urgency.CALM: "ink2", Urgency.SOON: "amber", Urgency.LATE: "red"}
SIGNS = {Urgency.CALM: "clock", Urgency.SOON: "clock", Urgency.LATE: "warning"}

_ICON = 17
_LEFT = Space.L
_TIME_SAMPLE = "还剩 18 小时 54 分"
_UNTIL_SAMPLE = "12月26日 周六 19:00 前"
_LINE_GAP = 2


class DueRow(QWidget):
    """`acted` carries the application's id, from the button or a double click; `is_first` makes it the blue one."""

    acted = Signal(str)

    def __init__(self, look: Look, task: Task, *, is_first: bool = False) -> None:
        super().__init__()
        self._look = look
        self._task = task
        self._is_first = is_first
        self.act = Button(look, task.act, ButtonKind.PRIMARY if is_first else ButtonKind.SOFT)
        self.act.setAccessibleName(f"{task.act}，{task.title}")
        self.act.clicked.connect(lambda: self.acted.emit(task.application_id))
        self.setAccessibleName(f"{task.time.left}，{task.time.until}，{task.title}，{task.detail}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.L - 2, 0)
        row.addStretch(1)
        row.addWidget(self.act)
        look.changed.connect(self._fit)
        self._fit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.acted.emit(self._task.application_id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        if self._is_first:
            painter.fillRect(QRectF(self.rect()).adjusted(1, 0, -1, 0), self._look.colour("hover"))
        time = self._task.time
        ink = INKS[time.urgency]
        upper, lower = self._lines()
        sign = QRectF(_LEFT, upper.center().y() - _ICON / 2, _ICON, _ICON)
        self._look.icons.paint(painter, SIGNS[time.urgency], sign, ink, 1.7)
        left = float(_LEFT + _ICON + Space.S - 2)
        width = self._time_width()
        self._write(painter, QRectF(left, upper.top(), width, upper.height()), time.left, Role.BODY, ink, is_bold=True)
        self._write(painter, QRectF(left, lower.top(), width, lower.height()), time.until, Role.CAPTION, "ink2")
        left += width + Space.L
        room = self.act.x() - Space.M - left
        self._write(painter, QRectF(left, upper.top(), room, upper.height()), self._task.title, Role.BODY, "ink")
        self._write(painter, QRectF(left, lower.top(), room, lower.height()), self._task.detail, Role.CAPTION, "ink2")

    def _write(
        self, painter: QPainter, place: QRectF, words: str, role: Role, colour: str, *, is_bold: bool = False
    ) -> None:
        font = self._look.font(role, bold=is_bold)
        painter.setFont(font)
        painter.setPen(self._look.colour(colour))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _lines(self) -> tuple[QRectF, QRectF]:
        high = QFontMetricsF(self._look.font()).height()
        low = QFontMetricsF(self._look.font(Role.CAPTION)).height()
        top = (self.height() - high - low - _LINE_GAP) / 2
        return QRectF(0, top, self.width(), high), QRectF(0, top + high + _LINE_GAP, self.width(), low)

    def _time_width(self) -> float:
        """As wide as the longest usual time, or as this one needs: times are never cut."""
        bold = QFontMetricsF(self._look.font(bold=True))
        small = QFontMetricsF(self._look.font(Role.CAPTION))
        time = self._task.time
        left = max(bold.horizontalAdvance(_TIME_SAMPLE), bold.horizontalAdvance(time.left))
        return max(left, small.horizontalAdvance(_UNTIL_SAMPLE), small.horizontalAdvance(time.until))

    def _fit(self) -> None:
        high = QFontMetricsF(self._look.font()).height() + QFontMetricsF(self._look.font(Role.CAPTION)).height()
        self.setFixedHeight(round(high + _LINE_GAP) + (Space.M if self._look.is_compact else Space.L))
        self.update()
