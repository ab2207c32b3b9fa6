"""The port through which the window has PDF files checked (S19); opens no PDF itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future

from yuyue_desktop.documents.calls import COMMAND, Ask, PdfCalls
from yuyue_desktop.documents.protocol import encode_check, read_report
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem

TIME_LIMIT_S = 30.0


class PdfChecker:
    """Checks files one after another in a process that is started with the first.

    Calls return at once, from any thread. A file that crashes the process is reported as PDF_DAMAGED, one that hangs it
    as PDF_TOO_COMPLEX, and the next file gets a new process. Cancelling a Future kills the process where it is at that
    file.
    """

    def __init__(self, command: Sequence[str] = COMMAND, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s`: how long one file may take."""
        self.calls = PdfCalls(
            command, time_limit_s=time_limit_s, unstartable=lambda: YuyueError(Code.PDF_PROCESS_MISSING)
        )

    def check(self, name: str, content: bytes, limits: AttachmentLimits) -> Future[PdfReport]:
        """Check a file's bytes under the limits of the day (S19).

        The Future fails with YuyueError(PDF_PROCESS_MISSING) where no PDF process can be started.
        """
        return self.calls.ask(
            Ask(
                line=lambda: encode_check(name, content, limits),
                read=read_report,
                gone=lambda is_hung: _unread(name, content, Code.PDF_TOO_COMPLEX if is_hung else Code.PDF_DAMAGED),
            )
        )

    def close(self) -> None:
        """Cancel what is under way or waits and stop the process; returns once it is gone."""
        self.calls.close()
        self.calls.join()


def _unread(name: str, content: bytes, code: Code) -> PdfReport:
    attachment = Attachment(name, hashlib.sha256(content).hexdigest(), len(content), ())
    return PdfReport(attachment, (Problem("S19", "attachments", code, params={"name": name}),))
