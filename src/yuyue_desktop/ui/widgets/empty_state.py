"""What a place shows while it has nothing: a drawing, what is not here, when or how it comes; knows no list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

NO_ROWS = "暂无数据"
"""The manual's own words for a list without rows."""


class EmptyState(QWidget):
    """Without an icon it is a plain list's 暂无数据."""

    def __init__(self, look: Look, title: str = NO_ROWS, advice: str = "", icon: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.XS)
        column.addStretch(1)
        if icon:
            column.addWidget(IconView(look, icon, "ink_off", 28), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(Space.XS)
        self._title = Text(look, title, Role.LABEL, "ink2", is_wrapped=True)
        self._advice = Text(look, advice, Role.CAPTION, "ink3", is_wrapped=True)
        for text in (self._title, self._advice):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addStretch(1)
        self.say(title, advice)

    def say(self, title: str, advice: str = "") -> None:
        """Says something else."""
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName("，".join(part for part in (title, advice) if part))
