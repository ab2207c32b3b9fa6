"""What every presenter needs of the window: its look, its thread's bridge, its clock, its notices; knows no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.ports import Clock
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog, Question
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Surface:
    """The window as presenters use it."""

    look: Look
    window: QWidget
    bridge: EventBridge
    clock: Clock
    is_practice: bool = False

    def tell(self, error: YuyueError) -> None:
        """Say what went wrong and what to do, in a dialog."""
        said = error_words(error)
        self.notice(said.title, said.advice)

    def notice(self, title: str, advice: str) -> None:
        """Say something in a dialog."""
        NoticeDialog(self.look, self.window, title, advice, is_practice=self.is_practice).open()

    def ask(self, question: Question, wanted: Callable[[], object]) -> None:
        """Ask, and call `wanted` if the clerk wants it."""
        dialog = ConfirmDialog(self.look, self.window, question, is_practice=self.is_practice)
        dialog.answered.connect(lambda is_wanted: wanted() if is_wanted else None)
        dialog.open()
