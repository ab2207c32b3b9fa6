"""A company's own system: calls the real program `yuyue` with data, secrets and profiles of a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.runs import Run

PROGRAM = (sys.executable, "-W", "error", "-m", "yuyue_desktop.commands")
LIMIT_S = 120


@dataclass
class Company:
    """`data` is where this account keeps its profiles; `pin` and `store_password` are the files of its secrets."""

    data: Path
    pin: str = ""
    store_password: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The account's environment: nothing of the machine's own profiles and key store is in reach."""
        no_key_store = f"unix:path={self.data / 'no-bus'}"
        return {**os.environ, "XDG_DATA_HOME": str(self.data), "DBUS_SESSION_BUS_ADDRESS": no_key_store}

    @property
    def profile_folder(self) -> Path:
        """Where the practice profile lies."""
        return self.data / "yuyue-desktop" / "profiles" / "practice"

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command."""
        pipe = subprocess.PIPE
        return subprocess.Popen([*PROGRAM, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=self.environment)

    def call(self, *arguments: str, stdin: bytes = b"") -> Run:
        """Run a command to its end; every line of its output must be one JSON object, and nothing may break."""
        done = subprocess.run(
            [*PROGRAM, *arguments], input=stdin, capture_output=True, env=self.environment, timeout=LIMIT_S
        )
        return taken_apart(done.returncode, done.stdout, done.stderr)

    @property
    def at_desk(self) -> list[str]:
        """What opens the practice profile."""
        return ["--profile", "practice", "--store-password-file", self.store_password]

    def work(self, *arguments: str) -> Run:
        """Run a command that signs in by card."""
        return self.call(*arguments, *self.at_desk, "--pin-file", self.pin)

    def answer(self, *arguments: str) -> dict[str, Any]:
        """The one answer of a command that signs in by card and ends well."""
        done = self.work(*arguments)
        assert done.code == 0, (done.answers, done.stderr)
        (answer,) = done.answers
        return answer

    def practice(self, *arguments: str) -> dict[str, Any]:
        """A practice command that succeeds, and its one answer."""
        done = self.call("practice", *arguments)
        assert done.code == 0, done.stderr
        (answer,) = done.answers
        return answer


def taken_apart(code: int, stdout: bytes, stderr: bytes) -> Run:
    """A run's answers and words."""
    words = stderr.decode("utf-8")
    assert "Traceback" not in words, words
    answers = [json.loads(line) for line in stdout.decode("utf-8").splitlines()]
    assert all(type(answer) is dict for answer in answers)
    return Run(code, answers, words)
