"""The checks go through all stages, count tests, stop what hangs, and fail when any stage failed."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from devtools.checks import Stage
from devtools.run_checks import Running, read_counts, run_all

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def _bare_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the inner pytest runs the loading of plug-ins."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def python_stage(name: str, code: str, limit_s: int = 60, needs: str | None = None) -> Stage:
    """A stage that runs a piece of Python."""
    return Stage(name, (sys.executable, "-c", code), limit_s, needs=needs)


def pytest_stage(folder: Path, text: str) -> Stage:
    """A stage that runs a test file of its own."""
    file = folder / "test_inner.py"
    file.write_text(text, encoding="utf-8")
    report = folder / "report.xml"
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={folder}")
    return Stage("inner", (*command, f"--junitxml={report}", str(file)), 60, report)


INNER = """
import pytest
def test_good(): pass
def test_also_good(): pass
def test_bad(): assert False
@pytest.fixture
def broken(): raise ValueError
def test_error(broken): pass
def test_skipped(): pytest.skip("why not")
"""


def test_all_stages_run_and_one_failure_fails_the_whole(capfd: pytest.CaptureFixture[str]) -> None:
    code = run_all([python_stage("first", "raise SystemExit(3)"), python_stage("second", "print('reached')")])
    said = capfd.readouterr().out
    assert code == 1
    assert "reached" in said
    assert "Failed stages: first\n" in said


def test_counts_of_tests_are_the_last_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run_all([pytest_stage(tmp_path, INNER), python_stage("static", "pass")])
    assert code == 1
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 2 failed"


def test_good_stages_give_zero(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run_all([pytest_stage(tmp_path, "def test_good(): pass")])
    assert code == 0
    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"


def test_a_test_run_that_dies_counts_as_a_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run_all([pytest_stage(tmp_path, "import os\ndef test_dies(): os._exit(0)")])
    assert code == 1
    assert capfd.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_an_old_report_is_not_read_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_all([pytest_stage(tmp_path, "def test_good(): pass")])
    run_all([pytest_stage(tmp_path, "import os\nos._exit(3)")])
    assert capfd.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"
    assert read_counts(tmp_path / "report.xml") == (0, 0, 0)


def test_what_hangs_is_stopped_with_its_children(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    child = f"import pathlib, time\nwhile True: pathlib.Path({str(alive)!r}).touch(); time.sleep(0.01)"
    hanging = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    begin = time.monotonic()
    assert run_all([python_stage("hanging", hanging, limit_s=2)]) == 1
    assert time.monotonic() - begin < 20
    assert alive.exists()
    last = alive.stat().st_mtime_ns
    # Nobody touches the file any more: the child is gone, so a new Python's whole start-up sees no change.
    run_all([python_stage("later", "pass")])
    assert alive.stat().st_mtime_ns == last


def test_stages_run_side_by_side_and_the_summary_keeps_their_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def meeting(own: str, other: str) -> str:
        paths = f"pathlib.Path({str(tmp_path / own)!r}).touch(); other = pathlib.Path({str(tmp_path / other)!r})"
        return f"import pathlib, time; {paths}\nwhile not other.exists(): time.sleep(0.01)"

    stages = [python_stage("first", meeting("a", "b")), python_stage("second", meeting("b", "a"))]
    assert run_all(stages, jobs=2) == 0
    summary = capfd.readouterr().out.partition("Stage  ")[2].splitlines()
    assert [line.split()[0] for line in summary[1:3]] == ["first", "second"]


def test_a_stage_begins_after_the_one_it_needs_whatever_its_verdict(tmp_path: Path) -> None:
    log, apart = tmp_path / "log", tmp_path / "apart"
    write = f"print({{!r}}, file=open({str(log)!r}, 'a'))"
    # Ends only once the stage that was listed last has run: time enough for the one between to begin too early.
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(apart)!r}).exists(): time.sleep(0.01)\n"
    stages = [
        python_stage("made", f"{wait}{write.format('made')}; raise SystemExit(1)"),
        python_stage("tried", write.format("tried"), needs="made"),
        python_stage("apart", f"import pathlib; pathlib.Path({str(apart)!r}).touch()"),
    ]
    assert run_all(stages, jobs=3) == 1
    assert log.read_text(encoding="utf-8").split() == ["made", "tried"]


def test_an_interrupted_run_leaves_nothing_behind() -> None:
    running = Running()
    with ThreadPoolExecutor(1) as worker, TemporaryFile() as output:
        process = running.start((sys.executable, "-c", "import time; time.sleep(600)"), output)
        waiting = worker.submit(process.wait, 60)
        running.end_all()
        assert waiting.result() != 0
        with pytest.raises(RuntimeError):
            running.start((sys.executable, "-c", "pass"), output)
