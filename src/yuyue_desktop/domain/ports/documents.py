"""PDF files, looked at by a process of their own."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PageImage, PageSize, PdfReport


class PdfPort(Protocol):
    """Checks PDF files apart from the window: a hostile one can't take it along."""

    def check(self, name: str, content: bytes, limits: AttachmentLimits) -> Future[PdfReport]:
        """Measure a file and find all that breaks S19. Fails with PDF_PROCESS_MISSING where no check is possible."""
        ...


class PdfView(Protocol):
    """A PDF that somebody looks at; calls return at once, and a hostile file can't take the window along."""

    def sizes(self) -> Future[tuple[PageSize, ...]]:
        """The size of every page. Fails with PDF_NOT_SHOWN where no page can be shown."""
        ...

    def draw(self, page: int, width: int) -> Future[PageImage]:
        """Draw a page (the first is 0) about `width` pixels wide; may be cancelled. Fails with PDF_PAGE_NOT_SHOWN."""
        ...

    def close(self) -> None:
        """Nobody looks any more: what is under way ends, a repeat is a no-op."""
        ...


class PdfViewer(Protocol):
    """Opens PDF files to look at."""

    def open(self, name: str, content: bytes) -> PdfView:
        """Begin to look at a file; the caller closes the view."""
        ...
