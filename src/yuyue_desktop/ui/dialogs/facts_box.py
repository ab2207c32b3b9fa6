"""The box of facts at the head of a dialog: what, until when, which card; knows no meaning."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.text import Text

Facts = Sequence[tuple[str, str]]
"""Names and values, in reading order."""


class FactsBox(Panel):
    """One line per fact; long values wrap."""

    def __init__(self, look: Look, facts: Facts) -> None:
        super().__init__(look, "menu")
        self.setAccessibleName("。".join(f"{name} {value}" for name, value in facts))
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(facts):
            title = Text(look, name, Role.LABEL, "ink3")
            grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(look, value, Role.LABEL, is_wrapped=True), line, 1)
