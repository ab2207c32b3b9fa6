"""Lets the n-th system call of a kind fail, or end its process, in a program that waits for it; judges nothing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LIMIT_S = 120
_CALL = re.compile(r"^(\d+) +([a-z0-9_]+)\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Injection:
    """What happens at the `count`-th call of a name: an error (`EIO`), or the end of the process (`SIGKILL`)."""

    call: str
    count: int
    effect: str

    @property
    def option(self) -> str:
        """For strace."""
        effect = f"signal={self.effect}" if self.effect.startswith("SIG") else f"error={self.effect}"
        return f"inject={self.call}:{effect}:when={self.count}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its last line as JSON, None where it came to none, and what it wrote to standard error."""

    said: dict[str, Any] | None
    errors: str
    calls: Counter[str]


def run_traced(module: str, arguments: Sequence[str | Path], calls: Sequence[str], inject: Injection | None) -> Ended:
    """Run a program that says `ready` and then waits for SIGUSR1; only what it does after that is traced.

    `calls` are counted for each thread by itself, as strace does; `Ended.calls` tells the most that one thread made.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == b"ready\n", program.stderr.read().decode()
        with tempfile.NamedTemporaryFile("r") as log:
            with _strace(program.pid, log.name, calls, inject):
                program.send_signal(signal.SIGUSR1)
                out, errors = program.communicate(timeout=LIMIT_S)
            traced = _most_of_a_thread(log.read())
    lines = out.decode().splitlines()
    return Ended(json.loads(lines[-1]) if lines else None, errors.decode(), traced)


def _strace(pid: int, log: str, calls: Sequence[str], inject: Injection | None) -> subprocess.Popen[str]:
    options = ["-e", f"trace={','.join(calls)}", *(["-e", inject.option] if inject else [])]
    command = ["strace", "-f", "-p", str(pid), "-e", "signal=none", "-s", "0", "-o", log, *options]
    strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert strace.stderr is not None
    line = strace.stderr.readline()
    if "Operation not permitted" in line:
        strace.wait()
        pytest.skip("no process may be traced here")
    assert "attached" in line, line
    return strace


def _most_of_a_thread(log: str) -> Counter[str]:
    most: Counter[str] = Counter()
    for (_, call), count in Counter(_CALL.findall(log)).items():
        most[call] = max(most[call], count)
    return most
