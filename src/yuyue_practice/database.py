"""The office's database behind SQLAlchemy: transactions and schema; knows no rule and no row's meaning."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session, sessionmaker


class Database:
    """One database by URL; SQLite in a file by default, anything SQLAlchemy speaks otherwise.

    Writing goes one transaction after the other, so that receipts are committed in the order of their cursors: a reader
    never sees a later one before an earlier one (S32). One office process per database.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._turn = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._upgrade()

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(files("yuyue_practice") / "migrations").replace("%", "%%"))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every commit of a writing transaction, on the writing thread."""
        self._listeners.append(listener)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write; committed at its end, rolled back on an exception. Never nested."""
        with self._turn, self._sessions.begin() as session:
            yield session
        for listener in self._listeners:
            listener()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading what is committed."""
        with self._sessions() as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # Readers go on while one writes, as other databases do by themselves.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
