"""诊断 (B12): everything that work needs, line by line, with what to do; knows no test."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import Readiness, ReadinessLine
from yuyue_desktop.ui.pages.readiness_rows import ReadinessLines
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.scroll import Scroll
from yuyue_desktop.ui.widgets.text import Text

WIDTH = 760
"""Pixels of the lines at most: wider ones are hard to read."""


class DiagnosticsPage(Page):
    """`recheck_asked` asks for all tests anew, `report_asked` for a file with what is shown,
    `journal_asked` for 操作记录."""

    recheck_asked = Signal()
    journal_asked = Signal()
    report_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(Place.DIAGNOSTICS, "诊断", "pulse")
        self._look = look
        self._is_checking = False
        self.recheck = Button(look, "重新检查", ButtonKind.PRIMARY, icon="refresh")
        self.journal = Button(look, "操作记录", ButtonKind.GHOST, icon="clock")
        self.report = Button(look, "保存报告…", ButtonKind.GHOST, icon="download")
        self.lines = ReadinessLines(look, Space.L)
        self._advice = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        self.recheck.clicked.connect(self.recheck_asked)
        self.report.clicked.connect(self.report_asked)
        self.journal.clicked.connect(self.journal_asked)
        self._lay_out()

    def show_lines(self, lines: Sequence[ReadinessLine], checked_at: str) -> None:
        """Show what was found so far; once no test is under way the outcome is announced."""
        self.lines.show_lines(lines)
        was_checking = self._is_checking
        self._is_checking = any(line.readiness is Readiness.CHECKING for line in lines)
        words = "正在检查…" if self._is_checking else f"{_outcome(lines)} · {checked_at} 检查"
        self._advice.setText(words)
        self.recheck.setText("正在检查…" if self._is_checking else "重新检查")
        self.recheck.updateGeometry()
        if was_checking and not self._is_checking:
            announce(self, words)

    def entry(self) -> QWidget | None:
        return self.recheck

    def _lay_out(self) -> None:
        box = Panel(self._look)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        inside.addWidget(self.lines)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.M)
        head = self._head()
        column.addLayout(head)
        column.addWidget(box)
        column.addStretch(1)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, WIDTH)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(around))
        head.insertWidget(1, self.journal)
        head.insertWidget(2, self.report)  # both join the page last, so that Tab comes to the blue button first

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(Text(self._look, "诊断", Role.PAGE_TITLE, is_bold=True))
        words.addWidget(self._advice)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        row.addWidget(self.recheck)
        return row


def _outcome(lines: Sequence[ReadinessLine]) -> str:
    bad = sum(line.readiness is Readiness.FAILED for line in lines)
    doubtful = sum(line.readiness is Readiness.WARNING for line in lines)
    if bad:
        return f"{bad} 项有问题，按提示处理后重新检查"
    return f"{doubtful} 项需要留意，不影响录入" if doubtful else "都正常"
