"""Looking at the PDF files of an application (S19): what the store keeps, drawn apart from the window."""

from __future__ import annotations

from concurrent.futures import Executor, Future

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.ports import PdfView, PdfViewer, StoreReader


class Previewing:
    """Opens stored files to look at."""

    def __init__(self, *, viewer: PdfViewer, reader: StoreReader, workers: Executor) -> None:
        self._viewer = viewer
        self._reader = reader
        self._workers = workers

    def open(self, attachment: Attachment) -> Future[PdfView]:
        """Begin to look at a file; the caller closes the view. Fails with ATTACHMENT_NOT_HERE, STORE_*."""
        return self._workers.submit(self._open, attachment)

    def _open(self, attachment: Attachment) -> PdfView:
        content = self._reader.attachment(attachment.sha256)
        if content is None:
            raise user_error(Code.ATTACHMENT_NOT_HERE, name=attachment.name)
        return self._viewer.open(attachment.name, content)
