"""Runs programs of the product under Wine; knows none of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.windows import wine

PIPE_BYTES = 65_536


def run_program(
    program: Path, arguments: Sequence[str], environment: Mapping[str, str], content: bytes = b"", limit_s: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run a program with this input to its end; what it leaves running keeps its standard error open.

    Raises:
        subprocess.TimeoutExpired: it took longer than `limit_s`; `stderr` is what it said until then.
    """
    command = ["wine", wine.windows_path(program), *arguments]
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb", buffering=0) as said, os.fdopen(writing, "wb") as end:
        try:
            answer = subprocess.run(
                command, env=environment, input=content, stdout=subprocess.PIPE, stderr=end, timeout=limit_s
            )
        except subprocess.TimeoutExpired as late:
            late.stderr = said.read(PIPE_BYTES)
            raise
        answer.stderr = said.read(PIPE_BYTES) or b""
        return answer
