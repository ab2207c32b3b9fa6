"""The window's side of the PDF process: starts it, gives it files, kills it when it hangs; opens no PDF itself."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, cast

from yuyue_desktop.documents.protocol import decode_report, encode_request
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem

COMMAND = (sys.executable, "-m", "yuyue_desktop.documents.process")
"""From source; the packaged program has a worker program of its own."""
TIME_LIMIT_S = 30.0


class PdfProcess:
    """One run of the PDF process, used by one thread; `kill` may come from any."""

    def __init__(self, command: Sequence[str]) -> None:
        """Raises OSError where it can't be started."""
        # Windows would flash a console window; elsewhere there is no such flag.
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self.kill = self._process.kill
        self.has_served = False

    def ask(self, line: bytes, time_limit_s: float) -> PdfReport | None:
        """The report; None, and the process is gone, where it hung, crashed or answered nonsense."""
        watchdog = threading.Timer(time_limit_s, self.kill)
        watchdog.start()
        try:
            self._pipe(self._process.stdin).write(line)
            self._pipe(self._process.stdin).flush()
            report = decode_report(self._pipe(self._process.stdout).readline())
        except (OSError, ValueError, KeyError, TypeError):
            self.end()
            return None
        finally:
            watchdog.cancel()
        self.has_served = True
        return report

    def end(self) -> None:
        """Kill it and let go of its pipes; returns once it is gone."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what is still in the buffer has nobody to go to
                self._pipe(pipe).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        return cast("IO[bytes]", pipe)


class PdfChecker:
    """Checks files one after another in a process that is started with the first.

    Calls return at once, from any thread. A file that hangs or crashes the process is reported as PDF_DAMAGED, and the
    next file gets a new process. Cancelling a Future kills the process where it is at that file.
    """

    def __init__(self, command: Sequence[str] = COMMAND, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s`: how long one file may take."""
        self._command = tuple(command)
        self._time_limit_s = time_limit_s
        self._calls = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")
        self._lock = threading.Lock()
        self._process: PdfProcess | None = None
        self._current: Future[PdfReport] | None = None
        self._open: set[Future[PdfReport]] = set()

    def check(self, name: str, content: bytes, limits: AttachmentLimits) -> Future[PdfReport]:
        """Check a file's bytes under the limits of the day (S19).

        The Future fails with YuyueError(FILE_UNREADABLE) where no PDF process can be started.
        """
        report: Future[PdfReport] = Future()
        with self._lock:
            self._open.add(report)
        report.add_done_callback(self._on_done)
        self._calls.submit(self._run, name, content, limits, report)
        return report

    def close(self) -> None:
        """Cancel what is under way or waits and stop the process; returns once it is gone."""
        with self._lock:
            unfinished = list(self._open)
        for report in unfinished:
            report.cancel()
        self._calls.shutdown()
        if self._process is not None:
            self._process.end()
            self._process = None

    def _run(self, name: str, content: bytes, limits: AttachmentLimits, report: Future[PdfReport]) -> None:
        """Runs in the calls' thread. The Future stays pending while the process works, so that it can be cancelled."""
        with self._lock:
            self._current = report
        try:
            found = self._ask(encode_request(name, content, limits), report)
            error = None
        except OSError:
            found, error = None, YuyueError(Code.FILE_UNREADABLE, {"name": name})
        with self._lock:
            self._current = None
        if not report.set_running_or_notify_cancel():
            return
        if error is not None:
            report.set_exception(error)
        else:
            report.set_result(found or _unreadable(name, content))

    def _ask(self, line: bytes, report: Future[PdfReport]) -> PdfReport | None:
        """The report, None where the file is to blame, or nobody wants it any more.

        A process that served before may have died since for other reasons, so that a new one has the last word.
        """
        while not report.cancelled():
            process = self._running()
            is_fresh = not process.has_served
            if report.cancelled():
                break
            found = process.ask(line, self._time_limit_s)
            if found is not None:
                return found
            with self._lock:
                self._process = None
            if is_fresh:
                break
        return None

    def _running(self) -> PdfProcess:
        with self._lock:
            if self._process is None:
                self._process = PdfProcess(self._command)
            return self._process

    def _on_done(self, report: Future[PdfReport]) -> None:
        with self._lock:
            self._open.discard(report)
            if report.cancelled() and report is self._current and self._process is not None:
                self._process.kill()


def _unreadable(name: str, content: bytes) -> PdfReport:
    attachment = Attachment(name, hashlib.sha256(content).hexdigest(), len(content), ())
    return PdfReport(attachment, (Problem("S19", "attachments", Code.PDF_DAMAGED, params={"name": name}),))
