"""口岸工作时间查询 at work: asks, judges the week anew as the clock goes, offers windows to drafts (S34, B3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import ApplicationChanged, DraftSaved, Event, LinkChanged, OutboxChanged
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.calendars import CalendarAnswer, CalendarQuestion, Calendars
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.ui.forms.finders import Finder
from yuyue_desktop.ui.pages.calendar_page import LIST, WEEK, CalendarPage, CalendarQuery
from yuyue_desktop.ui.pages.contents import CalendarContent
from yuyue_desktop.ui.presenters.calendar_content import (
    SAME_PORT,
    calendar_content,
    chosen_window,
    conditions,
    own_drafts,
)
from yuyue_desktop.ui.presenters.calendar_day import OwnDraft
from yuyue_desktop.ui.presenters.day_stretches import Terms
from yuyue_desktop.ui.presenters.remembering import Remembered, column_memory
from yuyue_desktop.ui.presenters.surface import Surface

PORT, COLUMNS = "calendar_port", "calendar_columns"
"""Settings: the port that was asked for last, the list's hidden columns."""

DAY_PROBLEMS = frozenset({Code.QUERY_SPAN_REVERSED, Code.QUERY_SPAN_TOO_LONG})
"""What is said at the days; a port that is none is said at the port."""


class CalendarPresenter(QObject):
    """Makes `page` and keeps it true; `window_chosen` carries the id of a draft and the start it shall be moved to.

    The draft on offer is the port's newest one until the clerk asks for another.
    """

    window_chosen = Signal(str, datetime)

    def __init__(
        self, surface: Surface, *, calendars: Calendars, tracking: Tracking, ports: Finder, remembered: Remembered
    ) -> None:
        self.page = CalendarPage(surface.look, surface.clock.now, ports.find, column_memory(remembered, COLUMNS))
        super().__init__(self.page)
        self._surface = surface
        self._calendars = calendars
        self._tracking = tracking
        self._ports = ports
        self._remembered = remembered
        # The strictest terms first: what they call bookable is bookable for everybody.
        self._is_same_port, self._grade = False, Grade.GENERAL
        self._asked: CalendarQuestion | None = None
        self._answer: CalendarAnswer | None = None
        self._shown = CalendarContent()
        self._drafts: tuple[OwnDraft, ...] = ()
        self._held: OwnDraft | None = None
        self._is_list_forced = False
        self._connect()
        self._show_conditions()
        self.ask(calendars.preset(self._first_port()))

    def ask(self, question: CalendarQuestion) -> None:
        """Ask for days of a port, or of every port where none is named; the list then comes to the front."""
        self.page.show_query(
            CalendarQuery(question.first, question.last, question.port), self._ports.name(question.port)
        )
        self._ask(question)

    def tick(self) -> None:
        """The clock moved on: the week is judged anew, and shown if it reads otherwise by now."""
        if self._answer is not None and self._answer.question.port:
            self._show()

    def take(self, event: Event) -> None:
        """Something happened: drafts are read again; what was answered offline is asked again once the link is up."""
        if isinstance(event, ApplicationChanged | DraftSaved | OutboxChanged):
            self._read_drafts()
            self._show()
        elif isinstance(event, LinkChanged) and event.is_up and self._answer is not None and self._answer.is_offline:
            self._ask(self._answer.question)

    # asking

    def _ask_typed(self, query: CalendarQuery) -> None:
        try:
            question = self._calendars.question(query.first, query.last, query.port)
        except YuyueError as error:
            self._say(error)
            return
        self._ask(question)

    def _ask(self, question: CalendarQuestion) -> None:
        self._asked = question
        self._choose_view(question)
        self.page.show_busy()
        self._remembered.keep(PORT, question.port)
        self._surface.bridge.when_done(self._calendars.ask(question), self._take_answer, self._failed)

    def _choose_view(self, question: CalendarQuestion) -> None:
        """The week view has room for one port: without one the list comes to the front, for as long."""
        if not question.port and self.page.views.index == WEEK:
            self.page.views.choose(LIST)
            self._is_list_forced = True
        elif question.port and self._is_list_forced:
            self.page.views.choose(WEEK)
            self._is_list_forced = False

    def _take_answer(self, answer: CalendarAnswer) -> None:
        if answer.question != self._asked:
            return  # a later question is under way
        self._answer = answer
        self._read_drafts()
        self._shown = CalendarContent()
        self._show()
        if self.page.week.chosen is None:
            self._go_to_held()

    def _failed(self, error: YuyueError) -> None:
        self.page.show_content(self._shown)
        self._surface.tell(error)

    def _say(self, error: YuyueError) -> None:
        said = error_words(error)
        show = self.page.show_problem if error.code in DAY_PROBLEMS else self.page.show_port_problem
        show(said.title, said.advice)

    def _first_port(self) -> str:
        """The port of the last question, else of the newest draft that has one."""
        remembered = self._remembered.text(PORT)
        drafts = (row.record.application.declaration_port for row in self._tracking.drafts())
        return remembered or next((port for port in drafts if self._ports.name(port)), "")

    # showing

    def _terms(self) -> Terms:
        return Terms(self._is_same_port, self._grade, self._surface.clock.now())

    def _show(self) -> None:
        if self._answer is None:
            return
        content = calendar_content(self._answer, self._drafts, self._terms(), self._ports.name)
        if content != self._shown:
            self._shown = content
            self.page.show_content(content, is_offline=self._answer.is_offline)
        self._show_chosen()

    def _show_chosen(self) -> None:
        start = self.page.week.chosen
        if start is None or self._answer is None:
            self.page.show_chosen(None)
            return
        calendar = self._answer.calendars.get(self._answer.question.port)
        chosen = chosen_window(calendar, start, self._terms(), self._held)
        self.page.show_chosen(replace(chosen, has_others=len(self._movable()) > 1))

    def _show_conditions(self) -> None:
        self.page.show_conditions(conditions(self._terms()))

    def _take_conditions(self, relation: str, grade: str) -> None:
        self._is_same_port = relation == SAME_PORT
        self._grade = Grade(grade) if grade else Grade.GENERAL
        self._show_conditions()
        self._show()

    # drafts

    def _read_drafts(self) -> None:
        port = self._answer.question.port if self._answer else ""
        self._drafts = own_drafts(self._tracking.drafts(), port)
        movable = self._movable()
        held = self._held.id if self._held else ""
        self._held = next((draft for draft in movable if draft.id == held), next(iter(movable), None))

    def _movable(self) -> list[OwnDraft]:
        return [draft for draft in self._drafts if draft.is_open]

    def _take_other(self) -> None:
        """The next draft is on offer, and its window chosen."""
        movable = self._movable()
        if self._held in movable:
            self._held = movable[(movable.index(self._held) + 1) % len(movable)]
            self._go_to_held()

    def _go_to_held(self) -> None:
        if self._held is not None:
            self.page.week.choose(self._held.start)
        self._show_chosen()

    def _accept(self, start: datetime) -> None:
        calendar = self._answer.calendars.get(self._answer.question.port) if self._answer else None
        if self._held is not None and chosen_window(calendar, start, self._terms(), self._held).act:
            self.window_chosen.emit(self._held.id, start)

    def _connect(self) -> None:
        self.page.query_asked.connect(self._ask_typed)
        self.page.conditions_changed.connect(self._take_conditions)
        self.page.window_moved.connect(lambda _start: self._show_chosen())
        self.page.other_draft_asked.connect(self._take_other)
        self.page.window_accepted.connect(self._accept)
