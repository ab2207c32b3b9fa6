"""Starts the program yuyue-practice of the practice side and speaks to it; knows nothing of what its answers mean."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from yuyue_desktop.cli.supplies import Said
from yuyue_desktop.domain.errors import Code, YuyueError, user_error

READY_FILE = "ready.json"
"""In the office's folder while it serves."""
LOG_FILE = "practice.log"
OPENING_S = 60.0
LOOK_EVERY_S = 0.05
ANSWERS_WITHIN_S = 120.0
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console would open over the window that asks."""


class PracticeOffice:
    """Implements cli.supplies.Practice for one profile.

    Calls block and raise YuyueError: CALL_UNUSABLE where the program is not installed, GATEWAY_UNREACHABLE.
    """

    def __init__(self, command: Sequence[str], folder: Path, profile_file: Path) -> None:
        """`command` starts the program; `profile_file` is written for window and command line."""
        self._command = tuple(command)
        self._folder = folder
        self._profile_file = profile_file

    @property
    def profile_file(self) -> Path:
        """What window and command line start with."""
        return self._profile_file

    def start(self, options: Sequence[str]) -> Said:
        """Start the office in the background and answer its status once it serves; one that runs is left alone."""
        running = self.ask(["status"])
        if running.code == 0:
            return running
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log_file = self._folder / LOG_FILE
        with log_file.open("wb") as log:
            process = self._begin([*options, "--profile-file", str(self._profile_file)], log)
        if not self._is_opened_by(process):
            lines = log_file.read_text(encoding="utf-8", errors="replace").splitlines()
            raise _unusable("练习网关没有启动" + (f"：{lines[-1]}" if lines else ""))
        process.returncode = 0  # as far as we are concerned: it is to run on, and Python would warn of it
        return self.ask(["status"])

    def make_card(self, options: Sequence[str]) -> Said:
        """Hand out a practice card, which the profile knows from then on."""
        return self.ask(["card", "new", *options, "--profile-file", str(self._profile_file)])

    def ask(self, arguments: Sequence[str]) -> Said:
        """Run one command to its end."""
        command = [*self._command, *arguments, "--folder", str(self._folder)]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=ANSWERS_WITHIN_S,
                creationflags=_NO_CONSOLE,
            )
        except OSError as error:
            raise _unusable("练习程序 yuyue-practice 没有安装") from error
        except subprocess.TimeoutExpired as error:
            raise YuyueError(Code.GATEWAY_UNREACHABLE, is_retried=True) from error
        lines = tuple(done.stdout.decode("utf-8", errors="replace").splitlines())
        said = done.stderr.decode("utf-8", errors="replace").strip()
        if done.returncode == 1 and not lines:  # Python's own end
            raise _unusable(_why_it_fell(said))
        return Said(done.returncode, lines, said)

    def _begin(self, options: Sequence[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        """It outlives this process, whatever ends the shell that called us."""
        return subprocess.Popen(
            [*self._command, "start", *options, "--folder", str(self._folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )

    def _is_opened_by(self, process: subprocess.Popen[bytes]) -> bool:
        ends = time.monotonic() + OPENING_S
        while process.poll() is None and time.monotonic() < ends:
            if self._ready_pid() == process.pid:
                return True
            time.sleep(LOOK_EVERY_S)
        process.kill()
        return False

    def _ready_pid(self) -> int:
        try:
            return int(json.loads((self._folder / READY_FILE).read_text(encoding="utf-8"))["pid"])
        except FileNotFoundError:
            return 0


def _why_it_fell(said: str) -> str:
    last = said.splitlines()[-1] if said else ""
    if last.startswith(("ImportError", "ModuleNotFoundError")):
        return "练习程序 yuyue-practice 没有装全"
    return "练习程序 yuyue-practice 出了错" + (f"：{last}" if last else "")


def _unusable(reason: str) -> YuyueError:
    return user_error(Code.CALL_UNUSABLE, reason=reason)
