"""How each kind of time looks: its pattern tells it apart without colour; knows no day."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.pages.contents import BlockKind
from yuyue_desktop.ui.widgets.painting import hairline, panel, start
from yuyue_desktop.ui.widgets.text import Text

GROUNDS = {
    BlockKind.PAST: ("sys", "line"),
    BlockKind.WORKING: ("neutral_line", "field_line"),
    BlockKind.BOOKABLE: ("green_soft", "green_line"),
    BlockKind.TOO_LATE: ("surface", "line_strong"),
    BlockKind.UNKNOWN: ("surface", "field_line"),
    BlockKind.GAP: ("surface", "line"),
    BlockKind.DRAFT: ("accent", "accent"),
}
"""Ground and edge of each kind."""

_HATCH_STEP = 7
_HATCH_ALPHA = 90
_SWATCH = QSize(18, 12)


def paint_block(
    painter: QPainter, look: Look, rect: QRectF, kind: BlockKind, *, radius: float = 4, is_wordless: bool = False
) -> None:
    """Paint a stretch of time of a kind; without words on it past time needs a pattern too."""
    ground, edge = GROUNDS[kind]
    is_bare = kind is BlockKind.WORKING and look.theme is Theme.HIGH_CONTRAST
    panel(painter, rect, radius, look.colour("surface" if is_bare else ground))
    if kind is BlockKind.TOO_LATE or is_bare:
        _hatch(painter, look, rect, "ink" if is_bare else "red", radius, is_falling=is_bare)
    if kind is BlockKind.PAST and is_wordless:
        _hatch(painter, look, rect, "ink3", radius)
    if kind is BlockKind.UNKNOWN:
        pen = QPen(look.colour(edge), hairline(painter), Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    else:
        panel(painter, rect, radius, None, look.colour(edge))


def needs_plate(look: Look, kind: BlockKind) -> bool:
    """Whether words on a block of this kind need a plain plate under them to be read."""
    return kind is BlockKind.TOO_LATE or (kind is BlockKind.WORKING and look.theme is Theme.HIGH_CONTRAST)


def _hatch(
    painter: QPainter, look: Look, rect: QRectF, colour: str, radius: float, *, is_falling: bool = False
) -> None:
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(look.colour(colour, _HATCH_ALPHA), 1))
    left = rect.left() - rect.height()
    while left < rect.right():
        begin, end = (rect.top(), rect.bottom()) if is_falling else (rect.bottom(), rect.top())
        painter.drawLine(QPointF(left, begin), QPointF(left + rect.height(), end))
        left += _HATCH_STEP
    painter.restore()


class Legend(QWidget):
    """A swatch of a kind with its word."""

    def __init__(self, look: Look, kind: BlockKind, word: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(_Swatch(look, kind))
        row.addWidget(Text(look, word, Role.CAPTION, "ink2"))


class _Swatch(QWidget):
    def __init__(self, look: Look, kind: BlockKind) -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self.setFixedSize(_SWATCH)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_block(start(self), self._look, QRectF(self.rect()), self._kind, radius=2)
