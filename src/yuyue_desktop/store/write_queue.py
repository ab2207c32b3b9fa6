"""The store thread's queue: in order, one at a time, of saves of one draft only the newest; knows no database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from yuyue_desktop.domain.errors import Code, YuyueError

Result = TypeVar("Result")


@dataclass(slots=True)
class _Waiting:
    """Work that has not begun and may still be replaced by newer work."""

    work: Callable[[], Any]
    future: Future[Any]


class WriteQueue:
    """Runs work on one thread of its own; `put` and `put_newest` may be called from any thread."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._guard = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}
        self._is_open = True

    def put(self, work: Callable[[], Result]) -> Future[Result]:
        """Queue work. Nothing queued before it is replaced any more, so that order is kept."""
        with self._guard:
            if not self._is_open:
                return _closed()
            self._waiting.clear()
            return self._thread.submit(work)

    def put_newest(self, key: str, work: Callable[[], Result]) -> Future[Result]:
        """Queue work in place of older work of the same key that still waits; both callers get the same Future."""
        with self._guard:
            if not self._is_open:
                return _closed()
            waiting = self._waiting.get(key)
            if waiting is not None:
                waiting.work = work
                return waiting.future
            waiting = _Waiting(work, Future())
            waiting.future = self._thread.submit(self._run, key, waiting)
            self._waiting[key] = waiting
            return waiting.future

    def put_in_turns(self, pieces: Iterable[Callable[[], object]]) -> Future[None]:
        """Queue work in pieces: what is queued while one of them runs comes before the next, saves above all (B2).

        The first piece that fails ends it; what earlier ones did stays.
        """
        whole: Future[None] = Future()
        with self._guard:
            if not self._is_open:
                return _closed()
            self._thread.submit(self._take_turn, iter(pieces), whole)
        return whole

    def close(self) -> None:
        """Refuse new work and return once what was queued is done."""
        with self._guard:
            self._is_open = False
        self._thread.shutdown()

    def _take_turn(self, pieces: Iterator[Callable[[], object]], whole: Future[None]) -> None:
        for piece in pieces:
            try:
                piece()
            except Exception as error:  # noqa: BLE001 - it is for whoever waits on the future
                whole.set_exception(error)
                return
            with self._guard:
                if self._is_open:
                    self._thread.submit(self._take_turn, pieces, whole)
                    return
            # Closing: nothing comes in between any more.
        whole.set_result(None)

    def _run(self, key: str, waiting: _Waiting) -> Any:
        with self._guard:
            if self._waiting.get(key) is waiting:
                del self._waiting[key]
            work = waiting.work
        return work()


def _closed() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(YuyueError(Code.STORE_UNWRITABLE, {"detail": "the store is closed"}))
    return future
