"""换电脑 at work (B17): everything out into one file under a password, and in again; knows no file's inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.errors import Blame, YuyueError
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.dialogs import key_questions
from yuyue_desktop.ui.dialogs.secret_dialog import SecretDialog, SecretRequest
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.worker import in_worker

_SUFFIX = "yuyuedata"
FILES = f"预约通关数据 (*.{_SUFFIX} *.yuyue)"
"""`*.yuyue` are application files, as earlier exports were called."""

EXPORT = replace(
    key_questions.FIRST_PASSWORD,
    title="导出全部数据",
    explanation="草稿、附件、回执和记录存成一个加密的文件，在新电脑上用这个密码导入。请选记得住的，忘了就打不开。",
    name="导出密码",
    act="导出",
    busy="正在导出…",
    other="",
)
IMPORT = SecretRequest(
    "导入数据",
    "输入导出时设的密码。导入后，这台电脑上原来的数据改名保留，不再显示。",
    "导出密码",
    "本机还有没发出的草稿或提交时，不会导入。",
    act="导入",
    busy="正在核对…",
)


class Movable(Protocol):
    """Takes everything out and in; every method blocks. Errors: YuyueError."""

    def export(self, target: Path, password: str) -> None: ...
    def bring_in(self, source: Path, password: str) -> None: ...


class MovingPresenter(QObject):
    """Asks for file and password, and says how it ended."""

    def __init__(self, surface: Surface, moving: Movable, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._moving = moving

    def ask_export(self) -> None:
        """导出…"""
        dialog = QFileDialog(self._surface.window, "导出全部数据", "", FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_SUFFIX)
        dialog.selectFile(f"预约通关 {self._surface.clock.now():%Y-%m-%d}.{_SUFFIX}")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_import(self) -> None:
        """导入…"""
        dialog = QFileDialog(self._surface.window, "导入数据", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, file: Path) -> None:
        """Ask for a new password, and export."""
        self._run(EXPORT, partial(self._moving.export, file), "已导出", f"{file.name} 已核对能打开。请和密码分开保管。")

    def import_from(self, file: Path) -> None:
        """Ask for its password, and have it taken over at the next start."""
        advice = "请关闭程序再打开，就是导入的数据。原来的数据改名保留。"
        self._run(IMPORT, partial(self._moving.bring_in, file), "已核对，等待重新打开", advice)

    def _run(self, request: SecretRequest, act: Callable[[str], None], title: str, advice: str) -> None:
        surface = self._surface
        dialog = SecretDialog(surface.look, surface.window, request, is_practice=surface.is_practice)

        def done(_none: None) -> None:
            dialog.dismiss()
            surface.notice(title, advice)

        def failed(error: YuyueError) -> None:
            if error.blame is Blame.USER:
                dialog.say_wrong(str(error_words(error)))
            else:
                dialog.dismiss()
                surface.tell(error)

        dialog.entered.connect(
            lambda secret: surface.bridge.when_done(in_worker(partial(act, secret)), done, failed, whose=self)
        )
        dialog.open()
