"""最近删除 at the right of the window (S28): drafts that are still kept here, each to be taken up as a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from yuyue_desktop.domain.limits import DELETED_DRAFT_KEPT
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import DeletedEntry
from yuyue_desktop.ui.pages.drawer import Drawer
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.text import Text

RESTORE = "恢复为新草稿"
PROMISE = f"删除的草稿在本机留 {DELETED_DRAFT_KEPT.days} 天，海关端不能恢复；恢复后是一份新草稿。"


class DeletedCard(Panel):
    """One deleted draft; `restore` is its button."""

    def __init__(self, look: Look, entry: DeletedEntry) -> None:
        super().__init__(look, "surface", "line")
        self.setAccessibleName("，".join(part for part in (entry.subject, entry.detail, entry.kept) if part))
        self.restore = Button(look, RESTORE, is_small=True)
        self.restore.setAccessibleName(f"{RESTORE}，{entry.subject}")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M + 2, Space.S + 2, Space.S + 2, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(Text(look, entry.subject, Role.LABEL, is_bold=True, is_wrapped=True))
        column.addWidget(Text(look, entry.detail, Role.LABEL, is_wrapped=True))
        foot = QHBoxLayout()
        foot.addWidget(Text(look, entry.kept, Role.CAPTION, "ink2", is_wrapped=True), 1)
        foot.addWidget(self.restore)
        column.addLayout(foot)


class DeletedDrawer(Drawer):
    """`restore_asked` carries the id of a deleted draft."""

    restore_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "最近删除", "trash", PROMISE)
        self.cards: dict[str, DeletedCard] = {}
        self._empty = EmptyState(look, "没有删除过的草稿", "删除的草稿在这里留一段时间，可以恢复", "trash")
        self._entries = QVBoxLayout()
        self._entries.setSpacing(Space.S)
        self.add_tool(self.close_button)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._entries)
        self.body.addStretch(1)

    def show_entries(self, entries: Sequence[DeletedEntry]) -> None:
        """Show what is kept, the last deleted first; the keyboard stays in the drawer."""
        had_focus = any(card.restore.hasFocus() for card in self.cards.values())
        for card in self.cards.values():
            self._entries.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {entry.application_id: self._card(entry) for entry in entries}
        self.count.setText(f"{len(entries)} 份" if entries else "")
        self._empty.setVisible(not entries)
        if had_focus:
            first = next((card.restore for card in self.cards.values()), self.close_button)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, entry: DeletedEntry) -> DeletedCard:
        card = DeletedCard(self._look, entry)
        card.restore.clicked.connect(lambda: self.restore_asked.emit(entry.application_id))
        self._entries.addWidget(card)
        card.show()
        return card
