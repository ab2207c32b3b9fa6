"""Reads a running program through AT-SPI, as a screen reader would, and prints what it finds; knows no widget.

Runs under the system's own Python, which has the bindings: `python3 reader.py PROCESS_ID`. Prints a JSON list of what
is in view, parents before children: role, name, description, states and the place of the parent in the list.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  the version must be asked for before

PATIENCE_S = 30.0
LOOK_EVERY_S = 0.1
CALL_LIMIT_MS = 10_000


def find_program(process_id: int) -> Any:
    """The program's root on the accessibility bus. Raises SystemExit where it does not come."""
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(place)
            if program is not None and program.get_process_id() == process_id:
                return program
        time.sleep(LOOK_EVERY_S)
    raise SystemExit(f"process {process_id} is not on the accessibility bus")


def read(node: Any, parent: int, found: list[dict[str, Any]]) -> None:
    """Put a node and all below it that is in view into `found`."""
    states = {state.value_nick for state in node.get_state_set().get_states()}
    place = len(found)
    found.append(
        {
            "role": node.get_role_name(),
            "name": node.get_name(),
            "description": node.get_description(),
            "states": sorted(states),
            "parent": parent,
        }
    )
    for child in children(node):
        if is_in_view(child):
            read(child, place, found)


def children(node: Any) -> Iterator[Any]:
    """A node's children; what went away meanwhile is left out."""
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            yield child


def is_in_view(node: Any) -> bool:
    """Whether a clerk could see it, by scrolling at most."""
    return bool(node.get_state_set().contains(Atspi.StateType.VISIBLE))


def main() -> None:
    """Print what is in view of one program."""
    Atspi.set_timeout(CALL_LIMIT_MS, CALL_LIMIT_MS)
    found: list[dict[str, Any]] = []
    for window in children(find_program(int(sys.argv[1]))):
        read(window, -1, found)
    json.dump(found, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
