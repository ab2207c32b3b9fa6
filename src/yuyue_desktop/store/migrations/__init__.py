"""The schema's numbered steps, taken once each and in order; `PRAGMA user_version` counts those taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import apsw

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.store.connection import transaction, translated
from yuyue_desktop.store.migrations import (
    step_0001_first,
    step_0002_deletions,
    step_0003_jottings,
    step_0004_programs,
    step_0005_recounts,
)

Step = Callable[[apsw.Connection], None]

STEPS: tuple[Step, ...] = (
    step_0001_first.apply,
    step_0002_deletions.apply,
    step_0003_jottings.apply,
    step_0004_programs.apply,
    step_0005_recounts.apply,
)
"""A released step never changes; what it lacks is a step of its own."""


def migrate(connection: apsw.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Bring the schema up to date, each step in a transaction of its own.

    Raises:
        YuyueError: STORE_NEWER where a newer program has written the file; it is left as it is. STORE_*.
    """
    taken = version(connection)
    if taken > len(steps):
        raise YuyueError(Code.STORE_NEWER, {"version": taken, "known": len(steps)})
    for number, step in enumerate(steps[taken:], start=taken + 1):
        with transaction(connection):
            if version(connection) < number:  # another program may have been quicker
                step(connection)
                connection.pragma("user_version", number)


def version(connection: apsw.Connection) -> int:
    """How many steps the file has taken."""
    with translated():
        return int(connection.pragma("user_version"))
