"""A lasting state at the top of its place: what is so, what still works, one act; knows no cause."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text


class BannerTone(StrEnum):
    """The token family that colours it."""

    AMBER = "amber"
    RED = "red"
    ACCENT = "accent"
    VIOLET = "violet"


class Banner(Panel):
    """`acted` when its button is pressed; without an act it has none."""

    acted = Signal()

    def __init__(self, look: Look, icon: str, tone: BannerTone = BannerTone.AMBER, *, act: str = "") -> None:
        super().__init__(look, f"{tone}_soft", f"{tone}_line", stripe=tone if tone is BannerTone.RED else "")
        self._title = Text(look, "", Role.BODY, tone, is_bold=True, is_wrapped=True)
        self._advice = Text(look, "", Role.CAPTION, "ink2", is_wrapped=True)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addWidget(self._title)
        self._words.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(Space.M)
        row.addWidget(IconView(look, icon, tone, 20))
        row.addLayout(self._words, 1)
        self._button = Button(look, act, ButtonKind.PLAIN)
        self._button.setVisible(bool(act))
        self._button.clicked.connect(self.acted)
        row.addWidget(self._button)

    def say(self, title: str, advice: str = "") -> None:
        """Says what is so and what still works; a new title is announced."""
        is_new = title != self._title.text()
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName("。".join(part for part in (title, advice) if part))
        if is_new:
            announce(self, self.accessibleName())

    def add_below(self, widget: QWidget) -> None:
        """Puts a control under the words, e.g. the tick box of the last try."""
        self._words.addSpacing(Space.XS)
        self._words.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
