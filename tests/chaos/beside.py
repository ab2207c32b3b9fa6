"""The company's own system beside the window: `yuyue` declares on the same store, run after run, some are killed."""

from __future__ import annotations

import random
import subprocess
import threading
from pathlib import Path

from tests.chaos.journal import Journal
from tests.cli.company import Company, taken_apart
from tests.cli.conftest import write

PAUSE_S = 4.0
"""Between two runs: each takes a second or two of a processor that the clerk needs, too."""
KILLED_SHARE = 0.25
LONGEST_LIFE_S = 8.0
LIMIT_S = 120.0


class Beside:
    """Runs until it is told to stop; what a run answered goes into the journal."""

    def __init__(self, company: Company, folder: Path, seed: int, journal: Journal) -> None:
        self._company, self._folder, self._journal = company, folder, journal
        self._chance = random.Random(f"{seed} beside")  # noqa: S311 - a seeded choice, no secret
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="beside")
        self.sins: list[str] = []
        self.runs = self.killed = 0

    def start(self) -> None:
        self._folder.mkdir()
        self._thread.start()

    def stop(self) -> None:
        """Return once the last run has ended."""
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._is_over.wait(self._chance.uniform(0.0, 2 * PAUSE_S)):
            self.runs += 1
            self._declare(f"由企业系统申报第{self.runs}份")

    def _declare(self, reason: str) -> None:
        file = write(self._folder / f"{self.runs}.json", reason=reason)
        self._journal.take_beside(reason)
        running = self._company.begin(
            "declare", file, "--wait", "3", *self._company.at_desk, "--pin-file", self._company.pin
        )
        try:
            is_doomed = self._chance.random() < KILLED_SHARE
            out, err = running.communicate(timeout=self._chance.uniform(0.0, LONGEST_LIFE_S) if is_doomed else LIMIT_S)
        except subprocess.TimeoutExpired:
            running.kill()
            out, err = running.communicate()
            self.killed += 1
            out = out[: out.rfind(b"\n") + 1]
        self._take(reason, out, err)

    def _take(self, reason: str, out: bytes, err: bytes) -> None:
        try:
            answers = taken_apart(0, out, err).answers
        except AssertionError:
            self.sins.append(f"yuyue printed a traceback: {err.decode('utf-8', 'replace')[-400:]}")
            return
        for answer in answers:
            if "uuid" in answer and "error" not in answer:
                self._journal.take_beside(reason, answer)
