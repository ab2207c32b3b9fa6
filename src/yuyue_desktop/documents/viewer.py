"""The port through which the window looks at PDF files, page by page; opens no PDF itself."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import IO

from yuyue_desktop.documents.calls import COMMAND, Ask, PdfCalls
from yuyue_desktop.documents.protocol import (
    encode_draw,
    encode_open,
    encode_sizes_wanted,
    read_image,
    read_opened,
    read_sizes,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.pdf import PageImage, PageSize

TIME_LIMIT_S = 10.0
PATIENCE_S = 3.0
"""How long a page that nobody waits for any more may still be drawn: most end sooner than a new process starts."""


class View:
    """One file that somebody looks at, in a process of its own that ends with it."""

    def __init__(self, command: Sequence[str], time_limit_s: float, name: str, content: bytes) -> None:
        self._name = name
        self.calls = PdfCalls(
            command,
            time_limit_s=time_limit_s,
            patience_s=PATIENCE_S,
            unstartable=self._not_shown,
            opening=Ask(line=lambda: encode_open(content), read=read_opened, gone=lambda _is_hung: None),
        )

    def sizes(self) -> Future[tuple[PageSize, ...]]:
        """The size of every page. Fails with PDF_NOT_SHOWN where no page can be shown."""

        def read(answers: IO[bytes]) -> tuple[PageSize, ...]:
            sizes = read_sizes(answers)
            if not sizes:
                raise self._not_shown()
            return sizes

        def gone(_is_hung: bool) -> tuple[PageSize, ...]:
            raise self._not_shown()

        return self.calls.ask(Ask(line=encode_sizes_wanted, read=read, gone=gone))

    def draw(self, page: int, width: int) -> Future[PageImage]:
        """Draw a page (the first is 0) about `width` pixels wide. Fails with PDF_PAGE_NOT_SHOWN, PDF_NOT_SHOWN."""
        not_shown = YuyueError(Code.PDF_PAGE_NOT_SHOWN, {"name": self._name, "page": page + 1})

        def read(answers: IO[bytes]) -> PageImage:
            image = read_image(answers)
            if image is None:
                raise not_shown
            return image

        def gone(_is_hung: bool) -> PageImage:
            raise not_shown

        return self.calls.ask(Ask(line=lambda: encode_draw(page, width), read=read, gone=gone))

    def close(self) -> None:
        """Nobody looks any more; returns at once."""
        self.calls.close()

    def _not_shown(self) -> YuyueError:
        return YuyueError(Code.PDF_NOT_SHOWN, {"name": self._name})


class Viewer:
    """Opens files to look at; `close` ends all that are still open."""

    def __init__(self, command: Sequence[str] = COMMAND, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s`: how long one page may take."""
        self._command = tuple(command)
        self._time_limit_s = time_limit_s
        self._views: list[View] = []

    def open(self, name: str, content: bytes) -> View:
        """Begin to look at a file; the caller closes the view."""
        view = View(self._command, self._time_limit_s, name, content)
        self._views = [*(open_view for open_view in self._views if not open_view.calls.is_closed), view]
        return view

    def close(self) -> None:
        """Stop every process; returns once all are gone."""
        for view in self._views:
            view.close()
        for view in self._views:
            view.calls.join()
