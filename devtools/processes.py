"""Start a program and say what failed; knows nothing of what the programs are for."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.places import ROOT


class StepFailed(Exception):
    """A step of a command could not be done; the text says which and what to do."""


def say(text: str) -> None:
    """Print one line at once, so that it stands before what the next program prints."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print one line on standard error at once."""
    print(text, file=sys.stderr, flush=True)


def call(command: Sequence[str | Path], extra_environment: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's root without standard input and return its exit code."""
    words = [str(word) for word in command]
    environment = {**os.environ, **(extra_environment or {})}
    return subprocess.call(words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


def must_call(command: Sequence[str | Path], extra_environment: Mapping[str, str] | None = None) -> None:
    """Run a program like `call`. Raises StepFailed when it does not end with 0."""
    code = call(command, extra_environment)
    if code != 0:
        raise StepFailed(f"exit code {code} from: {shlex.join(str(word) for word in command)}")
