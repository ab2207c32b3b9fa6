"""操作记录 at work (B17): the newest entries of the journal in the clerk's words, kept true while the page is open."""

from __future__ import annotations

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import Step
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, OutboxChanged
from yuyue_desktop.domain.journal import JournalEntry
from yuyue_desktop.services.tracking import JOURNAL_ENTRIES, NotedDeed, Tracking
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.journal_page import JournalPage
from yuyue_desktop.ui.presenters.outbox_content import STEP_WORDS, subject
from yuyue_desktop.ui.tables.rows import Cell, Row


class JournalPresenter(QObject):
    """Makes `page` and fills it."""

    def __init__(self, look: Look, tracking: Tracking) -> None:
        self.page = JournalPage(look)
        super().__init__(self.page)
        self._tracking = tracking
        self._show()

    def take(self, event: Event) -> None:
        """Something was done, perhaps by another program on the store."""
        if isinstance(event, DraftSaved | ApplicationChanged | OutboxChanged):
            self._show()

    def _show(self) -> None:
        self.page.show_entries([journal_row(noted) for noted in self._tracking.journal()], JOURNAL_ENTRIES)


def journal_row(noted: NotedDeed) -> Row:
    """One entry of the list."""
    entry = noted.entry
    cells = {
        "time": Cell(f"{entry.at:%Y-%m-%d %H:%M:%S}"),
        "person": Cell(entry.person),
        "deed": Cell(" · ".join(part for part in (entry.deed.word, _step_word(entry)) if part)),
        "subject": Cell(_subject(noted)),
    }
    return Row(str(entry.number), cells)


def _subject(noted: NotedDeed) -> str:
    if not noted.entry.application_id:
        return "全部数据"
    return subject(noted.record) if noted.record else "已删除的草稿"


def _step_word(entry: JournalEntry) -> str:
    """Which step an entry is about, empty where its detail names none."""
    known = {step.value: word for step, word in STEP_WORDS.items()} | {Step.DELETE.value: "删除暂存"}
    return known.get(entry.detail, "")
