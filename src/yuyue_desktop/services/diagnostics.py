"""What diagnostics test beside the gateway: the way to the card, the store, the code tables (B12); knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date

from yuyue_desktop.services.card_findings import CardCheck, Finding


@dataclass(frozen=True, slots=True)
class TableEdition:
    """Which edition of a code table is in use: its Chinese title, the edition of its facts, its day, its rows (B16)."""

    title: str
    edition: str
    dated: date
    rows: int


class Diagnostics:
    """Tests on the workers; Futures fail with what was found."""

    def __init__(
        self,
        *,
        check_card: CardCheck,
        check_store: Callable[[], None],
        editions: Callable[[], Sequence[TableEdition]],
        workers: Executor,
        recent_log: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`check_store` looks through the whole store and raises YuyueError; `editions` reads the tables' heads."""
        self._check_card = check_card
        self._check_store = check_store
        self._editions = editions
        self._workers = workers
        self._recent_log = recent_log

    def card(self) -> Future[tuple[Finding, ...]]:
        """What each part of the way to the card is found to be like."""
        return self._check_card.findings()

    def store(self) -> Future[None]:
        """Look through the store for damage. Fails with STORE_*."""
        return self._workers.submit(self._check_store)

    def recent_log(self) -> Sequence[str]:
        """The newest lines of the program's log, oldest first: times and codes, nothing of a person."""
        return self._recent_log()

    def tables(self) -> Future[Sequence[TableEdition]]:
        """The editions of the code tables in use."""
        return self._workers.submit(self._editions)
