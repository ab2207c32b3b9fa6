"""Opens the window in a process of its own and lets a clerk's hand answer each question; prints what was shown.

Arguments: the profile's file, then what is done at each thing shown: `type:TEXT` (typed into every field), `code`,
`accept`, `escape`, `read` (prints its title, then escapes) or `close`; `close:FILE` closes the page of the opening
itself once there is such a file. `file:FILE` is an application file that the start brings.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from yuyue_desktop import __main__ as program
from yuyue_desktop.ui import window_program
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.dialogs.overlay import Overlay
from yuyue_desktop.ui.dialogs.recovery_code_dialog import RecoveryCodeDialog
from yuyue_desktop.ui.dialogs.secret_dialog import SecretDialog
from yuyue_desktop.ui.pages.opening_page import OpeningPage
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.window_program import WindowProgram

LOOK_EVERY_MS = 20
FILE = "file:"


class Hand(QObject):
    """Answers each question once, in order."""

    def __init__(self, window: QWidget, acts: list[str]) -> None:
        super().__init__(window)
        self._window = window
        self._acts = acts
        self._answered: list[QWidget] = []
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(LOOK_EVERY_MS)

    def _look(self) -> None:
        shown = next((part for part in self._parts() if part.isVisible() and part not in self._answered), None)
        if shown is None or not self._acts:
            return
        self._answered.append(shown)
        print(type(shown).__name__, flush=True)
        self._act(shown, *self._acts.pop(0).split(":"))

    def _parts(self) -> list[QWidget]:
        pages: list[QWidget] = [*self._window.findChildren(SignInPage)]
        act, _, file = self._acts[0].partition(":") if self._acts else ("", "", "")
        if act == "close" and file and Path(file).exists():
            pages += self._window.findChildren(OpeningPage)
        return [*self._window.findChildren(Overlay), *pages]

    def _act(self, shown: QWidget, act: str, text: str = "") -> None:
        if act == "type" and isinstance(shown, SecretDialog):
            for field in shown.fields:
                QTest.keyClicks(field.editor, text)
            QTest.keyClick(shown.fields[-1].editor, Qt.Key.Key_Return)
        elif act == "code" and isinstance(shown, RecoveryCodeDialog):
            QTest.keyClick(shown.confirmation, Qt.Key.Key_Space)
            QTest.keyClick(shown.done, Qt.Key.Key_Space)
        elif act == "accept" and isinstance(shown, ConfirmDialog):
            QTest.keyClick(shown.act, Qt.Key.Key_Space)
        elif act == "read":
            print(shown.accessibleName(), flush=True)
            QTest.keyClick(shown, Qt.Key.Key_Escape)
        elif act == "escape":
            QTest.keyClick(shown, Qt.Key.Key_Escape)
        elif act == "close":
            self._window.close()
        else:
            raise ValueError(act)


def main(profile_file: str, *acts: str) -> int:
    """Run the program's own main."""
    files = [act.removeprefix(FILE) for act in acts if act.startswith(FILE)]
    hand_acts = [act for act in acts if not act.startswith(FILE)]

    class HandedProgram(WindowProgram):
        def __init__(self, arguments: Sequence[str], *, is_practice: bool) -> None:
            super().__init__(arguments, is_practice=is_practice)
            Hand(self.window, hand_acts)

    window_program.WindowProgram = HandedProgram  # type: ignore[misc]
    return program.main(["--profile-file", profile_file, *files])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
