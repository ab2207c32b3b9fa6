"""打开申请文件 (B11): each file becomes a draft in a tab of its own; what can't be used is told by file and field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.domain.texts import error_words, words
from yuyue_desktop.services.application_intake import ApplicationIntake, TakenIn
from yuyue_desktop.services.drafting import Drafting
from yuyue_desktop.services.json_input import shown_name
from yuyue_desktop.ui.presenters.form_tabs import FormTabs
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.worker import in_worker

FILES = "申请文件 (*.yuyue *.json);;所有文件 (*)"
MOST_OPENED = 20
"""What is given beyond this is not opened: a whole folder of files is a slip of the hand."""
MOST_TOLD = 3
"""So many faults of a file are told, and so many files with faults; then how many there are."""


class ApplicationFiles(QObject):
    """Takes files in one after another, away from the window thread; `busy_changed` says whether any is under way."""

    busy_changed = Signal(bool)

    def __init__(self, surface: Surface, forms: FormTabs, drafting: Drafting, intake: ApplicationIntake) -> None:
        super().__init__(forms)
        self._surface = surface
        self._forms = forms
        self._drafting = drafting
        self._intake = intake
        self._waiting: list[Path] = []
        self._faults: list[str] = []
        self._passed_over = 0
        self._is_busy = False
        self._opened: Page | None = None

    @property
    def is_busy(self) -> bool:
        """Whether any file is under way."""
        return self._is_busy

    def ask(self) -> None:
        """打开申请文件…"""
        dialog = QFileDialog(self._surface.window, "打开申请文件", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open(self, files: Sequence[Path]) -> None:
        """Open files that were given; who may not apply is told so, and nothing is read."""
        try:
            self._drafting.require_may_apply()
        except YuyueError as error:
            self._surface.tell(error)
            return
        room = max(MOST_OPENED - len(self._waiting), 0)
        self._waiting += files[:room]
        self._passed_over += len(files[room:])
        if self._waiting and not self._is_busy:
            self._note_busy(is_busy=True)
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._note_busy(is_busy=False)
            self._show_opened()
            self._tell_faults()
            return
        file = self._waiting.pop(0)
        taking = in_worker(partial(self._intake.take_in, file))
        self._surface.bridge.when_done(taking, partial(self._taken, file), partial(self._refused, file), whose=self)

    def _taken(self, file: Path, taken: TakenIn) -> None:
        if taken.problems:
            self._faults.append(f"{shown_name(file.name)}：{_told(taken.problems)}")
        else:
            self._opened = self._forms.fill(taken.application, self._opened) or self._opened
        self._next()

    def _refused(self, file: Path, error: YuyueError) -> None:
        self._faults.append(f"{shown_name(file.name)}：{error_words(error)}")
        self._next()

    def _note_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _show_opened(self) -> None:
        """The last of the drafts comes to the front, the only one whose form is built now."""
        opened, self._opened = self._opened, None
        if opened is not None:
            self._forms.show(opened)

    def _tell_faults(self) -> None:
        faults, self._faults = self._faults, []
        passed_over, self._passed_over = self._passed_over, 0
        if not faults and not passed_over:
            return
        lines = [f"{line}。" for line in faults[:MOST_TOLD]]
        if len(faults) > MOST_TOLD:
            lines.append(f"另有 {len(faults) - MOST_TOLD} 个文件也用不了，请改好上面的再逐个打开。")
        if passed_over:
            lines.append(f"一次最多打开 {MOST_OPENED} 个，其余 {passed_over} 个请再打开一次。")
        self._surface.notice(f"{len(faults) + passed_over} 个申请文件没有打开", "\n".join(lines))


def _told(problems: Sequence[Problem]) -> str:
    """The first faults of a file in words, and how many there are in all."""
    told = "；".join(str(words(problem.code, problem.params)) for problem in problems[:MOST_TOLD])
    return told if len(problems) <= MOST_TOLD else f"{told}；等 {len(problems)} 处"
