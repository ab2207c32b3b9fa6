"""A virtual display for the time of one command (Linux, Xvfb); knows nothing of what is shown on it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from devtools.processes import StepFailed

SCREEN = "1920x1200x24"


def is_there_a_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window could be shown to somebody."""
    return os.name == "nt" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual_display(memory: Path | None = None) -> Iterator[dict[str, str]]:
    """Start an X server without a screen and give the environment that shows windows on it.

    The server picks a free display number itself and says it, so two at once do not meet. What it shows lies in a file
    of the folder `memory`, where one is given. Raises StepFailed.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    command += ["-fbdir", str(memory)] if memory else []
    try:
        server = subprocess.Popen(
            command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError:
        os.close(reading)
        raise StepFailed("Xvfb is not installed: python3 dev.py setup") from None
    finally:
        os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise StepFailed("Xvfb did not start.")
        # A Wayland desktop must not draw the window instead.
        yield {"DISPLAY": f":{number}", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
