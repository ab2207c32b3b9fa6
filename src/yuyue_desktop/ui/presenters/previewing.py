"""Shows a PDF to look at: pages are asked for as they come into view, and no longer once they are out of it."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.domain.pdf import PageImage
from yuyue_desktop.domain.ports import PdfView
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.ui.forms.file_words import file_words
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog
from yuyue_desktop.ui.preview.preview_pane import PreviewedFile
from yuyue_desktop.ui.preview.preview_side import PreviewSide

Wanted = tuple[tuple[int, int], ...]


def preview(surface: Surface, previewing: Previewing, attachment: Attachment) -> PreviewDialog:
    """Open a file to look at over the window."""
    file = _file(surface, attachment)
    dialog = PreviewDialog(surface.look, surface.window, file, is_practice=surface.is_practice)
    _Preview(surface, dialog, previewing.open(attachment))
    dialog.open()
    return dialog


def preview_beside(surface: Surface, previewing: Previewing, attachment: Attachment, page: FormPage | None) -> None:
    """Open a file to look at beside a form; over the window where that is too narrow, or where there is no form."""
    if page is None or not page.has_room_beside:
        preview(surface, previewing, attachment)
        return
    side = PreviewSide(surface.look, _file(surface, attachment))
    _Preview(surface, side, previewing.open(attachment))
    page.show_beside(side)


def _file(surface: Surface, attachment: Attachment) -> PreviewedFile:
    limits = attachment_limits(surface.clock.now().date())
    words = file_words(attachment, limits)
    return PreviewedFile(attachment, limits, words.summary, words.problem)


class _Preview(QObject):
    """Lives with what shows the file, and closes the file with it."""

    def __init__(self, surface: Surface, shown: PreviewDialog | PreviewSide, opening: Future[PdfView]) -> None:
        super().__init__(shown)
        self._bridge = surface.bridge
        self._pane = shown.pane
        self._view: PdfView | None = None
        self._drawing: dict[tuple[int, int], Future[PageImage]] = {}
        self.destroyed.connect(partial(_close, opening))  # with its tab, too
        self._pane.pages.wanted.connect(self._draw)
        self._bridge.when_done(opening, self._opened, self._pane.show_error, whose=self)

    def _opened(self, view: PdfView) -> None:
        self._view = view
        self._bridge.when_done(view.sizes(), self._pane.show_pages, self._pane.show_error, whose=self)

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
            self._pane.pages.show_image(page, width, image)

        def failed(error: YuyueError) -> None:
            self._drawing.pop((page, width), None)
            self._pane.pages.show_failure(page, width, str(error_words(error)))

        future = view.draw(page, width)
        self._bridge.when_done(future, drawn, failed, whose=self)
        return future


def _close(opening: Future[PdfView]) -> None:
    """Close the file; one that is still being opened is closed as soon as it is."""

    def close(opened: Future[PdfView]) -> None:
        if not opened.cancelled() and opened.exception() is None:
            opened.result().close()

    opening.cancel()
    opening.add_done_callback(close)
