"""A session bus that answers for accessibility, as a desktop's does, for one test; knows no program on it."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping

from devtools.run_checks import end_group


@contextlib.contextmanager
def accessibility_bus(display: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Start the bus and give the environment in which programs say there what they show, and readers read it.

    `display` is the environment that shows windows: the bus tells its address there too.

    Raises:
        FileNotFoundError: no dbus-daemon; OSError: it does not start.
    """
    reading, writing = os.pipe()
    command = ["dbus-daemon", "--session", "--nofork", f"--print-address={writing}"]
    try:
        # A group of its own: what the bus starts by itself, the accessibility bus and its registry, must end with it.
        bus = subprocess.Popen(
            command,
            pass_fds=[writing],
            env={**os.environ, **display},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            address = answer.readline().strip()
        if not address:
            raise OSError("the accessibility bus did not start")
        yield {"DBUS_SESSION_BUS_ADDRESS": address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    finally:
        end_group(bus)
