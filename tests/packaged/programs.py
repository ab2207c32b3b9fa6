"""Runs programs of the product under Wine; knows none of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.windows import wine

WINES_OWN_FAULT = b"wineserver64: server/sock.c"
"""Wine 8's server at times fails an assertion of its own about sockets; no program in it gets an answer then."""


def run_program(
    program: Path, arguments: Sequence[str], environment: Mapping[str, str], content: bytes = b"", limit_s: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run a program with this input to its end; once more where Wine itself broke under it.

    Raises:
        subprocess.TimeoutExpired: it took longer than `limit_s`.
    """

    command = ["wine", wine.windows_path(program), *arguments]
    for is_last in (False, True):
        try:
            answer = subprocess.run(command, env=environment, input=content, capture_output=True, timeout=limit_s)
        except subprocess.TimeoutExpired as late:
            if is_last or WINES_OWN_FAULT not in (late.stderr or b""):
                raise
        else:
            if is_last or WINES_OWN_FAULT not in answer.stderr:
                return answer
        wine.stop_all()
    raise AssertionError("the last attempt either answers or raises")
