"""The work of one session: opens pages in tabs, keeps the top bar true, hands events to who shows them (S7, S8)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from yuyue_desktop.domain.application import MOMENT_FORMAT, ApplicationId, ApplicationRecord
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import CardChanged, Event, LinkChanged, OutboxChanged
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow, CardSession, other_card
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.services.notebook import Notebook
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.copy_dialog import CopyDialog
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.dialogs.questions import leave_with_waiting
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.presenters.form_page import FormPage, application_of, form_place
from yuyue_desktop.ui.presenters.form_saving import FormSaving
from yuyue_desktop.ui.presenters.places import Places
from yuyue_desktop.ui.presenters.receipt_news import ReceiptNews
from yuyue_desktop.ui.presenters.searching import SearchPresenter
from yuyue_desktop.ui.presenters.signing import SigningFlow
from yuyue_desktop.ui.presenters.start_content import start_content
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.presenters.top_states import Conditions, top_bar_states
from yuyue_desktop.ui.presenters.whereabouts import Where, Whereabouts
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.widgets.toast import Toast

TICK_MS = 1000
KEPT_PLACES = (Place.APPLICATION_QUERY, Place.CALENDAR_QUERY, Place.DIAGNOSTICS)
"""Tabs beside the applications' that come back with the next start."""


class Workbench(QObject):
    """Owns the applications' tabs of a ShellFrame while a session lasts; `leave_asked` is safe exit (S6).

    `other_card` carries the YuyueError of S3: another card than the session's is in the reader, which ends the session.
    """

    leave_asked = Signal()
    other_card = Signal(object)

    def __init__(self, surface: Surface, frame: ShellFrame, workplace: Workplace, *, tools: Tools) -> None:
        super().__init__(frame)
        self._surface = surface
        self._frame = frame
        self._workplace = workplace
        self._finders = tools.finders
        self._signing = SigningFlow(surface, tools.card, workplace.declaring, self)
        self._card = tools.card
        self._conditions = _first_conditions(workplace, tools.card)
        self._forms: dict[Page, FormPresenter] = {}
        self._start = StartPage(surface.look)
        self._places = Places(
            surface,
            frame,
            workplace,
            tools=tools,
            open_application=self.open_application,
            restore_draft=self._restore,
        )
        SearchPresenter(surface, frame.top_bar.search, workplace.tracking, self.open_application)
        self._toast = Toast(surface.look, frame, frame.hint_line.height())
        self._news = ReceiptNews(frame, self._toast, tools.tray, tracking=workplace.tracking, unread=workplace.unread)
        self._timer = QTimer(self, interval=TICK_MS)
        self._whereabouts = Whereabouts(frame, tools.remembered, workplace.session.person)
        self._connect()
        self._open_first_pages(self._whereabouts.recall())
        self._whereabouts.watch()
        self._timer.start()
        self._tick()
        if tools.card.unlocked is None:
            self._look_at_card()

    def take_focus(self) -> None:
        """Put the keyboard into the page in front, once the window shows it."""
        page = self._frame.page
        entry = page.entry() if page is not None else None
        if entry is not None:
            entry.setFocus()

    def tell_restored(self) -> None:
        """One quiet line after a run that was cut off (B2)."""
        forms = sum(isinstance(page, FormPage) for page in self._frame.pages)
        detail = f"已回到原来的地方，打开着 {forms} 份申请。" if forms else ""
        self._toast.tell("上次没有正常退出，输入的内容都还在", detail)

    def tell_away(self, reason: str) -> None:
        """The card's login ended while nobody was at the machine."""
        self._toast.tell("卡已退出登录", reason, icon="card")

    def take(self, event: Event) -> None:
        """Something happened: everything that shows it reads it again."""
        self._conditions = self._conditions.after(event)
        if isinstance(event, CardChanged):
            self._card_changed(event.state)
        for form in list(self._forms.values()):
            form.take(event)
        self._news.take(event)
        self._places.take(event, is_online=self._conditions.is_online)
        if isinstance(event, LinkChanged | CardChanged | OutboxChanged):
            self._show_states()
        if self._frame.page is self._start:
            self._show_start()

    def flush(self, then: Callable[[], object]) -> None:
        """Bring everything typed to the disk, then go on."""
        waiting = [form.saving for form in self._forms.values() if form.saving.is_unsaved]
        if not waiting:
            then()
            return
        waiting[0].flush(lambda: self.flush(then))

    def new_application(self) -> None:
        """预约申请: an empty draft in a tab of its own, or why there can be none (S5, S23)."""
        self._open_editing(self._workplace.drafting.new)

    def open_application(self, application_id: ApplicationId) -> None:
        """An application in a tab, with what its status allows."""
        known = self._frame.page_at(form_place(application_id))
        if known is not None:
            self._frame.choose(known)
            return
        self._open_editing(lambda: self._workplace.drafting.open(application_id))

    def open_place(self, place: str) -> None:
        """A place of the menu."""
        self._places.open(place)

    # the card

    def _card_changed(self, state: CardState) -> None:
        if state is CardState.ABSENT:
            self._signing.card_gone()
        if state is CardState.PRESENT:
            self._look_at_card()

    def _look_at_card(self) -> None:
        self._surface.bridge.when_done(self._card.look(), self._found_card, self._found_none)

    def saving_of(self, page: Page) -> FormSaving:
        """Who brings an open form to the disk."""
        return self._forms[page].saving

    def _found_card(self, on_show: CardOnShow) -> None:
        state = CardState.PRESENT if self._conditions.card is CardState.ABSENT else self._conditions.card
        self._conditions = replace(self._conditions, card=state, holder=on_show.holder)
        self._show_states()
        error = other_card(self._workplace.session, on_show.holder)
        if error is not None:
            self.other_card.emit(error)

    def _found_none(self, error: YuyueError) -> None:
        """That a card can't be read is said at once; that there is none, where one is wanted."""
        if self._conditions.card is CardState.PRESENT:
            self._conditions = replace(self._conditions, trouble=error_words(error).title)
            self._show_states()

    # pages

    def _open_first_pages(self, where: Where) -> None:
        """The tabs as they were, with what was in front (B2)."""
        self._frame.open_page(self._start)
        for place in where.places:
            self._reopen(place)
        front = self._frame.page_at(where.front) or self._frame.pages[-1]
        if isinstance(front, FormPage):
            front.form.start_name = where.field
        self._frame.choose(front)

    def _reopen(self, place: str) -> None:
        application_id = application_of(place)
        if application_id is None:
            if place in KEPT_PLACES:
                self._places.open(place)
            return
        try:
            editing = self._workplace.drafting.open(application_id)
        except YuyueError:
            # It was deleted meanwhile: its tab simply does not come back.
            return
        self._show_form(editing)

    def _open_editing(self, open_it: Callable[[], Editing]) -> None:
        try:
            editing = open_it()
        except YuyueError as error:
            self._surface.tell(error)
            return
        self._show_form(editing)

    def _show_form(self, editing: Editing, notebook: Notebook | None = None) -> None:
        form = ApplicationForm(self._surface.look, self._finders, self._surface.clock.now)
        form.hint_changed.connect(self._frame.hint_line.show_hint)
        page = FormPage(editing.id, form)
        presenter = FormPresenter(self._surface, page, editing, self._workplace, self._signing, notebook=notebook)
        presenter.saving.kept.connect(lambda at: self._frame.hint_line.show_saved(f"{at:%H:%M:%S}"))
        presenter.saving.changed.connect(self._show_trouble)
        presenter.copy_asked.connect(self._copy)
        presenter.gone.connect(lambda page: self._frame.close_pages([page]))
        self._forms[page] = presenter
        self._frame.open_page(page)

    def _copy(self, record: ApplicationRecord) -> None:
        """Alt+C (S11): attachments come along if the clerk wants them to."""

        def copy(with_attachments: bool) -> None:
            self._open_editing(lambda: self._workplace.drafting.copy(record, with_attachments=with_attachments))

        files = len(record.application.attachments)
        if not files:
            copy(False)  # noqa: FBT003 - as the dialog's signal calls it
            return
        surface = self._surface
        dialog = CopyDialog(surface.look, surface.window, files, is_practice=surface.is_practice)
        dialog.chosen.connect(copy)
        dialog.open()

    def _restore(self, record: ApplicationRecord) -> None:
        """最近删除's 恢复为新草稿 (S28)."""
        self._open_editing(lambda: self._workplace.drafting.restore(record))

    def _closed(self, page: Page) -> None:
        form = self._forms.pop(page, None)
        if form is not None and form.saving.is_unsaved:
            self._see_saved(form.editing, form.notebook)
        self._show_trouble()
        self._places.forget(page)
        page.deleteLater()

    def _see_saved(self, editing: Editing, notebook: Notebook) -> None:
        """A tab was closed with what is still on its way to the disk: should that fail, it is back (S8)."""

        def failed(error: YuyueError) -> None:
            editing.note_failed()
            notebook.note_failed()
            if self._frame.page_at(form_place(editing.id)) is None:
                self._show_form(editing, notebook)
                self._surface.tell(error)

        def watch(saving: Future[Any] | None) -> None:
            if saving is not None:
                self._surface.bridge.when_done(saving, lambda _kept: None, failed, whose=self)

        watch(editing.flush())
        watch(notebook.flush())

    def _choose(self, place: str) -> None:
        if place == Place.HOME:
            self._frame.choose(self._start)
        elif place == Place.APPLICATION:
            self.new_application()
        else:
            self._places.open(place)

    def _move_window(self, application_id: str, start: datetime) -> None:
        """The week view's 改到这里: the draft comes to the front with its new window."""
        self.open_application(ApplicationId(application_id))
        page = self._frame.page
        if page is not None and page in self._forms:
            self._forms[page].enter("window_start", start.strftime(MOMENT_FORMAT))

    # what is true now

    def _tick(self) -> None:
        self._show_states()
        page = self._frame.page
        if page is not None and page in self._forms:
            self._forms[page].tick()
        self._places.tick()

    def _show_states(self) -> None:
        surface = self._surface
        states = top_bar_states(
            self._conditions,
            surface.clock.now(),
            len(self._workplace.tracking.open_items()),
            is_practice=surface.is_practice,
            is_clock_known=surface.clock.is_known,
        )
        self._frame.top_bar.show_states(states)

    def _show_trouble(self) -> None:
        """While the disk refuses what was typed, the line at the bottom says so; it goes on by itself."""
        troubles = [form.saving.trouble for form in self._forms.values() if form.saving.trouble is not None]
        words = f"{error_words(troubles[0]).title}，正在自动再试" if troubles else ""
        self._frame.hint_line.show_unsaved(words)

    def _show_start(self) -> None:
        self._start.show_content(start_content(self._workplace, self._surface.clock.now(), self._news.cursors))

    def _page_chosen(self, page: Page) -> None:
        if page is self._start:
            self._show_start()

    def _ask_leave(self) -> None:
        waiting = len(self._workplace.tracking.open_items())
        if waiting:
            self._surface.ask(leave_with_waiting(waiting), self.leave_asked.emit)
        else:
            self.leave_asked.emit()

    def _help(self) -> None:
        KeyHelp(self._surface.look, self._surface.window).open()

    def _connect(self) -> None:
        frame, start = self._frame, self._start
        frame.menu_chosen.connect(self._choose)
        frame.page_closed.connect(self._closed)
        frame.page_chosen.connect(self._page_chosen)
        self._news.opened.connect(lambda application_id: self.open_application(ApplicationId(application_id)))
        self._news.changed.connect(self._show_start)
        frame.help_asked.connect(self._help)
        frame.top_bar.exit_asked.connect(self._ask_leave)
        self._places.window_chosen.connect(self._move_window)
        self._signing.busy_changed.connect(lambda is_busy: frame.progress.start() if is_busy else frame.progress.stop())
        start.new_asked.connect(self.new_application)
        start.task_acted.connect(lambda row_id: self.open_application(ApplicationId(row_id)))
        start.receipt_opened.connect(lambda row_id: self.open_application(ApplicationId(row_id.partition(":")[0])))
        for asked, place in (
            (start.all_receipts_asked, Place.APPLICATION_QUERY),
            (start.outbox_asked, Place.OUTBOX),
            (start.week_asked, Place.CALENDAR_QUERY),
        ):
            asked.connect(lambda place=place: self._places.open(place))
        start.import_button.hide()
        self._timer.timeout.connect(self._tick)


def _first_conditions(workplace: Workplace, card: CardSession) -> Conditions:
    """After an offline sign-in the link is down until it is heard otherwise."""
    state = CardState.SIGNED_IN if card.unlocked else CardState.ABSENT
    holder = card.unlocked.holder if card.unlocked else None
    return Conditions(workplace.session.is_online, state, holder)
