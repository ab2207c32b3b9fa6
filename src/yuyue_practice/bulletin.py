"""Tells those who wait that something may be new: long polls on the event loop; knows not what."""

from __future__ import annotations

import asyncio
import threading


class Bulletin:
    """Everyone who waits, each told once by the next `announce`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loops: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self.is_closed = False

    def announce(self) -> None:
        """Wake everyone who waits; from any thread."""
        with self._lock:
            for event, loop in self._loops.items():
                loop.call_soon_threadsafe(event.set)
            self._loops.clear()

    def close(self) -> None:
        """Wake everyone and let nobody wait any more."""
        self.is_closed = True
        self.announce()

    def expect(self) -> asyncio.Event:
        """An event that the next `announce` sets; taken before looking, so that nothing is missed in between."""
        event = asyncio.Event()
        with self._lock:
            self._loops[event] = asyncio.get_running_loop()
        if self.is_closed:
            event.set()
        return event

    def forget(self, event: asyncio.Event) -> None:
        """An event that is no longer waited for."""
        with self._lock:
            self._loops.pop(event, None)
