"""The PDF files of a form (S19): asks for them, takes them in, says what can't be taken, shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.presenters.previewing import preview
from yuyue_desktop.ui.presenters.surface import Surface


@dataclass(frozen=True, slots=True)
class FileList:
    """Files of one list: `present` answers those that are there, `show` takes the new list.

    At most `most` of them; None: as many as a form takes.
    """

    present: Callable[[], tuple[Attachment, ...]]
    show: Callable[[tuple[Attachment, ...]], object]
    most: int | None = None


class FormFiles(QObject):
    """What is done with the files of one list."""

    def __init__(self, surface: Surface, workplace: Workplace, files: FileList, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._attaching = workplace.attaching
        self._previewing = workplace.previewing
        self._files = files
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

    def preview(self, sha256: str) -> None:
        """Show a file that is there."""
        for attachment in self._files.present():
            if attachment.sha256 == sha256:
                preview(self._surface, self._previewing, attachment)
                return

    def _next(self) -> None:
        self._is_busy = bool(self._waiting)
        if not self._waiting:
            return
        future = self._attaching.add(self._files.present(), self._waiting.pop(0), self._files.most)
        self._surface.bridge.when_done(future, self._taken, self._refused)

    def _taken(self, attachment: Attachment) -> None:
        present = self._files.present()
        if attachment.sha256 not in {other.sha256 for other in present}:
            self._files.show((*present, attachment))
        self._next()

    def _refused(self, error: YuyueError) -> None:
        self._surface.tell(error)
        self._next()
