"""What programs on one store tell each other of their commits; belongs inside a transaction, publishes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.domain.events import (
    ApplicationChanged,
    DraftSaved,
    Event,
    OutboxChanged,
    ReceiptArrived,
    SaveFailed,
)

KEPT = 5000
"""How many rows stay: far more than a program that looks several times a second can fall behind."""


def note(connection: apsw.Connection, program: str, events: Iterable[Event]) -> None:
    """Write down what a commit means to the other programs."""
    rows = [(program, json.dumps(row)) for row in map(_row, events) if row is not None]
    if not rows:
        return
    connection.executemany("INSERT INTO news (program, event) VALUES (?, ?)", rows)
    connection.execute("DELETE FROM news WHERE number <= (SELECT max(number) FROM news) - ?", (KEPT,))


def last(connection: apsw.Connection) -> int:
    """The number of the newest row, 0 where there never was one."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM news").get)


def after(connection: apsw.Connection, number: int, program: str) -> tuple[int, Sequence[Event]]:
    """What other programs wrote after a row; answers the newest number and the events, oldest first, each once."""
    rows = list(
        connection.execute("SELECT number, program, event FROM news WHERE number > ? ORDER BY number", (number,))
    )
    events = (_event(json.loads(event)) for _, writer, event in rows if writer != program)
    known = [event for event in events if event is not None]
    return (rows[-1][0] if rows else number), [event for place, event in enumerate(known) if event not in known[:place]]


def _row(event: Event) -> dict[str, Any] | None:
    """An event for another program; there a draft that was saved is one that changed."""
    if isinstance(event, ApplicationChanged | DraftSaved):
        return {"kind": "application", "id": event.application_id}
    if isinstance(event, OutboxChanged):
        return {"kind": "outbox", "id": event.application_id}
    if isinstance(event, ReceiptArrived):
        return {"kind": "receipt", "id": event.application_id, "cursor": event.cursor}
    if isinstance(event, SaveFailed):
        error = event.error
        return {
            "kind": "save_failed",
            "id": event.application_id,
            "code": error.code.value,
            "params": dict(error.params),
            "blame": error.blame.value,
        }
    return None


def _event(row: dict[str, Any]) -> Event | None:
    """The event of a row; None for a kind that only a newer program knows."""
    application_id = ApplicationId(row["id"])
    if row["kind"] == "application":
        return ApplicationChanged(application_id)
    if row["kind"] == "outbox":
        return OutboxChanged(application_id)
    if row["kind"] == "receipt":
        return ReceiptArrived(application_id, row["cursor"])
    if row["kind"] == "save_failed":
        return SaveFailed(application_id, YuyueError(Code(row["code"]), row["params"], Blame(row["blame"])))
    return None
