"""Adding PDF files to an application (S19): read, checked, copied into the store before the form shows them."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Executor, Future
from pathlib import Path

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.ports import Clock, PdfPort, StoreWriter

REFUSED = frozenset(
    {
        Code.PDF_NOT_A_PDF,
        Code.PDF_DAMAGED,
        Code.PDF_ENCRYPTED,
        Code.PDF_TOO_OLD,
        Code.PDF_READERS_DISAGREE,
        Code.PDF_NO_PAGES,
        Code.FILE_UNREADABLE,
    }
)
"""Files with these findings are not taken at all; what only breaks a limit is taken and said at its row."""
MOST_READ_BYTES = 32 * 1024 * 1024
"""A larger file is refused unread: it is many times over the limit (S19)."""


class Attaching:
    """Takes files in; calls answer Futures that fail with YuyueError and can be cancelled while the PDF is checked."""

    def __init__(self, *, pdf: PdfPort, writer: StoreWriter, clock: Clock, workers: Executor) -> None:
        self._pdf = pdf
        self._writer = writer
        self._clock = clock
        self._workers = workers

    def add(self, present: Collection[Attachment], path: Path, most: int | None = None) -> Future[Attachment]:
        """Take one file in beside those that are there; `most` files may be there, None: as many as a form takes.

        Fails with ATTACHMENTS_TOO_MANY, ATTACHMENT_TOO_LARGE, FILE_UNREADABLE, PDF_*, STORE_FULL, STORE_UNWRITABLE.
        """
        return self._workers.submit(self._add, tuple(present), path, most)

    def _add(self, present: tuple[Attachment, ...], path: Path, most: int | None) -> Attachment:
        allowed = limits.attachment_limits(self._clock.now().date())
        limit = allowed.count if most is None else most
        if len(present) >= limit:
            raise user_error(Code.ATTACHMENTS_TOO_MANY, count=len(present) + 1, limit=limit)
        content = _read(path, allowed)
        report = self._pdf.check(path.name, content, allowed).result()
        for problem in report.problems:
            if problem.code in REFUSED:
                raise user_error(problem.code, **problem.params)
        self._writer.put_attachment(report.attachment.sha256, content).result()
        return report.attachment


def _read(path: Path, allowed: limits.AttachmentLimits) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_READ_BYTES:
            raise user_error(
                Code.ATTACHMENT_TOO_LARGE, name=path.name, size=size // 1024, limit=allowed.file_bytes // 1024 // 1024
            )
        return path.read_bytes()
    except OSError as error:
        raise user_error(Code.FILE_UNREADABLE, name=path.name) from error
