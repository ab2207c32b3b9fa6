"""One item of the outbox: what, how long it still has, why it waits, what can be done; knows no item's life."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import OutboxEntry
from yuyue_desktop.ui.pages.due_row import INKS, SIGNS
from yuyue_desktop.ui.tables.chip_faces import face_of
from yuyue_desktop.ui.tables.rows import Urgency
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.chip import Chip
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text


class OutboxEntryCard(Panel):
    """`acted` carries the item's id and the act's key."""

    acted = Signal(str, str)

    def __init__(self, look: Look, entry: OutboxEntry) -> None:
        ground, edge, stripe = ("red_soft", "red_line", "red") if entry.needs_choice else ("surface", "line", "")
        super().__init__(look, ground, edge, stripe=stripe)
        self._look = look
        self._entry = entry
        self.buttons: dict[str, Button] = {}
        time = f"{entry.time.left}，{entry.time.until}" if entry.time else ""
        parts = (entry.state, entry.step, entry.subject, time, entry.reason)
        self.setAccessibleName("，".join(part for part in parts if part))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M + 2, Space.S + 2, Space.S + 2, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(self._head())
        column.addWidget(Text(look, entry.subject, Role.LABEL, is_wrapped=True))
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Chip(self._look, face_of(self._entry.state)))
        row.addWidget(Text(self._look, self._entry.step, Role.LABEL, is_bold=True))
        row.addStretch(1)
        time = self._entry.time
        if time is not None:
            ink = INKS[time.urgency]
            row.addWidget(IconView(self._look, SIGNS[time.urgency], ink, 15))
            left = Text(self._look, time.left, Role.LABEL, ink, is_bold=time.urgency is not Urgency.CALM)
            left.setToolTip(time.until)
            row.addWidget(left)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS + 2)
        row.addWidget(Text(self._look, self._entry.reason, Role.CAPTION, "ink2", is_wrapped=True), 1)
        for act in self._entry.acts:
            kind = ButtonKind.PLAIN if self._entry.needs_choice else ButtonKind.GHOST
            button = Button(self._look, act.title, kind, is_small=True)
            button.setAccessibleName(f"{act.title}，{self._entry.subject}")
            button.clicked.connect(lambda _=False, key=act.key: self.acted.emit(self._entry.item_id, key))
            self.buttons[act.key] = button
            row.addWidget(button)
        return row
