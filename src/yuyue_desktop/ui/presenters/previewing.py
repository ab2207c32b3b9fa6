"""Shows a PDF to look at: pages are asked for as they come into view, and no longer once they are out of it."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.domain.pdf import PageImage
from yuyue_desktop.domain.ports import PdfView
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.ui.forms.file_words import file_words
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog, PreviewedFile

Wanted = tuple[tuple[int, int], ...]


def preview(surface: Surface, previewing: Previewing, attachment: Attachment) -> PreviewDialog:
    """Open a file to look at over the window."""
    limits = attachment_limits(surface.clock.now().date())
    words = file_words(attachment, limits)
    file = PreviewedFile(attachment, limits, words.summary, words.problem)
    dialog = PreviewDialog(surface.look, surface.window, file, is_practice=surface.is_practice)
    _Preview(surface, dialog, previewing.open(attachment))
    dialog.open()
    return dialog


class _Preview(QObject):
    """Lives with its dialog and closes the file with it."""

    def __init__(self, surface: Surface, dialog: PreviewDialog, opening: Future[PdfView]) -> None:
        super().__init__(dialog)
        self._bridge = surface.bridge
        self._dialog = dialog
        self._opening = opening
        self._view: PdfView | None = None
        self._drawing: dict[tuple[int, int], Future[PageImage]] = {}
        dialog.closed.connect(self._close)
        dialog.pages.wanted.connect(self._draw)
        self._bridge.when_done(opening, self._opened, dialog.show_error, whose=self)

    def _opened(self, view: PdfView) -> None:
        self._view = view
        self._bridge.when_done(view.sizes(), self._dialog.show_pages, self._dialog.show_error, whose=self)

    def _draw(self, wanted: Wanted) -> None:
        if self._view is None:
            return
        for asked in [asked for asked in self._drawing if asked not in wanted]:
            self._drawing.pop(asked).cancel()
        for page, width in wanted:
            if (page, width) not in self._drawing:
                self._drawing[page, width] = self._begin(self._view, page, width)

    def _begin(self, view: PdfView, page: int, width: int) -> Future[PageImage]:
        def drawn(image: PageImage) -> None:
            self._drawing.pop((page, width), None)
            self._dialog.pages.show_image(page, width, image)

        def failed(error: YuyueError) -> None:
            self._drawing.pop((page, width), None)
            self._dialog.pages.show_failure(page, width, str(error_words(error)))

        future = view.draw(page, width)
        self._bridge.when_done(future, drawn, failed, whose=self)
        return future

    def _close(self) -> None:
        """Close the file; one that is still being opened is closed as soon as it is."""

        def close(opening: Future[PdfView]) -> None:
            if not opening.cancelled() and opening.exception() is None:
                opening.result().close()

        self._opening.cancel()
        self._opening.add_done_callback(close)
