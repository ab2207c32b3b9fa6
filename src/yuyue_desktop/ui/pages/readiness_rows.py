"""One line per thing that work needs: its sign, what was found, what to do (B12); knows no test."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import Readiness, ReadinessLine
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

SIGNS = {
    Readiness.FINE: ("check", "green", "正常"),
    Readiness.WARNING: ("warning", "amber", "注意"),
    Readiness.FAILED: ("alert", "red", "有问题"),
    Readiness.UNKNOWN: ("minus", "ink3", "没有检查"),
    Readiness.CHECKING: ("refresh", "ink3", "正在检查"),
}
"""Icon, its colour, and the word that screen readers say, of each standing."""


class ReadinessLines(QWidget):
    """`acted` carries the key of the line whose link was pressed."""

    acted = Signal(str)

    def __init__(self, look: Look, gap: int = Space.M - 2) -> None:
        super().__init__()
        self._look = look
        self._rows: dict[str, _Row] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(gap)

    def show_lines(self, lines: Sequence[ReadinessLine]) -> None:
        """Show what was found; lines are renewed in place."""
        order = tuple(line.key for line in lines)
        if order != tuple(self._rows):
            self._make_rows(order)
        for line in lines:
            self._rows[line.key].show_line(line)

    def _make_rows(self, order: tuple[str, ...]) -> None:
        for row in self._rows.values():
            self._body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {key: _Row(self._look) for key in order}
        for key, row in self._rows.items():
            row.act.clicked.connect(lambda _=False, key=key: self.acted.emit(key))
            self._body.addWidget(row)


class _Row(QWidget):
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
        icon, colour, word = SIGNS[line.readiness]
        self._sign.show_icon(icon, colour)
        self._title.setText(line.title)
        self._detail.setText(line.detail)
        self.act.setText(line.act)
        self.act.setVisible(bool(line.act))
        self.act.setAccessibleName(f"{line.title} {line.act}")
        self.act.updateGeometry()
        self.setAccessibleName(f"{line.title}，{word}，{line.detail}")
