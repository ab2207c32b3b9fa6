"""Signs program files in place by the command that the release machine sets; knows no certificate and no key."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from devtools.processes import must_call, say

COMMAND = "YUYUE_SIGN"
"""Environment variable: a command that signs the file it is given as its last argument, in place."""


def command() -> str:
    """The command that signs, '' where nothing is signed."""
    return os.environ.get(COMMAND, "").strip()


def sign(signing: str, *files: Path) -> None:
    """Sign files with a command, none with ''. Raises StepFailed when one can't be signed."""
    for file in files if signing else ():
        must_call([*shlex.split(signing), file])
        say(f"Signed: {file.name}")
