"""Receipts that are counted anew where the gateway's books are others than before (docs/decisions/021)."""

from __future__ import annotations

import apsw

_CHANGES = """
-- Receipts that the gateway gave and has not given again since a recount began; all have numbers below zero.
CREATE TABLE unconfirmed (cursor INTEGER PRIMARY KEY) STRICT;
"""


def apply(connection: apsw.Connection) -> None:
    """Make the table."""
    connection.execute(_CHANGES)
