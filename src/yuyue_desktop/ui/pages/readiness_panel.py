"""“这台电脑准备好了吗”: one line per thing that signing in needs (B12); knows no test."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.pages.contents import ReadinessLine
from yuyue_desktop.ui.pages.readiness_rows import ReadinessLines
from yuyue_desktop.ui.widgets.banner import Banner, BannerTone
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.text import Text


class ReadinessPanel(QWidget):
    """`acted` carries the key of the line whose link was pressed; `recheck_asked` asks for all tests anew."""

    acted = Signal(str)
    recheck_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.recheck = Button(look, "重新检查", ButtonKind.GHOST, icon="refresh", is_small=True)
        self.recheck.clicked.connect(self.recheck_asked)
        self.note = Banner(look, "cloud", BannerTone.ACCENT)
        self.note.hide()
        head = QHBoxLayout()
        head.addWidget(Text(look, "这台电脑准备好了吗", Role.SECTION, is_bold=True))
        head.addStretch(1)
        head.addWidget(self.recheck)
        self.lines = ReadinessLines(look)
        self.lines.acted.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 30, 30, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addStretch(1)
        column.addWidget(self.note)
        look.changed.connect(self.update)

    def show_lines(self, lines: Sequence[ReadinessLine]) -> None:
        """Show what was found; lines are renewed in place."""
        self.lines.show_lines(lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        inside = rect.adjusted(-2 * Radius.DIALOG, 1, -1, -1)
        painter.setClipRect(rect)
        panel(painter, inside, Radius.DIALOG - 1, self._look.colour("menu"))
        painter.fillRect(QRectF(0, 1, 1, rect.height() - 2), self._look.colour("line"))
