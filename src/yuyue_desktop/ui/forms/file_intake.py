"""A place that takes files by dropping and by Ctrl+V, and tells when what comes is none (S19); reads no file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

DROPPED_NO_FILE = "拖来的不是文件"
PASTED_NO_FILE = "剪贴板里没有文件"
NO_FILE_ADVICE = "请在文件夹里选中 PDF 再拖过来或复制；邮件附件、网页和图片要先另存为文件。"


def local_files(data: QMimeData) -> list[Path]:
    """The files of what is dragged or copied; pictures, texts and web addresses are none."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileIntake(QWidget):
    """Takes files while it accepts drops: `files_given` carries their paths, `no_files_given` what came instead."""

    files_given = Signal(list)
    no_files_given = Signal(str)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._give(event.mimeData(), DROPPED_NO_FILE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.acceptDrops() and event.matches(QKeySequence.StandardKey.Paste):
            self._give(QGuiApplication.clipboard().mimeData(), PASTED_NO_FILE)
            return
        super().keyPressEvent(event)

    def _give(self, data: QMimeData, otherwise: str) -> None:
        files = local_files(data)
        if files:
            self.files_given.emit(files)
        else:
            self.no_files_given.emit(otherwise)
