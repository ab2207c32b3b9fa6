"""The outbox drawer at work: what waits, why and until when; 撤回 and 立即重试 (B1)."""

from __future__ import annotations

from PySide6.QtCore import QObject

from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.pages.contents import LinkTrouble, OutboxContent
from yuyue_desktop.ui.pages.outbox_drawer import OutboxDrawer
from yuyue_desktop.ui.presenters.outbox_content import RETRY, WITHDRAW, outbox_entries
from yuyue_desktop.ui.presenters.surface import Surface

TROUBLE = LinkTrouble("连不上网关", "会自动再试。离线也能录入、暂存、查码")


class OutboxPresenter(QObject):
    """Connects the drawer with the services of a session."""

    def __init__(self, surface: Surface, drawer: OutboxDrawer, workplace: Workplace) -> None:
        super().__init__(drawer)
        self._surface = surface
        self._drawer = drawer
        self._workplace = workplace
        drawer.act_asked.connect(self._act)
        drawer.retry_asked.connect(workplace.declaring.retry)
        drawer.export.hide()

    def show(self, *, is_online: bool) -> None:
        """Show what waits now."""
        tracking = self._workplace.tracking
        items = tracking.open_items()
        records = {item.application_id: tracking.row(item.application_id) for item in items}
        entries = outbox_entries(
            items,
            lambda application_id: row.record if (row := records[application_id]) else None,
            self._surface.clock.now(),
        )
        self._drawer.show_content(OutboxContent(entries, trouble=None if is_online else TROUBLE))

    def _act(self, item_id: str, act: str) -> None:
        if act == RETRY.key:
            self._workplace.declaring.retry()
        elif act == WITHDRAW.key:
            future = self._workplace.declaring.withdraw(ItemId(item_id))
            self._surface.bridge.when_done(future, lambda _none: None, self._surface.tell)
