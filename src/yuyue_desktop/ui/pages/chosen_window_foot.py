"""The foot of the week view: the chosen window in words, until when, and the act that takes it; knows no calendar."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import ChosenWindow
from yuyue_desktop.ui.pages.ground import Ground
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.signs import IconView, KeyCap
from yuyue_desktop.ui.widgets.text import Text

HOW_TO_CHOOSE = "用左右键移动时段，上下键换一天"


class ChosenWindowFoot(Ground):
    """The chosen window in words, and the act that takes it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "menu", above="line")
        self._window = Text(look, "", Role.LABEL, is_bold=True)
        self._sentence = Text(look, HOW_TO_CHOOSE, Role.LABEL, "ink2")
        self.act = Button(look, "", ButtonKind.SOFT, keys="Enter")
        self.act.hide()
        self.other = Button(look, "换一份草稿", ButtonKind.GHOST, keys="空格")
        self.other.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S - 1, Space.L, Space.S - 1)
        row.setSpacing(Space.S)
        row.addWidget(IconView(look, "calendar_check", "accent", 18))
        row.addWidget(self._window)
        row.addWidget(self._sentence)
        row.addStretch(1)
        row.addWidget(KeyCap(look, "← →"))
        row.addWidget(Text(look, "移动时段", Role.CAPTION, "ink2"))
        row.addSpacing(Space.S)
        row.addWidget(self.other)
        row.addWidget(self.act)

    def show_chosen(self, chosen: ChosenWindow | None) -> None:
        """Show the chosen window, or how to choose one."""
        self._window.setText(chosen.window if chosen else "")
        self._window.setVisible(chosen is not None)
        self._sentence.setText(chosen.sentence if chosen else HOW_TO_CHOOSE)
        self.act.setText(chosen.act if chosen else "")
        self.act.setVisible(bool(chosen and chosen.act))
        self.act.updateGeometry()
        self.other.setVisible(bool(chosen and chosen.has_others))
