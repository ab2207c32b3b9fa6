"""Several programs on one store: what they tell each other, and which of them may send (docs/decisions/014)."""

from __future__ import annotations

import apsw

_CHANGES = """
-- One row an event, written with what it tells of; only the newest are kept. program: who wrote it.
CREATE TABLE news (number INTEGER PRIMARY KEY AUTOINCREMENT, program TEXT NOT NULL, event TEXT NOT NULL) STRICT;

-- until: when the lease ends, in seconds of the machine's own clock. is_by_lease: the holder before it hung, so that
-- the lease alone says who may send.
CREATE TABLE sender (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    program TEXT NOT NULL,
    until REAL NOT NULL,
    is_by_lease INTEGER NOT NULL
) STRICT;
INSERT INTO sender VALUES (1, '', 0.0, 0);
"""


def apply(connection: apsw.Connection) -> None:
    """Make the tables."""
    connection.execute(_CHANGES)
