"""The work of one session: the pages it begins with, the top bar kept true, events for who shows them (S7, S8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import CardChanged, ClockChanged, Event, LinkChanged, OutboxChanged
from yuyue_desktop.domain.releases import Release
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow, CardSession, other_card
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.dialogs.questions import leave_with_waiting
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.presenters.application_files import ApplicationFiles
from yuyue_desktop.ui.presenters.form_page import FormPage, application_of
from yuyue_desktop.ui.presenters.form_tabs import FormTabs
from yuyue_desktop.ui.presenters.places import Places
from yuyue_desktop.ui.presenters.readiness_lines import CLOCK_TOLERANCE_S, clock_off
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
    """Fills a ShellFrame while a session lasts; `leave_asked` is safe exit (S6).

    `forms` are its applications, `files` opens those that the company's own system wrote (B11).

    `other_card` carries the YuyueError of S3: another card than the session's is in the reader, which ends the session.
    """

    leave_asked = Signal()
    other_card = Signal(object)

    def __init__(self, surface: Surface, frame: ShellFrame, workplace: Workplace, *, tools: Tools) -> None:
        super().__init__(frame)
        self._surface = surface
        self._frame = frame
        self._workplace = workplace
        self._signing = SigningFlow(surface, workplace.declaring, self)
        self._card = tools.card
        self._conditions = _first_conditions(workplace, tools.card)
        self.forms = FormTabs(surface, frame, workplace, tools=tools, signing=self._signing)
        self.files = ApplicationFiles(surface, self.forms, workplace.drafting, workplace.intake)
        self._start = StartPage(surface.look)
        self._places = Places(
            surface,
            frame,
            workplace,
            tools=tools,
            open_application=self.forms.open,
            restore_draft=self.forms.restore,
        )
        SearchPresenter(surface, frame.top_bar.search, workplace.tracking, self.forms.open)
        self._toast = Toast(surface.look, frame, frame.hint_line.height())
        self._news = ReceiptNews(frame, self._toast, tools.tray, tracking=workplace.tracking, unread=workplace.unread)
        self._is_clock_told = False
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

    def flush(self, then: Callable[[], object]) -> None:
        """Bring where the clerk is and everything typed to the disk, then go on: the session ends (B2, S6)."""
        self._whereabouts.keep()
        self.forms.flush(then)

    def tell_restored(self) -> None:
        """One quiet line after a run that was cut off (B2)."""
        forms = sum(isinstance(page, FormPage) for page in self._frame.pages)
        detail = f"已回到原来的地方，打开着 {forms} 份申请。" if forms else ""
        self._toast.tell("上次没有正常退出，输入的内容都还在", detail)

    def tell_away(self, reason: str) -> None:
        """The card's login ended while nobody was at the machine."""
        self._toast.tell("卡已退出登录", reason, icon="card")

    def tell_newer(self, release: Release | None) -> None:
        """A newer version is to be had; nothing where there is none."""
        if release is not None:
            parts = (release.notes, f"下载：{release.page}" if release.page else "请向管理员要安装程序")
            self._toast.tell(f"有新版本 {release.version}", "\n".join(part for part in parts if part), icon="info")

    def take(self, event: Event) -> None:
        """Something happened: everything that shows it reads it again."""
        self._conditions = self._conditions.after(event)
        if isinstance(event, CardChanged):
            self._card_changed(event.state)
        if isinstance(event, ClockChanged):
            self._clock_changed(event.offset_s)
        self.forms.take(event)
        self._news.take(event)
        self._places.take(event, is_online=self._conditions.is_online)
        if isinstance(event, LinkChanged | CardChanged | OutboxChanged):
            self._show_states()
        if self._frame.page is self._start:
            self._show_start()

    def open_place(self, place: str) -> None:
        """A place of the menu."""
        self._places.open(place)

    def _clock_changed(self, offset_s: float) -> None:
        """One quiet line, once: a machine's clock that is wrong does no harm, but the clerk reads it elsewhere."""
        if abs(offset_s) <= CLOCK_TOLERANCE_S or self._surface.is_practice or self._is_clock_told:
            return
        self._is_clock_told = True
        self._toast.tell(clock_off(offset_s), "这里一律按网关时间计，不受影响；请把电脑的时间调准。", icon="clock")

    # the card

    def _card_changed(self, state: CardState) -> None:
        if state is CardState.ABSENT:
            self._signing.card_gone()
        if state is CardState.PRESENT:
            self._look_at_card()

    def _look_at_card(self) -> None:
        self._surface.bridge.when_done(self._card.look(), self._found_card, self._found_none)

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
        """The tabs as they were, with what was in front (B2).

        The frame is not shown yet: of the applications only the one in front builds its form.
        """
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
        self.forms.reopen(application_id)

    def _choose(self, place: str) -> None:
        if place == Place.HOME:
            self._frame.choose(self._start)
        elif place == Place.APPLICATION:
            self.forms.new()
        elif place == Place.APPLICATION_FILES:
            self.files.ask()
        else:
            self._places.open(place)

    # what is true now

    def _tick(self) -> None:
        self._show_states()
        self.forms.tick()
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

    def _show_start(self) -> None:
        self._start.show_content(start_content(self._workplace, self._surface.clock.now(), self._news.cursors))

    def _closed(self, page: Page) -> None:
        self._places.forget(page)
        page.deleteLater()

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
        self._news.opened.connect(lambda application_id: self.forms.open(ApplicationId(application_id)))
        self._news.changed.connect(self._show_start)
        frame.help_asked.connect(self._help)
        frame.top_bar.exit_asked.connect(self._ask_leave)
        self._places.window_chosen.connect(self.forms.move_window)
        self._places.receipts_read.connect(self._news.note_read)
        works = (self._signing, self.files)
        for work in works:
            work.busy_changed.connect(lambda: frame.progress.show_busy(is_busy=any(work.is_busy for work in works)))
        start.new_asked.connect(self.forms.new)
        start.task_acted.connect(lambda row_id: self.forms.open(ApplicationId(row_id)))
        start.receipt_opened.connect(lambda row_id: self.forms.open(ApplicationId(row_id.partition(":")[0])))
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
