"""最近删除 at work: lists the deleted drafts that are kept here, takes one up again as a new draft (S28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.deadline import window_end
from yuyue_desktop.services.drafting import DeletedDraft, Drafting
from yuyue_desktop.ui.pages.contents import DeletedEntry
from yuyue_desktop.ui.pages.deleted_drawer import DeletedDrawer
from yuyue_desktop.ui.presenters.outbox_content import subject
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.time_words import day_words, moment_words, window_words

RestoreDraft = Callable[[ApplicationRecord], object]


class DeletedPresenter(QObject):
    """Connects the drawer with drafting; `restore` opens the new draft in a tab."""

    def __init__(self, surface: Surface, drawer: DeletedDrawer, drafting: Drafting, restore: RestoreDraft) -> None:
        super().__init__(drawer)
        self._surface = surface
        self._drawer = drawer
        self._drafting = drafting
        self._restore = restore
        self._records: dict[str, ApplicationRecord] = {}
        drawer.restore_asked.connect(self._ask)

    def show(self) -> None:
        """Show what is kept now."""
        deleted = self._drafting.deleted()
        self._records = {draft.record.id: draft.record for draft in deleted}
        now = self._surface.clock.now()
        self._drawer.show_entries([deleted_entry(draft, now) for draft in deleted])

    def _ask(self, application_id: str) -> None:
        self._drawer.close_asked.emit()
        self._restore(self._records[application_id])


def deleted_entry(draft: DeletedDraft, now: datetime) -> DeletedEntry:
    """A deleted draft in the drawer's words."""
    record, start = draft.record, draft.record.application.window_moment()
    window = f"预约 {window_words(start, window_end(start))}" if start else "还没有填预约时间"
    parts = (window, f"{len(record.application.goods)} 项商品", f"最后修改 {moment_words(record.saved_at, now)}")
    return DeletedEntry(
        record.id, subject(record), " · ".join(parts), f"留到 {day_words(draft.kept_until.date(), now.date())}"
    )
