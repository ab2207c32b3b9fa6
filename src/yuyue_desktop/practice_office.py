"""Starts the program yuyue-practice of the practice side and speaks to it; knows nothing of what its answers mean."""

from __future__ import annotations

import contextlib
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
"""What an office that was started here wrote last."""
FAULT_FILE = "fault.log"
"""What the practice program wrote when a command fell last."""
OPENING_S = 60.0
LOOK_EVERY_S = 0.05
ANSWERS_WITHIN_S = 120.0
_DONE, _REFUSED, _UNREACHABLE, _FAILED, _PORT_TAKEN = 0, 1, 3, 4, 5
"""Exit codes of yuyue-practice that come with a Chinese last line; 1 is Python's own too, with nothing answered."""
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console would open over the window that asks."""


class PracticeOffice:
    """Implements cli.supplies.Practice for one profile.

    Calls block and raise YuyueError: PRACTICE_FAILED where the program is not there or falls, GATEWAY_UNREACHABLE.
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
        """Start the office in the background and answer its status once it serves; one that runs is left alone.

        Raises CALL_UNUSABLE for a port that is taken.
        """
        running = self.ask(["status"])
        if running.code == 0:
            return running
        log_file = self._folder / LOG_FILE
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with log_file.open("wb") as log:
                process = self._begin([*options, "--profile-file", str(self._profile_file)], log)
        except OSError as error:
            raise _failed(f"读写不了 {error.filename}，请看看是否有权限、是否被别的程序占用") from error
        if not self._is_opened_by(process):
            said = log_file.read_text(encoding="utf-8", errors="replace")
            raise _why_it_fell(process.returncode, said, "练习网关没有启动", log_file)
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
            raise _failed("yuyue-practice 没有安装") from error
        except subprocess.TimeoutExpired as error:
            raise YuyueError(Code.GATEWAY_UNREACHABLE, is_retried=True) from error
        lines = tuple(done.stdout.decode("utf-8", errors="replace").splitlines())
        said = done.stderr.decode("utf-8", errors="replace").strip()
        if done.returncode in (_DONE, _UNREACHABLE) or (done.returncode == _REFUSED and lines):
            return Said(done.returncode, lines, said)
        raise _why_it_fell(done.returncode, said, "yuyue-practice 意外停止", self._note_fault(said))

    def _note_fault(self, said: str) -> Path:
        """Keep the program's own words for whoever looks after the machine."""
        file = self._folder / FAULT_FILE
        with contextlib.suppress(OSError):  # where this can't be written the clerk is told all the same
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_text(said, encoding="utf-8")
        return file

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
        process.wait()
        return False

    def _ready_pid(self) -> int:
        """Whose office serves, 0 where none does; a file that a power cut left damaged is about to be written anew."""
        try:
            return int(json.loads((self._folder / READY_FILE).read_bytes())["pid"])
        except (FileNotFoundError, ValueError, LookupError, TypeError):
            return 0


def _why_it_fell(code: int, said: str, what_happened: str, kept_in: Path) -> YuyueError:
    """What its exit code and its last line mean; Python's English stays in the file that it is kept in."""
    last = said.splitlines()[-1] if said else ""
    if code == _PORT_TAKEN:
        return user_error(Code.CALL_UNUSABLE, reason=last)
    if code == _FAILED:
        return _failed(last)
    if last.startswith(("ImportError", "ModuleNotFoundError")):
        return _failed(f"yuyue-practice 没有装全，缺什么记在 {kept_in}")
    return _failed(f"{what_happened}，原因记在 {kept_in}")


def _failed(reason: str) -> YuyueError:
    return YuyueError(Code.PRACTICE_FAILED, {"reason": reason})
