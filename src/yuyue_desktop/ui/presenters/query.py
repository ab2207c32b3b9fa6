"""预约通关查询 at work: asks, shows rows and receipts, keeps them true as events come, deletes drafts (S28, S33)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, OutboxChanged, ReceiptArrived
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.tracking import QueryAnswer, check_span
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.questions import delete_drafts
from yuyue_desktop.ui.pages.query_filters import QueryField
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.presenters.query_rows import origin, query_row, receipts_content
from yuyue_desktop.ui.presenters.surface import Surface

OpenApplication = Callable[[ApplicationId], object]

PROBLEM_FIELDS = {
    Code.QUERY_TRADER_MISSING: QueryField.TRADER,
    Code.TRADER_CODE_MALFORMED: QueryField.TRADER,
    Code.QUERY_NUMBER_MALFORMED: QueryField.NUMBER,
    Code.QUERY_EMPTY: QueryField.APPLIED,
}
SPAN_PROBLEMS = frozenset({Code.QUERY_SPAN_TOO_LONG, Code.QUERY_SPAN_REVERSED})


def problem_field(code: Code, query: ApplicationQuery) -> QueryField | None:
    """At which condition a query's fault is said; None where it is no fault of a condition."""
    if code not in SPAN_PROBLEMS:
        return PROBLEM_FIELDS.get(code)
    try:
        check_span(query.applied_from, query.applied_to)
    except YuyueError:
        return QueryField.APPLIED
    return QueryField.WINDOW


class QueryPresenter(QObject):
    """Connects one query page with the services of a session; `receipts_read`: what was unread has been looked at."""

    receipts_read = Signal()

    def __init__(
        self, surface: Surface, page: QueryPage, workplace: Workplace, open_application: OpenApplication
    ) -> None:
        super().__init__(page)
        self._surface = surface
        self._page = page
        self._workplace = workplace
        self._asked = workplace.tracking.preset()
        self._origin = ""
        page.query_asked.connect(self.ask)
        page.open_asked.connect(lambda row_id: open_application(ApplicationId(row_id)))
        page.receipts_asked.connect(self._show_receipts)
        page.delete_asked.connect(self._ask_delete)
        page.filters.show_declarant(workplace.session.company.customs_code)
        page.filters.show_preset(self._asked)
        page.export.hide()
        self._show_rows()

    def ask(self, query: ApplicationQuery) -> None:
        """Ask the gateway; the store's rows are shown until it answers."""
        try:
            future = self._workplace.tracking.query(query)
        except YuyueError as error:
            self._say(error, query)
            return
        self._asked = query
        self._page.show_busy(is_busy=True)
        self._surface.bridge.when_done(future, self._show_answer, partial(self._failed, query))

    def take(self, event: Event) -> None:
        """Something happened: rows and receipts are read again."""
        if isinstance(event, ApplicationChanged | OutboxChanged | ReceiptArrived | DraftSaved):
            self._show_rows()
            if self._page.receipts_of:
                self._show_receipts(self._page.receipts_of)

    def _show_answer(self, answer: QueryAnswer) -> None:
        self._page.show_busy(is_busy=False)
        self._origin = origin(answer, self._surface.clock.now())
        self._show_rows()

    def _show_rows(self) -> None:
        now = self._surface.clock.now()
        rows = [query_row(tracked, now) for tracked in self._workplace.tracking.local(self._asked)]
        self._page.show_rows(rows, self._origin)

    def _failed(self, query: ApplicationQuery, error: YuyueError) -> None:
        self._page.show_busy(is_busy=False)
        self._say(error, query)

    def _say(self, error: YuyueError, query: ApplicationQuery) -> None:
        field = problem_field(error.code, query)
        if field is None:
            self._surface.tell(error)
            return
        said = error_words(error)
        self._page.filters.show_problem(field, said.title, said.advice)

    def _show_receipts(self, row_id: str) -> None:
        tracking = self._workplace.tracking
        application_id = ApplicationId(row_id)
        tracked = tracking.row(application_id)
        content = receipts_content(tracked.record if tracked else None, tracking.receipts(application_id))
        self._page.show_receipts(row_id, content)
        is_seen = self._page.isVisible() and self._page.isActiveWindow()
        if is_seen and self._workplace.unread.note_read(application_id):
            self.receipts_read.emit()

    def _ask_delete(self, row_ids: Sequence[str]) -> None:
        self._surface.ask(delete_drafts(len(row_ids)), lambda: self._delete(row_ids))

    def _delete(self, row_ids: Sequence[str]) -> None:
        for row_id in row_ids:
            future = self._workplace.drafting.delete(ApplicationId(row_id))
            self._surface.bridge.when_done(future, lambda _none: self._show_rows(), self._surface.tell, whose=self)
