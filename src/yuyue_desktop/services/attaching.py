"""Adding PDF files to an application (S19): read, checked, copied into the store before the form shows them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from pathlib import Path

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.ports import Clock, PdfPort, StoreWriter
from yuyue_desktop.services.picked_files import read_picked

REFUSED = frozenset(
    {
        Code.ATTACHMENT_NAME_CHARACTERS,
        Code.PDF_NOT_A_PDF,
        Code.PDF_DAMAGED,
        Code.PDF_ENCRYPTED,
        Code.PDF_TOO_OLD,
        Code.PDF_READERS_DISAGREE,
        Code.PDF_NO_PAGES,
        Code.PDF_TOO_MANY_PAGES,
        Code.PDF_TOO_COMPLEX,
    }
)
"""Files with these findings are not taken at all; what only breaks a limit is taken and said at its row."""


Read = Callable[[Path, limits.AttachmentLimits], bytes]


class Attaching:
    """Takes files in; calls answer Futures that fail with YuyueError and can be cancelled at any time.

    Each file comes in on a thread of its own that nobody waits for: a network folder may hold up a read for minutes.
    """

    def __init__(
        self,
        *,
        pdf: PdfPort,
        writer: StoreWriter,
        clock: Clock,
        read: Callable[[Path, limits.AttachmentLimits], bytes] = read_picked,
    ) -> None:
        self._pdf = pdf
        self._writer = writer
        self._clock = clock
        self._read = read

    def allowed(self) -> limits.AttachmentLimits:
        """The limits of the day."""
        return limits.attachment_limits(self._clock.now().date())

    def add(self, present: Collection[Attachment], path: Path, most: int | None = None) -> Future[Attachment]:
        """Take one file in beside those that are there; `most` files may be there, None: as many as a form takes.

        Fails with ATTACHMENTS_TOO_MANY, ATTACHMENT_TOO_LARGE, ATTACHMENT_REPEATED, ATTACHMENT_NAME_CHARACTERS, FILE_*,
        PDF_*, STORE_FULL, STORE_UNWRITABLE.
        """
        limit = self.allowed().count if most is None else most
        taking: Future[Attachment] = Future()

        def run() -> None:
            taken, error = None, None
            try:
                taken = self._take(taking, tuple(present), path, limit)
            except Exception as failed:  # noqa: BLE001 - handed on whole to whoever asked
                error = failed
            if not taking.set_running_or_notify_cancel():
                return
            if taken is not None:
                taking.set_result(taken)
            else:
                taking.set_exception(error)

        threading.Thread(target=run, name="attaching", daemon=True).start()
        return taking

    def _take(self, taking: Future[Attachment], present: tuple[Attachment, ...], path: Path, limit: int) -> Attachment:
        """Runs in the file's thread. `taking` stays pending, so that it can be cancelled."""
        if len(present) >= limit:
            raise user_error(Code.ATTACHMENTS_TOO_MANY, count=len(present) + 1, limit=limit)
        allowed = self.allowed()
        content = self._read(path, allowed)
        checking = self._pdf.check(path.name, content, allowed)
        taking.add_done_callback(lambda ended: checking.cancel() if ended.cancelled() else None)
        report = checking.result()
        for problem in report.problems:
            if problem.code in REFUSED:
                raise user_error(problem.code, **problem.params)
        taken = report.attachment
        for other in present:
            if other.sha256 == taken.sha256:
                raise user_error(Code.ATTACHMENT_REPEATED, name=taken.name, other=other.name)
        self._writer.put_attachment(taken.sha256, content).result()
        return taken
