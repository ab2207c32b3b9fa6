"""A choice of few, all in view, one chosen: 卡介质 | 账号; knows no meaning."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius
from yuyue_desktop.ui.widgets.painting import panel, start


class _Segment(QRadioButton):
    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._look.font(bold=True)).horizontalAdvance(self.text()) + 24
        return QSize(ceil(width), self._look.measures.tool_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _at: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            panel(painter, rect, Radius.FIELD - 1, self._look.colour("surface"), self._look.colour("line_strong"))
        if self.hasFocus():
            panel(painter, rect.adjusted(2, 2, -2, -2), Radius.FIELD - 2, None, self._look.colour("accent"), width=1.5)
        painter.setFont(self._look.font(bold=self.isChecked()))
        painter.setPen(self._look.colour("ink" if self.isChecked() else "ink2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())


class Segmented(QWidget):
    """`chosen` carries the index that the clerk chose; left and right arrows move the choice."""

    chosen = Signal(int)

    def __init__(self, look: Look, name: str, words: Sequence[str], index: int = 0) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(0)
        self._segments = [_Segment(look, word) for word in words]
        for place, segment in enumerate(self._segments):
            row.addWidget(segment)
            segment.setChecked(place == index)
            segment.toggled.connect(lambda _on: self._rove())
            segment.toggled.connect(lambda is_on, place=place: self.chosen.emit(place) if is_on else None)
        self._rove()
        look.changed.connect(self._dress)

    @property
    def index(self) -> int:
        """The chosen one."""
        return next(place for place, segment in enumerate(self._segments) if segment.isChecked())

    def choose(self, index: int) -> None:
        """Chooses one; emits `chosen` when that is another."""
        self._segments[index].setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        panel(start(self), QRectF(self.rect()), Radius.FIELD + 1, self._look.colour("press"))

    def _rove(self) -> None:
        """Tab stops at the chosen one alone, from either side; Qt sees to that only once one had the focus."""
        for segment in self._segments:
            is_stop = segment.isChecked()
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _dress(self) -> None:
        for segment in self._segments:
            segment.updateGeometry()
            segment.update()
        self.update()
