"""The outbox at the right of the window (B1): what waits, why, until when; knows no queue and sends nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import OutboxContent
from yuyue_desktop.ui.pages.drawer import Drawer
from yuyue_desktop.ui.pages.outbox_entry_card import OutboxEntryCard
from yuyue_desktop.ui.widgets.banner import Banner
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.text import Text

PROMISE = "按先后逐份发送，每份只送达一次。只发您本人签名的；别人登录不会替您发。"


class OutboxDrawer(Drawer):
    """`act_asked` carries an item's id and the act's key."""

    act_asked = Signal(str, str)
    retry_asked = Signal()
    export_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "发件箱", "outbox", PROMISE)
        self._content: OutboxContent | None = None
        self._is_sent_open = False
        self.cards: dict[str, OutboxEntryCard] = {}
        self.export = Button(look, "导出", ButtonKind.GHOST, icon="export", is_small=True)
        self.trouble = Banner(look, "cloud_off", act="立即重试")
        self._empty = EmptyState(look, "没有等待发送的", "提交后在这里等网络，送达后移到“今天已送达”", "outbox")
        self.sent = Button(look, "", ButtonKind.GHOST, icon="right", is_small=True)
        self._sent_words = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(Space.S)
        self._lay_out()
        self._connect()

    def show_content(self, content: OutboxContent) -> None:
        """Show what waits; the keyboard stays at the item where it was."""
        if content == self._content:
            return
        place = self._focused_act()
        self._content = content
        self.count.setText(f"{len(content.entries)} 件未送达" if content.entries else "")
        self.trouble.setVisible(content.trouble is not None)
        if content.trouble is not None:
            self.trouble.say(content.trouble.title, content.trouble.detail)
        self._empty.setVisible(not content.entries)
        self._renew_cards(content)
        self._show_sent(content)
        if place is not None:
            self._focus_act(*place)

    def _renew_cards(self, content: OutboxContent) -> None:
        for card in self.cards.values():
            self._entries.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for entry in content.entries:
            card = OutboxEntryCard(self._look, entry)
            card.acted.connect(self.act_asked)
            self.cards[entry.item_id] = card
            self._entries.addWidget(card)
            card.show()

    def _show_sent(self, content: OutboxContent) -> None:
        self.sent.setText(f"今天已送达 {len(content.sent)} 件")
        self.sent.updateGeometry()
        self.sent.setVisible(bool(content.sent))
        self._sent_words.setText("\n".join(content.sent))
        self._open_sent(is_open=self._is_sent_open and bool(content.sent))

    def _open_sent(self, *, is_open: bool) -> None:
        self._is_sent_open = is_open
        self._sent_words.setVisible(is_open)
        self.sent.setAccessibleDescription("已展开" if is_open else "已收起")

    def _focused_act(self) -> tuple[str, str] | None:
        places = ((item, key) for item, card in self.cards.items() for key, b in card.buttons.items() if b.hasFocus())
        return next(places, None)

    def _focus_act(self, item_id: str, key: str) -> None:
        """Back to the same act, to another of the same item, or to the cross when the item is gone."""
        buttons = self.cards[item_id].buttons if item_id in self.cards else {}
        target = buttons.get(key) or next(iter(buttons.values()), self.close_button)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.export.clicked.connect(self.export_asked)
        self.trouble.acted.connect(self.retry_asked)
        self.sent.clicked.connect(lambda: self._open_sent(is_open=not self._is_sent_open))

    def _lay_out(self) -> None:
        for tool in (self.export, self.close_button):
            self.add_tool(tool)
        for part in (self.trouble, self._empty):
            self.body.addWidget(part)
        self.body.addLayout(self._entries)
        self.body.addWidget(self.sent, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._sent_words)
        self.body.addStretch(1)
