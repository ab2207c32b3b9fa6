"""“这台电脑准备好了吗”: one line per thing that signing in needs (B12); knows no test."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.pages.contents import Readiness, ReadinessLine
from yuyue_desktop.ui.widgets.banner import Banner, BannerTone
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

_SIGNS = {
    Readiness.FINE: ("check", "green", "正常"),
    Readiness.WARNING: ("warning", "amber", "注意"),
    Readiness.FAILED: ("alert", "red", "有问题"),
    Readiness.CHECKING: ("refresh", "ink3", "正在检查"),
}


class ReadinessPanel(QWidget):
    """`acted` carries the key of the line whose link was pressed; `recheck_asked` asks for all tests anew."""

    acted = Signal(str)
    recheck_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: dict[str, _Line] = {}
        self._order: tuple[str, ...] = ()
        self.recheck = Button(look, "重新检查", ButtonKind.GHOST, icon="refresh", is_small=True)
        self.recheck.clicked.connect(self.recheck_asked)
        self.note = Banner(look, "cloud", BannerTone.ACCENT)
        self.note.hide()
        head = QHBoxLayout()
        head.addWidget(Text(look, "这台电脑准备好了吗", Role.SECTION, is_bold=True))
        head.addStretch(1)
        head.addWidget(self.recheck)
        self._body = QVBoxLayout()
        self._body.setSpacing(Space.M - 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 30, 30, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addLayout(self._body)
        column.addStretch(1)
        column.addWidget(self.note)
        look.changed.connect(self.update)

    def show_lines(self, lines: Sequence[ReadinessLine]) -> None:
        """Show what was found; lines are renewed in place."""
        order = tuple(line.key for line in lines)
        if order != self._order:
            self._make_lines(order)
        for line in lines:
            self._lines[line.key].show_line(line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        inside = rect.adjusted(-2 * Radius.DIALOG, 1, -1, -1)
        painter.setClipRect(rect)
        panel(painter, inside, Radius.DIALOG - 1, self._look.colour("menu"))
        painter.fillRect(QRectF(0, 1, 1, rect.height() - 2), self._look.colour("line"))

    def _make_lines(self, order: tuple[str, ...]) -> None:
        for line in self._lines.values():
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._order = order
        self._lines = {key: _Line(self._look) for key in order}
        for key, line in self._lines.items():
            line.act.clicked.connect(lambda _=False, key=key: self.acted.emit(key))
            self._body.addWidget(line)


class _Line(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._sign = IconView(look, "refresh", "ink3", 18)
        self._title = Text(look, "", Role.BODY)
        self._detail = Text(look, "", Role.CAPTION, "ink2", is_wrapped=True)
        self.act = Button(look, "", ButtonKind.LINK)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M - 2)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.act)

    def show_line(self, line: ReadinessLine) -> None:
        icon, colour, word = _SIGNS[line.readiness]
        self._sign.show_icon(icon, colour)
        self._title.setText(line.title)
        self._detail.setText(line.detail)
        self.act.setText(line.act)
        self.act.setVisible(bool(line.act))
        self.act.setAccessibleName(f"{line.title} {line.act}")
        self.act.updateGeometry()
        self.setAccessibleName(f"{line.title}，{word}，{line.detail}")
