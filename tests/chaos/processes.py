"""The processes that are killed: the clerk's program and the practice gateway; each knows how to be started again."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 120.0
ENDS_WITHIN_S = 30.0
LOOK_EVERY_S = 0.02


def wait_for(is_true: Callable[[], bool], patience_s: float, look_every_s: float = LOOK_EVERY_S) -> bool:
    """Look again and again; answers whether it became true in time."""
    ends = time.monotonic() + patience_s
    pause = threading.Event()
    while not is_true():
        if time.monotonic() > ends:
            return False
        pause.wait(look_every_s)
    return True


@dataclass(frozen=True, slots=True)
class ClerkPlace:
    """What a clerk's program is started with; `log` takes what it writes to standard error, life after life."""

    profile_file: Path
    key: bytes
    files: tuple[Path, ...]
    log: Path


class ClerkProcess:
    """One life of the clerk's program."""

    def __init__(self, place: ClerkPlace, seed: str, take: Callable[[bytes], str]) -> None:
        """`take` gets each line that it says, on a thread of its own, and answers the act it tells of."""
        command = [sys.executable, "-m", "tests.chaos.clerk", str(place.profile_file), place.key.hex(), seed]
        self.started_at = time.monotonic()
        self.ready_at = 0.0
        self.has_stopped = False
        with place.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *map(str, place.files)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )
        self._take = take
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def wait_until_ready(self) -> bool:
        """Until she has signed in; answers whether she did."""
        return wait_for(lambda: self.ready_at > 0 or self._process.poll() is not None, STARTS_WITHIN_S) and (
            self.ready_at > 0
        )

    def order(self, *words: object) -> None:
        """Tell it something; one that is gone hears nothing."""
        try:
            assert self._process.stdin is not None
            self._process.stdin.write((" ".join(map(str, words)) + "\n").encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            return

    def wait_until_gone(self, patience_s: float) -> bool:
        """Until it has ended by itself or by a killing it was ordered to; answers whether it did in time."""
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def refuse_disk(self, *, is_over: bool = False) -> None:
        """Let every write beyond a file's first page fail, or let them pass again."""
        if self._process.poll() is None:
            most = resource.RLIM_INFINITY if is_over else 4096
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def helpers(self) -> list[int]:
        """The processes that it has started."""
        try:
            tasks = list(Path(f"/proc/{self._process.pid}/task").iterdir())
            return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
        except OSError:
            return []

    def kill(self) -> float:
        """End it with SIGKILL unless it is gone; answers the moment before, once all that it said is taken."""
        at = time.monotonic()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self.code = self._process.wait()
        self._listening.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue
        return at

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith(b"\n"):
                return  # killed in the midst of it
            act = self._take(line)
            if act == "ready":
                self.ready_at = time.monotonic()
            self.has_stopped |= act == "stopped"


def are_gone(pids: list[int]) -> bool:
    """Whether processes end within a while."""
    return wait_for(lambda: not any(_is_running(pid) for pid in pids), ENDS_WITHIN_S)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class GatewayProcess:
    """The practice gateway as it is installed, behind an address that is not its own."""

    def __init__(self, folder: Path, address: str, officer_pause_s: float) -> None:
        self._folder = folder
        self._command = [
            *(sys.executable, "-m", "yuyue_practice", "start", "--folder", str(folder), "--address", address),
            *("--officer-pause", str(officer_pause_s)),
        ]

    @property
    def port(self) -> int:
        """Where it really listens, the same after each start."""
        return int((self._folder / "port.txt").read_text(encoding="ascii"))

    def start(self) -> None:
        """Start it and return once it serves."""
        self._process = subprocess.Popen(self._command, cwd=ROOT)
        assert wait_for(self._is_serving, STARTS_WITHIN_S), "the gateway does not start"

    def kill(self) -> None:
        """End it with SIGKILL."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it in order, where it runs."""
        self._process.terminate()
        self._process.wait()

    def _is_serving(self) -> bool:
        assert self._process.poll() is None, "the gateway ended by itself"
        try:
            ready = json.loads((self._folder / "ready.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(ready["pid"] == self._process.pid)
