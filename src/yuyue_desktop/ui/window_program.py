"""The window program: Qt's application, the one window, from sign-in to work and back (S6); makes no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import Event, ReceiptArrived
from yuyue_desktop.domain.lookup import Lookup
from yuyue_desktop.domain.ports import Clock, StoreReader, StoreWriter
from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.card_way import CardWay
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.services.updating import Updating
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.dialogs.questions import close_unsaved
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.garbage import GarbageCollection
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.main_window import MainWindow
from yuyue_desktop.ui.opening.opening import Opening
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.presenters.away import Away
from yuyue_desktop.ui.presenters.given_files import GivenFiles
from yuyue_desktop.ui.presenters.moving import Movable
from yuyue_desktop.ui.presenters.remembering import YES, Remembered
from yuyue_desktop.ui.presenters.settings import Appearance, system_theme
from yuyue_desktop.ui.presenters.signing_in import SignInPresenter
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.presenters.workbench import Workbench
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.tray import Tray
from yuyue_desktop.ui.worker import in_worker

MENU_FOLDED = "menu_folded"
IS_OPEN = "is_open"
"""Setting: whether the program is at work; found set at a start, the run before was cut off."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Searches in the code tables and S17's ready reasons."""

    ports: Lookup
    transport_modes: Lookup
    hs_codes: Lookup
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """What the window works with; `workplace` is asked once for each session, `tables` may still be loading."""

    clock: Clock
    reader: StoreReader
    writer: StoreWriter
    card: CardSession
    readiness: Readiness
    diagnostics: Diagnostics
    signing_in: SigningIn
    workplace: Callable[[Session], Workplace]
    tables: Future[Tables]
    version: str
    card_way: CardWay | None = None
    connecting: Connecting | None = None
    moving: Movable | None = None
    updating: Updating | None = None
    practice_pin: str = ""
    officer_address: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """For checks: save a picture of the window, close it after a while."""

    shot: Path | None = None
    exit_after_s: float | None = None


class WindowProgram(QObject):
    """Made first, so that `bridge.publish` is there for whoever builds the services; `run` returns the exit code.

    `given` takes the application files that a start brings, this one or a second one.
    """

    def __init__(self, arguments: Sequence[str], *, is_practice: bool) -> None:
        self.application = QApplication(list(arguments))
        super().__init__()
        self.application.setApplicationDisplayName("预约通关")
        self._garbage = GarbageCollection(self)
        self.bridge = EventBridge()
        self._is_practice = is_practice
        self._look = Look(system_theme())
        self._look.dress(self.application)
        self.window = MainWindow(self._look, is_practice=is_practice)
        self._tray = Tray(self._look, self)
        self._tray.opened.connect(self.window.come_to_front)
        self.opening = Opening(self._look, self.window, self.bridge, is_practice=is_practice)
        self.given = GivenFiles(self)
        self._was_cut_off = False
        self._is_newer_asked = False
        self._closings = 0
        self._services: Services | None = None
        self._appearance: Appearance | None = None
        self._away: Away | None = None
        self._workbench: Workbench | None = None
        self._sign_in: SignInPresenter | None = None
        self.bridge.arrived.connect(self._take)
        self.window.closing.connect(self._close)
        self.window.overdue.connect(self._ask_close)

    @property
    def look(self) -> Look:
        """The look in force."""
        return self._look

    def open(self, services: Services) -> None:
        """Show the window at its sign-in page, unless the clerk left while it was opening."""
        self._services = services
        if self.opening.is_left:
            return
        remembered = Remembered(services.reader, services.writer)
        self._was_cut_off = remembered.text(IS_OPEN) == YES
        remembered.keep(IS_OPEN, YES)
        self._appearance = Appearance(self._look, remembered)
        self._away = Away(self.window, services.card, remembered, self._tell_away)
        self._show_sign_in()
        self.window.show()

    def run(self, checks: Checks | None = None) -> int:
        """Let the window live until it is closed."""
        if checks is not None:
            self._arrange_checks(checks)
        code = 0 if self.opening.is_left else self.application.exec()
        self.note_end()
        self.bridge.close()
        return code

    def note_end(self) -> None:
        """The program ends as it should: the next start need not say that it did not."""
        if self._services is not None:
            Remembered(self._services.reader, self._services.writer).keep(IS_OPEN, "")

    def close(self) -> None:
        """Close the window as by its ×, and wait until what is typed is on the disk."""
        self.window.close()
        while self.window.isVisible():
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def raise_window(self) -> None:
        """A second start wants the window in front; may be called from any thread."""
        QTimer.singleShot(0, self.window, self.window.come_to_front)

    # sign-in and work

    def _show_sign_in(self) -> None:
        services = self._required()
        page = SignInPage(self._look, is_practice=self._is_practice)
        self._workbench = None
        self.given.rest()
        self._tray.show_counts(0, 0)
        self._sign_in = SignInPresenter(
            self._surface(),
            page,
            signing_in=services.signing_in,
            card=services.card,
            readiness=services.readiness,
            diagnostics=services.diagnostics,
            appearance=self._required_appearance(),
            card_way=services.card_way,
            connecting=services.connecting,
            version=services.version,
            practice_pin=services.practice_pin,
        )
        self._sign_in.signed_in.connect(self._signed_in)
        page.show_waiting_files(self.given.waiting)
        self.given.waiting_changed.connect(page.show_waiting_files)
        self.window.show_content(page)

    def _tell_away(self, words: str) -> None:
        """A card's login ended while nobody was here: said where the clerk works, once she is back."""
        if self._workbench is not None:
            self._workbench.tell_away(words)

    def _signed_in(self, session: Session) -> None:
        self.bridge.when_done(
            self._required().tables, lambda tables: self._show_work(session, tables), self._surface().tell
        )

    def _show_work(self, session: Session, tables: Tables) -> None:
        services = self._required()
        remembered = Remembered(services.reader, services.writer)
        frame = ShellFrame(
            self._look, is_practice=self._is_practice, is_menu_folded=remembered.text(MENU_FOLDED) == YES
        )
        frame.menu_folded.connect(lambda is_folded: remembered.keep(MENU_FOLDED, YES if is_folded else ""))
        finders = Finders(
            ports=tables.ports,
            transport_modes=tables.transport_modes,
            hs_codes=tables.hs_codes,
            reasons=tables.reasons,
        )
        self._sign_in = None
        self._workbench = Workbench(
            self._surface(),
            frame,
            services.workplace(session),
            tools=Tools(
                card=services.card,
                readiness=services.readiness,
                diagnostics=services.diagnostics,
                finders=finders,
                remembered=remembered,
                appearance=self._required_appearance(),
                card_way=services.card_way,
                version=services.version,
                tray=self._tray,
                connecting=services.connecting,
                moving=services.moving,
                officer_address=services.officer_address,
                away=self._away,
            ),
        )
        if self._was_cut_off:
            self._was_cut_off = False
            self._workbench.tell_restored()
        self._look_for_newer(self._workbench)
        self._workbench.leave_asked.connect(self._leave)
        self._workbench.other_card.connect(self._leave)
        self.window.show_content(frame)
        self._workbench.take_focus()
        self.given.serve(self._workbench.files.open)

    def _look_for_newer(self, workbench: Workbench) -> None:
        """Whether there is a newer version, once a run in a quiet line; no work waits for it or hears of a failure."""
        updating = self._required().updating
        if updating is not None and not self._is_newer_asked:
            self._is_newer_asked = True
            newer = in_worker(updating.newer)
            self.bridge.when_done(newer, workbench.tell_newer, lambda _error: None, whose=workbench)

    def _leave(self, reason: YuyueError | None = None) -> None:
        """Safe exit (S6): what is typed goes to the disk first. `reason` is told where the clerk did not ask for it."""
        if self._workbench is None:
            return

        def left() -> None:
            self.bridge.when_done(self._required().signing_in.sign_out(), lambda _none: None, lambda _error: None)
            self._show_sign_in()
            if reason is not None:
                self._surface().tell(reason)

        self._workbench.flush(left)

    def _take(self, event: Event) -> None:
        if self._sign_in is not None:
            self._sign_in.take(event)
        if self._workbench is not None:
            self._workbench.take(event)
        elif isinstance(event, ReceiptArrived):
            self._tray.tell("收到海关回执", "登录后查看")  # no name for whoever sits there

    def _close(self) -> None:
        if self._workbench is None:
            if self._services is None:
                self.opening.leave()
            self.window.release()
            return
        self._closings += 1
        closing = self._closings

        def flushed() -> None:
            if closing == self._closings:
                self.window.release()

        self._workbench.flush(flushed)

    def _ask_close(self) -> None:
        """The disk has not taken everything yet: the window stays unless the clerk wants it gone all the same."""

        def answered(is_wanted: bool) -> None:
            if is_wanted:
                self.window.release()
            else:
                self._closings += 1
                self.window.stay()

        dialog = ConfirmDialog(self._look, self.window, close_unsaved(), is_practice=self._is_practice)
        dialog.answered.connect(answered)
        dialog.open()

    # look and checks

    def _surface(self) -> Surface:
        return Surface(self._look, self.window, self.bridge, self._required().clock, self._is_practice)

    def _required(self) -> Services:
        if self._services is None:
            raise RuntimeError("the window was not opened yet")
        return self._services

    def _required_appearance(self) -> Appearance:
        if self._appearance is None:
            raise RuntimeError("the window was not opened yet")
        return self._appearance

    def _arrange_checks(self, checks: Checks) -> None:
        wait_ms = round((checks.exit_after_s or 0) * 1000)

        def finish() -> None:
            if checks.shot is not None:
                self.window.grab().save(str(checks.shot))
            if checks.exit_after_s is not None:
                self.window.close()

        if checks.shot is not None or checks.exit_after_s is not None:
            QTimer.singleShot(wait_ms, self.window, finish)
