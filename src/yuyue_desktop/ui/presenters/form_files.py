"""The PDF files of a form (S19, S31): asks for them, takes them in, says what can't be taken, shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.attachments_panel import AttachmentsPanel, UploadBar
from yuyue_desktop.ui.forms.file_intake import NO_FILE_ADVICE
from yuyue_desktop.ui.presenters import upload_words
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.presenters.previewing import preview, preview_beside
from yuyue_desktop.ui.presenters.staging import Staging
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.shell.progress_line import PATIENCE_MS
from yuyue_desktop.ui.upload.upload_dialog import UploadDialog


@dataclass(frozen=True, slots=True)
class FileList:
    """Files of one list: `present` answers those that are there, `show` takes the new list.

    At most `most` of them; None: as many as a form takes.
    """

    present: Callable[[], tuple[Attachment, ...]]
    show: Callable[[tuple[Attachment, ...]], object]
    most: int | None = None


class FormFiles(QObject):
    """What is done with the files of one list.

    【上传PDF】 opens 随附单据编辑. Files that are dropped or pasted need it only where they take their time, or where
    one is not taken: otherwise they are in the form at once.
    """

    def __init__(
        self,
        surface: Surface,
        files: FileList,
        parent: QObject,
        *,
        attaching: Attaching,
        previewing: Previewing,
        page: FormPage | None = None,
    ) -> None:
        """`page` is the form that a file may be looked at beside."""
        super().__init__(parent)
        self._surface = surface
        self._attaching = attaching
        self._previewing = previewing
        self._files = files
        self._page = page
        self._staging: Staging | None = None
        self._dialog: UploadDialog | None = None
        self._is_save_wanted = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.edit)

    def serve(
        self,
        panel: AttachmentsPanel,
        upload: UploadBar,
        intakes: Sequence[ApplicationForm | AttachmentsPanel | UploadBar],
    ) -> None:
        """Do what is asked for where the files are shown, and take what is dropped and pasted at the `intakes`."""
        panel.offer_acts(can_preview=True, can_fit=False)
        panel.preview_asked.connect(self.preview)
        upload.upload_asked.connect(self.edit)
        for intake in intakes:
            intake.files_given.connect(self.add)
            intake.no_files_given.connect(self.refuse)

    def edit(self) -> None:
        """【上传PDF】: 随附单据编辑 with the files that are there or on their way."""
        if self._dialog is not None:
            return
        staging = self._stage()
        self._patience.stop()
        limits = self._attaching.allowed()
        words = upload_words.limit_words(limits, self._files.most or limits.count)
        surface = self._surface
        dialog = UploadDialog(surface.look, surface.window, words, is_practice=surface.is_practice)
        dialog.files_given.connect(staging.add)
        dialog.files.remove_asked.connect(staging.remove)
        dialog.files.preview_asked.connect(self._preview_staged)
        dialog.saved.connect(self._save)
        dialog.left.connect(self._end)
        self.destroyed.connect(dialog.deleteLater)
        self._dialog = dialog
        self._show()
        dialog.open()

    def add(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the form or pasted into it."""
        staging = self._stage()
        if self._dialog is None:
            self._is_save_wanted = True
            self._patience.start()
        staging.add(paths)

    def refuse(self, words: str) -> None:
        """What was dropped or pasted is no file."""
        self._surface.notice(words, NO_FILE_ADVICE)

    def preview(self, sha256: str) -> None:
        """Show a file that is there."""
        for attachment in self._files.present():
            if attachment.sha256 == sha256:
                preview_beside(self._surface, self._previewing, attachment, self._page)
                return

    def _stage(self) -> Staging:
        if self._staging is None:
            staging = Staging(self._surface.bridge, self._attaching, self._files.present(), self._files.most)
            staging.setParent(self)
            staging.changed.connect(self._show)
            staging.settled.connect(self._settled)
            self._staging = staging
        return self._staging

    def _show(self) -> None:
        if self._dialog is None or self._staging is None:
            return
        lines = upload_words.lines(self._staging, self._attaching.allowed())
        note = upload_words.note(self._staging, is_save_wanted=self._is_save_wanted)
        self._dialog.show_lines(lines, note, is_busy=self._staging.is_busy)

    def _settled(self) -> None:
        """Save what was to be saved, unless the clerk has to read what was not taken."""
        if self._staging is None or not self._is_save_wanted:
            return
        self._is_save_wanted = False
        if self._staging.has_refused:
            self.edit()
            self._show()
        else:
            self._save()

    def _save(self) -> None:
        """上传/保存: at once, or as soon as every verdict is known."""
        if self._staging is None:
            return
        if self._staging.is_busy:
            self._is_save_wanted = True
            self._show()
            return
        attachments = self._staging.attachments
        self._end()
        if attachments != self._files.present():
            self._files.show(attachments)

    def _preview_staged(self, key: int) -> None:
        attachment = self._staging.find(key) if self._staging is not None else None
        if attachment is not None:
            preview(self._surface, self._previewing, attachment)

    def _end(self) -> None:
        staging, self._staging = self._staging, None
        dialog, self._dialog = self._dialog, None
        self._is_save_wanted = False
        self._patience.stop()
        if staging is not None:
            staging.drop_all()
            staging.deleteLater()
        if dialog is not None:
            dialog.dismiss()
