"""Brings events and finished Futures from any thread to the window thread; knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.domain.events import Event

Result = TypeVar("Result")


class EventBridge(QObject):
    """`publish` may be called from any thread; `arrived` comes on the window thread, in the order of publishing."""

    arrived = Signal(object)
    _crossed = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crossed.connect(self.arrived, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._is_open = True

    def publish(self, event: Event) -> None:
        """Hand an event over to the window thread."""
        if self._is_open:
            self._crossed.emit(event)

    def close(self) -> None:
        """Take nothing more: the window is going."""
        self._is_open = False

    def when_done(
        self,
        future: Future[Result],
        succeeded: Callable[[Result], object],
        failed: Callable[[YuyueError], object],
        whose: QObject | None = None,
    ) -> None:
        """Call `succeeded` or `failed` on the window thread once the Future is done.

        A failure that is no YuyueError is told as BUG; a cancelled Future calls neither. As with Qt's own connections
        nothing is called for what is gone by then: `whose`, without it the QObject that `succeeded` is a method of.
        """
        owner = whose or getattr(succeeded, "__self__", None)

        def settle(done: Future[Result]) -> None:
            if not isinstance(owner, QObject) or isValid(owner):
                _settle(done, succeeded, failed)

        def deliver(done: Future[Result]) -> None:
            if self._is_open:
                self._finished.emit(lambda: settle(done))

        future.add_done_callback(deliver)

    def _call(self, settle: Callable[[], None]) -> None:
        if self._is_open:
            settle()


def _settle(
    done: Future[Result], succeeded: Callable[[Result], object], failed: Callable[[YuyueError], object]
) -> None:
    try:
        result = done.result()
    except CancelledError:
        return
    except YuyueError as error:
        failed(error)
        return
    except Exception as error:  # noqa: BLE001 - the last border before the clerk: nothing may be swallowed here
        failed(YuyueError(Code.BUG, {"kind": type(error).__name__}, Blame.BUG))
        return
    succeeded(result)
