"""One writing connection's commits, and what is told after each; knows no thread and no table."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

import apsw

from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.ports import Publish
from yuyue_desktop.store import news
from yuyue_desktop.store.connection import transaction, translated

Result = TypeVar("Result")

log = logging.getLogger(__name__)


def nothing(_result: object) -> Iterable[Event]:
    """Events of work that nobody listens for."""
    return ()


class Commits:
    """Runs work in transactions of one connection and publishes its events once the commit has returned.

    Other programs on the store learn of them by its news.
    """

    def __init__(self, connection: apsw.Connection, publish: Publish, program: str) -> None:
        """`program` tells this one from the others."""
        self._connection = connection
        self._publish = publish
        self._program = program

    def run(
        self,
        work: Callable[[apsw.Connection], Result],
        tell: Callable[[Result], Iterable[Event]] = nothing,
    ) -> Result:
        """Do all of the work or nothing of it; answers its result.

        Args:
            work: what to do inside the transaction.
            tell: what the result means for listeners, asked within the transaction and again after the commit.

        Raises:
            YuyueError: STORE_* and what the work raises.
        """
        with transaction(self._connection):
            result = work(self._connection)
            news.note(self._connection, self._program, tell(result))
        for event in tell(result):
            self.tell(event)
        return result

    def tell(self, event: Event) -> None:
        """Publish; a listener that fails must not make a finished commit look like a failed one."""
        try:
            self._publish(event)
        except Exception:
            log.exception("a listener failed on %s", type(event).__name__)

    def close(self) -> None:
        """Close the connection."""
        with translated():
            self._connection.close()
