"""Runs programs of the product under Wine; knows none of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.windows import wine

WINES_OWN_FAULT = b"wineserver64: server/sock.c"
"""Wine 8's server at times fails an assertion of its own about sockets; no program in it gets an answer then."""
PIPE_BYTES = 65_536


def run_program(
    program: Path, arguments: Sequence[str], environment: Mapping[str, str], content: bytes = b"", limit_s: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run a program with this input to its end; once more where Wine itself broke under it.

    Raises:
        subprocess.TimeoutExpired: it took longer than `limit_s`; `stderr` is what it said until then.
    """

    command = ["wine", wine.windows_path(program), *arguments]
    for is_last in (False, True):
        try:
            answer = _run_once(command, environment, content, limit_s)
        except subprocess.TimeoutExpired as late:
            if is_last or WINES_OWN_FAULT not in (late.stderr or b""):
                raise
        else:
            if is_last or WINES_OWN_FAULT not in answer.stderr:
                return answer
        wine.stop_all()
    raise AssertionError("the last attempt either answers or raises")


def _run_once(
    command: Sequence[str], environment: Mapping[str, str], content: bytes, limit_s: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a command; what it leaves running keeps Wine's own standard error, so that one's end is not waited for."""
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
