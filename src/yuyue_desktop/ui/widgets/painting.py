"""Strokes that many widgets share: crisp rounded panels, focus rings and soft shadows; knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintDevice, QPainter, QPen

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role

FOCUS_WIDTH = 2.0
KEY_CAP_HEIGHT = 17.0


def start(device: QPaintDevice) -> QPainter:
    """A painter with smooth edges on a widget or pixmap."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def hairline(painter: QPainter, width: float = 1.0) -> float:
    """`width` rounded to whole pixels of the screen, at least one, so that lines stay crisp at 125 and 150 %."""
    ratio = painter.device().devicePixelRatioF()
    return float(max(1, round(width * ratio)) / ratio)


def panel(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    *,
    width: float = 1.0,
    is_dashed: bool = False,
) -> None:
    """A rounded rectangle whose edge lies wholly inside `rect`."""
    thickness = hairline(painter, width)
    pen = QPen(Qt.PenStyle.NoPen)
    if edge is not None:
        pen = QPen(edge, thickness)
        if is_dashed:
            pen.setDashPattern([3.0, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    inset = thickness / 2 if edge is not None else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def soft_shadow(painter: QPainter, look: Look, rect: QRectF, radius: float, *, reach: int, drop: int = 4) -> None:
    """A shadow around `rect` that fades out `reach` pixels away and lies `drop` pixels lower."""
    colour = look.colour("shadow")
    strongest = colour.alpha()
    painter.setPen(Qt.PenStyle.NoPen)
    for distance in range(reach, 0, -1):
        nearness = 1 - distance / reach
        colour.setAlpha(max(1, round(strongest * nearness * nearness / 3)))
        painter.setBrush(colour)
        grown = rect.adjusted(-distance, drop - distance, distance, drop + distance)
        painter.drawRoundedRect(grown, radius + distance, radius + distance)


def key_cap_width(look: Look, keys: str) -> float:
    """How wide a key cap is."""
    return QFontMetricsF(look.font(Role.KEY)).horizontalAdvance(keys) + 10


def key_cap(painter: QPainter, look: Look, rect: QRectF, keys: str, *, ink: QColor, edge: QColor) -> None:
    """Keys in a small cap, e.g. Alt+S."""
    panel(painter, rect, 3.5, None, edge)
    painter.setPen(ink)
    painter.setFont(look.font(Role.KEY))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
