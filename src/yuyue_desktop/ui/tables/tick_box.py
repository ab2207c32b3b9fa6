"""The check box of a table cell or head, painted; knows no row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.painting import panel

SIDE = 17
_CORNER = 4


def paint_tick_box(painter: QPainter, look: Look, centre: QPointF, state: Qt.CheckState) -> None:
    """Paint the box round `centre`: empty, ticked, or with a dash for some."""
    box = QRectF(round(centre.x() - SIDE / 2), round(centre.y() - SIDE / 2), SIDE, SIDE)
    if state is Qt.CheckState.Unchecked:
        panel(painter, box, _CORNER, look.colour("opt"), look.colour("field_line"), width=1.2)
        return
    panel(painter, box, _CORNER, look.colour("accent"))
    icon = "check" if state is Qt.CheckState.Checked else "minus"
    look.icons.paint(painter, icon, box.adjusted(2, 2, -2, -2), "on_accent", 2.6)
