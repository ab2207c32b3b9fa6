"""Run the stages of the checks, all of them, and print seconds and counts; knows no stage by name."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from devtools.checks import Stage
from devtools.places import REPORTS, ROOT
from devtools.processes import complain, say


@dataclass(frozen=True)
class Result:
    """What came of one stage; the counts are those of its tests."""

    name: str
    is_good: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def run_all(stages: Iterable[Stage], before: Iterable[Result] = ()) -> int:
    """Run every stage, print the summary and return the exit code. `before` are stages that were done already."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    results = [*before]
    for stage in stages:
        say(f"\n=== {stage.name}")
        results.append(run_stage(stage))
    return summarise(results)


def run_stage(stage: Stage) -> Result:
    """Run one stage within its time limit and read the counts it left."""
    begin = time.monotonic()
    if stage.report is None:
        code = run_limited(stage.command, stage.limit_s)
        return Result(stage.name, code == 0, time.monotonic() - begin)
    stage.report.unlink(missing_ok=True)
    code = run_limited(stage.command, stage.limit_s)
    passed, failed, skipped = read_counts(stage.report)
    is_good = code == 0 and stage.report.is_file()
    # A test run that died, whatever its exit code, counts as one failure.
    failed = max(failed, 0 if is_good else 1)
    return Result(stage.name, is_good, time.monotonic() - begin, passed, failed, skipped)


def run_limited(command: tuple[str, ...], limit_s: int) -> int:
    """Run a command in a process group of its own and end the whole group when the time is up."""
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(limit_s)
    except subprocess.TimeoutExpired:
        complain(f"No end after {limit_s} s: stopped.")
        end_group(process)
        return 1
    except BaseException:
        end_group(process)
        raise


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


def summarise(results: list[Result]) -> int:
    """Print the seconds of each stage and, as the last line, the counts of all tests; return the exit code."""
    say("\nStage                seconds  result")
    for result in results:
        counts = f"  {result.passed} passed, {result.failed} failed, {result.skipped} skipped"
        has_counts = bool(result.passed or result.failed or result.skipped)
        verdict = "ok" if result.is_good else "FAILED"
        say(f"{result.name:<20} {result.seconds:7.1f}  {verdict}{counts if has_counts else ''}")
    broken = [result.name for result in results if not result.is_good]
    say(f"Total                {sum(result.seconds for result in results):7.1f}")
    if broken:
        say(f"Failed stages: {', '.join(broken)}")
    say(f"{sum(result.passed for result in results)} passed, {sum(result.failed for result in results)} failed")
    return 1 if broken else 0
