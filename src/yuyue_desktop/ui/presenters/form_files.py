"""Brings PDF files into a form (S19): asks for them, takes them in one after another, says what can't be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.ui.presenters.surface import Surface

Present = Callable[[], tuple[Attachment, ...]]
Show = Callable[[tuple[Attachment, ...]], object]


class FormFiles(QObject):
    """Files of one list: `present` answers those that are there, `show` takes the new list; at most `most` of them."""

    def __init__(
        self,
        surface: Surface,
        attaching: Attaching,
        present: Present,
        show: Show,
        parent: QObject,
        *,
        most: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._surface = surface
        self._attaching = attaching
        self._present = present
        self._show = show
        self._waiting: list[Path] = []
        self._is_busy = False

    def ask(self) -> None:
        """【上传PDF】→【添加文件】→【打开】: the system's own dialog; several files may be chosen."""
        dialog = QFileDialog(self._surface.window, "添加文件", "", "PDF 文件 (*.pdf *.PDF)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in, in order."""
        self._waiting += paths
        if not self._is_busy:
            self._next()

    def _next(self) -> None:
        self._is_busy = bool(self._waiting)
        if not self._waiting:
            return
        future = self._attaching.add(self._present(), self._waiting.pop(0), self._most)
        self._surface.bridge.when_done(future, self._taken, self._refused)

    def _taken(self, attachment: Attachment) -> None:
        present = self._present()
        if attachment.sha256 not in {other.sha256 for other in present}:
            self._show((*present, attachment))
        self._next()

    def _refused(self, error: YuyueError) -> None:
        self._surface.tell(error)
        self._next()
