"""What is written at an application and sent nowhere yet: numbers, an explanation, half a line (B2)."""

from __future__ import annotations

import apsw

# content: JSON (jottings.py). No reference to applications: half a line may be there before the draft is.
_CHANGES = """
CREATE TABLE jottings (
    application_id TEXT NOT NULL,
    person TEXT NOT NULL,
    content TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (application_id, person)
) STRICT;
"""


def apply(connection: apsw.Connection) -> None:
    """Make the table."""
    connection.execute(_CHANGES)
