"""What a person wrote at an application and sent nowhere yet (B2); belongs inside a transaction, judges nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime

import apsw

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.jotting import NOTHING_JOTTED, Jotting
from yuyue_desktop.store.content import attachment, known, moment_text, plain

_NAMES = frozenset(field.name for field in fields(Jotting))


def put(
    connection: apsw.Connection, application_id: ApplicationId, person: str, jotting: Jotting, at: datetime
) -> None:
    """Keep what is written now in place of what was written before; nothing is kept of nothing."""
    if jotting == NOTHING_JOTTED:
        connection.execute(
            "DELETE FROM jottings WHERE application_id = ? AND person = ?", (application_id, plain(person))
        )
        return
    # ASCII, so that even half of a surrogate pair that was typed survives.
    content = json.dumps(asdict(jotting), separators=(",", ":"))
    connection.execute(
        "INSERT OR REPLACE INTO jottings VALUES (?, ?, ?, ?)",
        (application_id, plain(person), content, moment_text(at)),
    )


def find(connection: apsw.Connection, application_id: ApplicationId, person: str) -> Jotting:
    """What a person wrote at an application."""
    row = connection.execute(
        "SELECT content FROM jottings WHERE application_id = ? AND person = ?", (application_id, plain(person))
    ).fetchone()
    if row is None:
        return NOTHING_JOTTED
    content = known(_NAMES, json.loads(row[0]))
    content["numbers"] = tuple(content.get("numbers", ()))
    content["explanation_files"] = tuple(attachment(item) for item in content.get("explanation_files", ()))
    return Jotting(**content)
