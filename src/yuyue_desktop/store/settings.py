"""Remembered choices, by name."""

from __future__ import annotations

import apsw

from yuyue_desktop.store.content import plain


def put(connection: apsw.Connection, name: str, value: str) -> None:
    """Keep a choice in place of the one before."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (plain(name), plain(value)))


def find(connection: apsw.Connection, name: str) -> str | None:
    """A choice, None where none was made."""
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (plain(name),)).fetchone()
    return str(row[0]) if row else None
