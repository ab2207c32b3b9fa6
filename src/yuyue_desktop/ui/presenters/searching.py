"""The top bar's search at work: applications of the company by number, trader or status, as one types (B6)."""

from __future__ import annotations

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.tracking import TrackedApplication, Tracking
from yuyue_desktop.ui.presenters.query import OpenApplication
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.shell.search_box import SearchBox
from yuyue_desktop.ui.time_words import stamp
from yuyue_desktop.ui.widgets.pick_list import Match


class SearchPresenter(QObject):
    """Answers come from a worker; one that is overtaken by further typing is dropped."""

    def __init__(self, surface: Surface, box: SearchBox, tracking: Tracking, open_application: OpenApplication) -> None:
        super().__init__(box)
        self._surface = surface
        self._box = box
        self._tracking = tracking
        self._open_application = open_application
        self._found: dict[str, ApplicationId] = {}
        box.searched.connect(self._search)
        box.picked.connect(self._take)

    def _search(self, text: str) -> None:
        def show(found: tuple[TrackedApplication, ...]) -> None:
            if text == self._box.line.text():
                self._offer(found)

        self._surface.bridge.when_done(self._tracking.search(text), show, self._failed, whose=self)

    def _offer(self, found: tuple[TrackedApplication, ...]) -> None:
        matches = [(_match(row), row.record.id) for row in found]
        self._found = {match.code: application_id for match, application_id in matches}
        self._box.offer([match for match, _ in matches])

    def _failed(self, _error: YuyueError) -> None:
        self._box.offer([])

    def _take(self, match: Match) -> None:
        application_id = self._found.get(match.code)
        if application_id is not None:
            self._open_application(application_id)


def _match(row: TrackedApplication) -> Match:
    record = row.record
    code = record.pre_entry_number or f"草稿 {stamp(record.saved_at)}"
    trader = record.trader_name or record.application.trader or "还没有填收发货人"
    return Match(code, trader, why=record.status.word)
