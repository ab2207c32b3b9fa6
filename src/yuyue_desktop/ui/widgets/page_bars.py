"""The pages of a PDF as bars against the limit of a page (S19); knows no file."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from yuyue_desktop.domain.rules import kilobytes
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import start

_BAR = 13.0
_GAP = 3.0
_HEIGHT = 30.0
_LIMIT_AT = 0.72  # of the height: what is above the line can be seen to be above
_WIDEST = 120.0
_KILOBYTE = 1024


def _kb(size: int) -> str:
    return f"{kilobytes(size)} KB"


class PageBars(QWidget):
    """One bar per page; pages above the limit are red and rise above the dashed line; described in words too."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pages: tuple[int, ...] = ()
        self._limit = 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_pages(self, pages: tuple[int, ...], limit: int) -> None:
        """Shows each page's bytes against `limit` bytes."""
        self._pages = pages
        self._limit = limit
        self.setAccessibleName(self._sentence())
        self.setToolTip(self._sentence())
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        label = QFontMetricsF(self._look.font(Role.KEY)).horizontalAdvance(self._limit_text())
        return QSize(ceil(self._bars_width() + 6 + label), ceil(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        line_y = _HEIGHT * (1 - _LIMIT_AT)
        step = self._step()
        for place, size in enumerate(self._pages):
            is_bad = size > self._limit
            height = self._bar_height(size)
            bar = QRectF(4 + place * step, _HEIGHT - height, max(step - min(_GAP, step / 3), 1), height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("red" if is_bad else "accent_line"))
            corner = min(2.0, bar.width() / 4)
            painter.drawRoundedRect(bar, corner, corner)
        pen = QPen(self._look.colour("ink3"), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(QLineF(0, line_y, self._bars_width(), line_y))
        painter.setFont(self._look.font(Role.KEY))
        painter.setPen(self._look.colour("ink2"))
        label = QRectF(self._bars_width() + 5, line_y - 9, 60, 18)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, self._limit_text())

    def _bar_height(self, size: int) -> float:
        share = size / self._limit * _LIMIT_AT
        return max(2.0, min(share, 1.0) * _HEIGHT)

    def _step(self) -> float:
        return min(_BAR + _GAP, (_WIDEST - 8) / max(len(self._pages), 1))

    def _bars_width(self) -> float:
        return max(len(self._pages), 2) * self._step() + 8

    def _limit_text(self) -> str:
        return f"{self._limit // _KILOBYTE}K"

    def _sentence(self) -> str:
        if not self._pages:
            return "没有页"
        worst = max(range(len(self._pages)), key=self._pages.__getitem__)
        verdict = "超过" if self._pages[worst] > self._limit else "不超过"
        largest, limit = _kb(self._pages[worst]), _kb(self._limit)
        return f"共 {len(self._pages)} 页，最大第 {worst + 1} 页 {largest}，{verdict}每页 {limit}"
