"""Looks for what other programs committed to the same store, and publishes it here; reads nothing but their news."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import apsw

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.ports import Publish
from yuyue_desktop.store import news
from yuyue_desktop.store.connection import open_for_reading, translated

LOOK_EVERY_S = 0.25
"""Asking whether anything was committed reads four bytes of shared memory."""

log = logging.getLogger(__name__)


class StoreWatch:
    """A thread with a connection of its own; tells what was committed after it was made."""

    def __init__(self, file: Path, key: bytes, *, publish: Publish, program: str) -> None:
        """`program` is this one, whose own news it passes over. Raises YuyueError(STORE_*)."""
        self._file = file
        self._key = key
        self._publish = publish
        self._program = program
        self._is_ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="store-watch", daemon=True)
        with translated():
            connection = open_for_reading(file, key)
            self._seen = news.last(connection)
            connection.close()

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns once the thread is gone."""
        self._is_ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        connection = open_for_reading(self._file, self._key)
        try:
            version = -1
            while not self._is_ended.is_set():
                version = self._guarded_look(connection, version)
                self._is_ended.wait(LOOK_EVERY_S)
        finally:
            connection.close()

    def _guarded_look(self, connection: apsw.Connection, version: int) -> int:
        """The version looked at; a store that can't be read now is looked at again."""
        try:
            return self._look(connection, version)
        except YuyueError as error:
            log.warning("the watch rests: %s", error.code)
            return -1

    def _look(self, connection: apsw.Connection, version: int) -> int:
        with translated():
            found = int(connection.pragma("data_version"))
            if found != version:
                self._seen, events = news.after(connection, self._seen, self._program)
                for event in events:
                    self._publish(event)
        return found
