"""Asks the PDF process one thing after another and answers with Futures; knows neither checking nor drawing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

from yuyue_desktop.documents.child import PdfChild, ProcessGone

COMMAND = (sys.executable, "-m", "yuyue_desktop.documents.process")
"""From source; the packaged program has a worker program of its own."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ask(Generic[Answer]):
    """One request: the line that is sent, how its answer is read.

    `gone` answers in the place of a process that hung (True) or crashed; it may raise YuyueError. `line` is made in the
    calls' thread, as it may be large.
    """

    line: Callable[[], bytes]
    read: Callable[[IO[bytes]], Answer]
    gone: Callable[[bool], Answer]


class PdfCalls:
    """One thread, and a process that is started with the first request and anew after each that took it along.

    Calls return at once, from any thread. Cancelling a Future kills the process when it is still at that request
    `patience_s` later. `opening` is what every new process is asked first.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        time_limit_s: float,
        unstartable: Callable[[], Exception],
        patience_s: float = 0.0,
        opening: Ask[Any] | None = None,
    ) -> None:
        """`time_limit_s`: how long one answer may take; `unstartable`: what fails where no process can be started."""
        self._command = tuple(command)
        self._time_limit_s = time_limit_s
        self._unstartable = unstartable
        self._patience_s = patience_s
        self._opening = opening
        self._calls = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")
        self._lock = threading.Lock()
        self._is_closed = False
        self._child: PdfChild | None = None
        self._has_served = False
        self._current: Future[Any] | None = None
        self._open: set[Future[Any]] = set()

    @property
    def is_closed(self) -> bool:
        """Whether it takes no requests any more."""
        return self._is_closed

    def ask(self, ask: Ask[Answer]) -> Future[Answer]:
        """Ask when the requests before are answered; cancelled at once where nobody takes requests any more."""
        answer: Future[Answer] = Future()
        with self._lock:
            if self._is_closed:
                answer.cancel()
                return answer
            self._open.add(answer)
            self._calls.submit(self._run, ask, answer)
        answer.add_done_callback(self._on_done)
        return answer

    def close(self) -> None:
        """Cancel what is under way or waits and end the process; returns at once."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            unfinished = list(self._open)
            child = self._child
            self._calls.submit(self._let_go)
        for answer in unfinished:
            answer.cancel()
        if child is not None:
            child.kill()
        self._calls.shutdown(wait=False)

    def join(self) -> None:
        """Return once the process is gone, after `close`."""
        self._calls.shutdown()

    def _run(self, ask: Ask[Answer], answer: Future[Answer]) -> None:
        """Runs in the calls' thread. The Future stays pending while the process works, so that it can be cancelled."""
        with self._lock:
            self._current = answer
        found: Answer | None = None
        error: Exception | None = None
        try:
            found = self._answer(ask, answer)
        except OSError:
            error = self._unstartable()
        except Exception as failed:  # noqa: BLE001 - what `gone` raises goes to whoever asked
            error = failed
        with self._lock:
            self._current = None
        if not answer.set_running_or_notify_cancel():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found)  # type: ignore[arg-type]

    def _answer(self, ask: Ask[Answer], answer: Future[Answer]) -> Answer | None:
        """The answer, None where nobody wants it any more.

        A process that served before may have died since for other reasons, so that a new one has the last word.
        """
        while not answer.cancelled():
            is_fresh = not self._has_served
            try:
                child = self._running()
                if answer.cancelled():
                    break
                found = child.ask(ask.line(), ask.read, self._time_limit_s)
            except ProcessGone as gone:
                self._forget_child()
                if is_fresh or gone.is_hung:
                    return None if answer.cancelled() else ask.gone(gone.is_hung)
            else:
                self._has_served = True
                return found
        return None

    def _running(self) -> PdfChild:
        """A process, with what it is to be asked first done. Raises ProcessGone, OSError."""
        with self._lock:
            if self._child is not None:
                return self._child
            if self._is_closed:
                raise ProcessGone(is_hung=True)
            self._child = child = PdfChild(self._command)
            self._has_served = False
        if self._opening is not None:
            child.ask(self._opening.line(), self._opening.read, self._time_limit_s)
        return child

    def _forget_child(self) -> None:
        with self._lock:
            self._child = None
            self._has_served = False

    def _let_go(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def _on_done(self, answer: Future[Any]) -> None:
        with self._lock:
            self._open.discard(answer)
            is_at_it = answer.cancelled() and answer is self._current
        if not is_at_it:
            return
        if self._patience_s <= 0:
            self._stop(answer)
            return
        timer = threading.Timer(self._patience_s, self._stop, (answer,))
        timer.daemon = True
        timer.start()

    def _stop(self, answer: Future[Any]) -> None:
        """Kill the process where it is still at a request that nobody wants any more."""
        with self._lock:
            if answer is self._current and self._child is not None:
                self._child.kill()
