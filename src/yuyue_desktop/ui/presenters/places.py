"""The places of the menu beside the applications themselves: queries, outbox, diagnostics, settings, officer's desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from yuyue_desktop.domain.events import Event
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.pages.deleted_drawer import DeletedDrawer
from yuyue_desktop.ui.pages.outbox_drawer import OutboxDrawer
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.presenters.calendar import CalendarPresenter
from yuyue_desktop.ui.presenters.deleted import DeletedPresenter, RestoreDraft
from yuyue_desktop.ui.presenters.diagnostics import DiagnosticsPresenter
from yuyue_desktop.ui.presenters.journal import JournalPresenter
from yuyue_desktop.ui.presenters.outbox import OutboxPresenter
from yuyue_desktop.ui.presenters.query import OpenApplication, QueryPresenter
from yuyue_desktop.ui.presenters.remembering import column_memory
from yuyue_desktop.ui.presenters.settings import open_settings
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page

QUERY_COLUMNS, RECEIPT_COLUMNS = "query_columns", "receipt_columns"
"""Settings: the hidden columns of each list (S9)."""


class Places(QObject):
    """Opens each place once and keeps it true.

    `window_chosen` carries a draft's id and the start it shall move to; `receipts_read`: unread ones were looked at.
    """

    window_chosen = Signal(str, datetime)
    receipts_read = Signal()

    def __init__(
        self,
        surface: Surface,
        frame: ShellFrame,
        workplace: Workplace,
        *,
        tools: Tools,
        open_application: OpenApplication,
        restore_draft: RestoreDraft,
    ) -> None:
        super().__init__(frame)
        self._surface = surface
        self._frame = frame
        self._workplace = workplace
        self._tools = tools
        self._open_application = open_application
        self._query: QueryPresenter | None = None
        self._calendar: CalendarPresenter | None = None
        self._diagnostics: DiagnosticsPresenter | None = None
        self._journal: JournalPresenter | None = None
        self._is_online = workplace.session.is_online
        self._drawer = OutboxDrawer(surface.look)
        self._drawer.hide()
        self._outbox = OutboxPresenter(surface, self._drawer, workplace)
        self._deleted_drawer = DeletedDrawer(surface.look)
        self._deleted_drawer.hide()
        self._deleted = DeletedPresenter(surface, self._deleted_drawer, workplace.drafting, restore_draft)
        for drawer in (self._drawer, self._deleted_drawer):
            drawer.close_asked.connect(frame.drawer.close)

    def open(self, place: str) -> None:
        """Go to a place; one that is open already comes to the front."""
        known = self._frame.page_at(place)
        if known is not None:
            self._frame.choose(known)
            return
        acts: dict[str, Callable[[], object]] = {
            Place.APPLICATION_QUERY: self._open_query,
            Place.CALENDAR_QUERY: self._open_calendar,
            Place.DIAGNOSTICS: self._open_diagnostics,
            Place.JOURNAL: self._open_journal,
            Place.SETTINGS: self._open_settings,
            Place.OUTBOX: self._toggle_outbox,
            Place.DESK: lambda: QDesktopServices.openUrl(QUrl(self._tools.officer_address)),
        }
        if place in acts:
            acts[place]()

    def forget(self, page: Page) -> None:
        """A page was closed."""
        if self._query is not None and isinstance(page, QueryPage):
            self._query = None
        if self._calendar is not None and page is self._calendar.page:
            self._calendar = None
        if self._diagnostics is not None and page is self._diagnostics.page:
            self._diagnostics = None
        if self._journal is not None and page is self._journal.page:
            self._journal = None

    def take(self, event: Event, *, is_online: bool) -> None:
        """Something happened: what is open reads it again."""
        self._is_online = is_online
        for presenter in (self._query, self._calendar, self._diagnostics, self._journal):
            if presenter is not None:
                presenter.take(event)
        if self._frame.drawer.drawer is self._drawer:
            self._outbox.show(is_online=is_online)
        if self._frame.drawer.drawer is self._deleted_drawer:
            self._deleted.show()

    def tick(self) -> None:
        """The clock moved on."""
        if self._calendar is not None and self._frame.page is self._calendar.page:
            self._calendar.tick()
        if self._frame.drawer.drawer is self._drawer:
            self._outbox.show(is_online=self._is_online)

    def _open_settings(self) -> None:
        tools = self._tools
        open_settings(
            self._surface,
            tools.appearance,
            tools.card_way,
            connecting=tools.connecting,
            away=tools.away,
            moving=tools.moving,
        )

    def _open_query(self) -> None:
        remembered = self._tools.remembered
        rows = column_memory(remembered, QUERY_COLUMNS)
        receipts = column_memory(remembered, RECEIPT_COLUMNS)
        page = QueryPage(self._surface.look, self._surface.clock.now, rows.hidden, rows.remember, receipts)
        self._query = QueryPresenter(self._surface, page, self._workplace, self._open_application)
        self._query.receipts_read.connect(self.receipts_read)
        page.deleted_asked.connect(self._open_deleted)
        self._frame.open_page(page)
        self._query.ask(self._workplace.tracking.preset())

    def _open_calendar(self) -> None:
        self._calendar = CalendarPresenter(
            self._surface,
            calendars=self._workplace.calendars,
            tracking=self._workplace.tracking,
            ports=self._tools.finders.table("ports"),
            remembered=self._tools.remembered,
        )
        self._calendar.window_chosen.connect(self.window_chosen)
        self._frame.open_page(self._calendar.page)

    def _open_diagnostics(self) -> None:
        self._diagnostics = DiagnosticsPresenter(
            self._surface,
            readiness=self._tools.readiness,
            diagnostics=self._tools.diagnostics,
            version=self._tools.version,
        )
        self._diagnostics.page.journal_asked.connect(lambda: self.open(Place.JOURNAL))
        self._frame.open_page(self._diagnostics.page)

    def _open_journal(self) -> None:
        self._journal = JournalPresenter(self._surface.look, self._workplace.tracking)
        self._frame.open_page(self._journal.page)

    def _open_deleted(self) -> None:
        self._deleted.show()
        self._frame.drawer.open(self._deleted_drawer)

    def _toggle_outbox(self) -> None:
        if self._frame.drawer.drawer is self._drawer:
            self._frame.drawer.close()
            return
        self._outbox.show(is_online=self._is_online)
        self._frame.drawer.open(self._drawer)
