"""Run the stages of the checks, all of them, and print seconds and counts; knows no stage by name."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from devtools.checks import Stage
from devtools.places import REPORTS, ROOT
from devtools.processes import say


@dataclass(frozen=True)
class Result:
    """What came of one stage; the counts are those of its tests."""

    name: str
    is_good: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def run_all(stages: Sequence[Stage], before: Sequence[Result] = (), jobs: int = 1) -> int:
    """Run every stage, so many at a time, print the summary and return the exit code.

    `before` are stages that were done already. A stage's output appears as a whole when it ends.
    """
    REPORTS.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    results = run_side_by_side(stages, jobs)
    seconds = time.monotonic() - begin + sum(result.seconds for result in before)
    return summarise([*before, *results], seconds)


class Running:
    """The processes of the stages under way, so that an interrupted run leaves none behind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._is_over = False

    def start(self, command: tuple[str, ...], output: BinaryIO) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own; raises RuntimeError once all were ended."""
        with self._lock:
            if self._is_over:
                raise RuntimeError("the checks were interrupted")
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
            self._processes.add(process)
        return process

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        """A process has ended."""
        with self._lock:
            self._processes.discard(process)

    def end_all(self) -> None:
        """End every process and let no further one start."""
        with self._lock:
            self._is_over = True
            for process in self._processes:
                end_group(process)


def run_side_by_side(stages: Sequence[Stage], jobs: int) -> list[Result]:
    """Run the stages in their order, so many at a time; one that needs another waits for it. Results in their order."""
    running = Running()
    with ThreadPoolExecutor(jobs) as workers:
        try:
            results = hand_out(stages, jobs, lambda stage: workers.submit(run_stage, stage, running))
        except BaseException:
            running.end_all()
            raise
    return [results[stage.name] for stage in stages]


def hand_out(stages: Sequence[Stage], jobs: int, start: Callable[[Stage], Future[Result]]) -> dict[str, Result]:
    """Start each stage as soon as there is a place for it and what it needs has ended; results by name."""
    waiting = [*stages]
    results: dict[str, Result] = {}
    under_way: set[Future[Result]] = set()
    while waiting or under_way:
        ready = [stage for stage in waiting if stage.needs is None or stage.needs in results]
        for stage in ready[: jobs - len(under_way)]:
            waiting.remove(stage)
            say(f"--- {stage.name}: started")
            under_way.add(start(stage))
        ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        results.update((future.result().name, future.result()) for future in ended)
    return results


def run_stage(stage: Stage, running: Running) -> Result:
    """Run one stage within its time limit and read the counts it left."""
    begin = time.monotonic()
    if stage.report is None:
        code = run_limited(stage, running)
        return Result(stage.name, code == 0, time.monotonic() - begin)
    stage.report.unlink(missing_ok=True)
    code = run_limited(stage, running)
    passed, failed, skipped = read_counts(stage.report)
    is_good = code == 0 and stage.report.is_file()
    # A test run that died, whatever its exit code, counts as one failure.
    failed = max(failed, 0 if is_good else 1)
    return Result(stage.name, is_good, time.monotonic() - begin, passed, failed, skipped)


def run_limited(stage: Stage, running: Running) -> int:
    """Run a stage's command, end its whole group when the time is up, and print what it said."""
    # A file, not a pipe: nobody has to read while it runs, and children that outlive it hold nothing up.
    with tempfile.TemporaryFile() as output:
        process = running.start(stage.command, output)
        try:
            code = process.wait(stage.limit_s)
        except subprocess.TimeoutExpired:
            end_group(process)
            output.write(f"No end after {stage.limit_s} s: stopped.\n".encode())
            code = 1
        finally:
            running.forget(process)
        output.seek(0)
        say(f"\n=== {stage.name}\n{output.read().decode(errors='replace').rstrip()}")
    return code


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads its own group, and the group."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_counts(report: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed (errors too) and were skipped, from pytest's JUnit report."""
    if not report.is_file():
        return 0, 0, 0
    total = failed = skipped = 0
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  written by our own pytest a moment ago
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def summarise(results: Sequence[Result], seconds: float) -> int:
    """Print the seconds of each stage and, as the last line, the counts of all tests; return the exit code."""
    say("\nStage                seconds  result")
    for result in results:
        counts = f"  {result.passed} passed, {result.failed} failed, {result.skipped} skipped"
        has_counts = bool(result.passed or result.failed or result.skipped)
        verdict = "ok" if result.is_good else "FAILED"
        say(f"{result.name:<20} {result.seconds:7.1f}  {verdict}{counts if has_counts else ''}")
    broken = [result.name for result in results if not result.is_good]
    say(f"Total, side by side  {seconds:7.1f}")
    if broken:
        say(f"Failed stages: {', '.join(broken)}")
    say(f"{sum(result.passed for result in results)} passed, {sum(result.failed for result in results)} failed")
    return 1 if broken else 0
