"""The window from its first moment to an open store, waited for step by step; makes no store and no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEventLoop, SignalInstance
from PySide6.QtWidgets import QApplication

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.main_window import MainWindow
from yuyue_desktop.ui.opening.mending import Mendable, Mending
from yuyue_desktop.ui.opening.unlocking import OPENING, Keys, Unlocking
from yuyue_desktop.ui.opening.view import OpeningView
from yuyue_desktop.ui.pages.opening_page import OpeningPage
from yuyue_desktop.ui.worker import in_worker

Result = TypeVar("Result")


class Opening:
    """Every method returns once its step has ended; the window lives meanwhile, and may be closed by the clerk."""

    def __init__(self, look: Look, window: MainWindow, bridge: EventBridge, *, is_practice: bool) -> None:
        self._window = window
        self._view = OpeningView(look, window, OpeningPage(look, is_practice=is_practice), bridge, is_practice)
        self._is_left = False

    @property
    def is_left(self) -> bool:
        """Whether the clerk closed the window before there was anything to work with."""
        return self._is_left

    def leave(self) -> None:
        """The clerk closes the window."""
        self._is_left = True

    def show(self) -> None:
        """Show the window before there is anything to work with."""
        self._window.show_content(self._view.page)
        self._window.show()

    def meanwhile(self, call: Callable[[], Result]) -> Result:
        """Answer a slow call's result while the window lives."""
        waiting = QEventLoop()
        future = in_worker(call)
        self._view.page.wait(OPENING)
        self._view.bridge.when_done(future, lambda _result: waiting.quit(), lambda _error: waiting.quit())
        waiting.exec()
        return future.result()

    def unlock(self, keys: Keys, password: str | None = None) -> bytes | None:
        """Open the store's key, by a password that was handed over or by asking the clerk; None where she left.

        Raises:
            YuyueError: what nobody can mend at this window.
        """
        unlocking = Unlocking(self._view, keys)
        unlocking.left.connect(self._window.close)
        answers: list[bytes | YuyueError] = []
        for answered in (unlocking.opened, unlocking.refused):
            answered.connect(answers.append)
        self._until(lambda: unlocking.start(password), unlocking.opened, unlocking.refused)
        return self._answer(answers)

    def mend(self, store: Mendable) -> bool:
        """Offer what can be done about a damaged store; answers whether it can be opened again.

        Raises:
            YuyueError: the snapshot could not be put in its place.
        """
        mending = Mending(self._view, store)
        mending.left.connect(self._window.close)
        answers: list[bool | YuyueError] = []
        mending.mended.connect(lambda: answers.append(True))
        mending.refused.connect(answers.append)
        self._until(mending.start, mending.mended, mending.refused)
        return self._answer(answers) or False

    def tell(self, error: YuyueError) -> None:
        """Say over the empty window what was not done; goes on once that is read."""
        dialog = self._notice(error)
        self._until(dialog.open, dialog.closed)

    def refuse(self, error: YuyueError) -> int:
        """The program can't start: say why over the empty window, unless the clerk left it; answers the exit code."""
        if self._is_left:
            return 1
        dialog = self._notice(error)
        dialog.closed.connect(self._window.release)
        dialog.closed.connect(self._window.close)
        self._window.release()
        self._window.show()
        dialog.open()
        QApplication.exec()
        return 1

    def _notice(self, error: YuyueError) -> NoticeDialog:
        view = self._view
        view.page.rest()
        said = error_words(error)
        return NoticeDialog(view.look, self._window, said.title, said.advice, is_practice=view.is_practice)

    def _until(self, start: Callable[[], None], *ends: SignalInstance) -> None:
        """Start a step and wait for its end, or for the clerk to leave; one who has left is asked nothing."""
        if self._is_left:
            return
        waiting = QEventLoop()
        for ended in (*ends, self._window.closing):
            ended.connect(waiting.quit)
        start()
        waiting.exec()

    def _answer(self, answers: Sequence[Result | YuyueError]) -> Result | None:
        answer = answers[0] if answers and not self._is_left else None
        if isinstance(answer, YuyueError):
            raise answer
        return answer
