"""The bar over everything: mark, search, what is always true, help and the way out (S6); knows no service."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.bar_button import BarButton
from yuyue_desktop.ui.shell.help_button import HelpButton
from yuyue_desktop.ui.shell.mark import Mark
from yuyue_desktop.ui.shell.search_box import SearchBox
from yuyue_desktop.ui.widgets.text import Text

PRODUCT_NAME = "预约通关"

_SEARCH_FIRST = 1000
"""The search field takes what room there is up to its full width before the gap after it grows."""


@dataclass(frozen=True, slots=True)
class TopBarStates:
    """What is true now, ready for the screen: `time` is “网关时间 9月23日 14:36” or 推算时间 or 练习时间.

    `waiting` counts what the outbox still holds; `card` is short (“王芳 …6037 · 证书至 2027-05-18”), `card_shorter`
    what stays of it in a narrow bar, `card_said` is all that is known of the card, a line each.
    """

    time: str
    is_online: bool
    waiting: int
    card: str
    is_card_fine: bool = True
    card_said: str = ""
    card_shorter: str = ""


class TopBar(QWidget):
    """Every state is a button that leads to where more is said of it."""

    help_asked = Signal()
    exit_asked = Signal()
    outbox_asked = Signal()
    diagnostics_asked = Signal()

    def __init__(self, look: Look, *, is_practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.search = SearchBox(look)
        self.time = BarButton(look, "clock", "")
        self.link = BarButton(look, "cloud", "")
        self.outbox = BarButton(look, "outbox", "")
        self.card = BarButton(look, "card", "")
        self.help = HelpButton(look)
        self.leave = BarButton(look, "exit", "退出练习" if is_practice else "安全退出")
        self._states = TopBarStates("", is_online=True, waiting=0, card="")
        self._row = QHBoxLayout(self)
        self._name = Text(look, PRODUCT_NAME, Role.SECTION, is_bold=True)
        self._connect()
        self._lay_out()
        look.changed.connect(self._dress)
        self._dress()

    def show_states(self, states: TopBarStates) -> None:
        """Show what is true now."""
        self.time.show_state("clock", states.time)
        self.link.show_state(
            "cloud" if states.is_online else "cloud_off",
            "已连接" if states.is_online else "离线",
            is_alert=not states.is_online,
        )
        waiting = f"发件箱 {states.waiting} 件待发" if states.waiting else "发件箱 0"
        self.outbox.show_state("outbox", waiting, is_alert=states.waiting > 0)
        self._states = states
        self._show_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_card()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_card()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("chrome"))

    def _show_card(self) -> None:
        """Whole where there is room: no state is ever cut."""
        states = self._states
        self.card.show_state("card", states.card, is_alert=not states.is_card_fine)
        if states.card_shorter and self.isVisible() and self._row.minimumSize().width() > self.width():
            self.card.show_state("card", states.card_shorter, is_alert=not states.is_card_fine)
        self.card.setToolTip(states.card_said)
        self.card.setAccessibleName(states.card_said.replace("\n", "，") or states.card)

    def _connect(self) -> None:
        self.help.clicked.connect(self.help_asked)
        self.leave.clicked.connect(self.exit_asked)
        self.outbox.clicked.connect(self.outbox_asked)
        for state in (self.time, self.link, self.card):
            state.clicked.connect(self.diagnostics_asked)

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(Space.XS)
        row.addWidget(Mark(self._look))
        row.addWidget(self._name)
        row.addSpacing(Space.XL)
        row.addWidget(self.search, _SEARCH_FIRST)
        row.addStretch(1)
        for state in (self.time, self.link, self.outbox, self.card):
            row.addWidget(state)
        row.addSpacing(Space.S)
        row.addWidget(self.help)
        row.addWidget(self.leave)
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.measures.top_height)
        self.update()
