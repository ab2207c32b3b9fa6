"""dev.py starts from any folder, says what it can do, and says plainly what Python it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "dev.py"
OLD_PYTHON = f"""
import sys, runpy
sys.version_info = (3, 9, 2, "final", 0)
import shutil
shutil.which = lambda name: None
runpy.run_path({str(DEV)!r}, run_name="__main__")
"""


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python without standard input."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("command", ["setup", "run", "tour", "test", "lock", "package"])
def test_each_command_explains_itself(command: str, tmp_path: Path) -> None:
    answer = run(str(DEV), command, "--help", cwd=tmp_path)
    assert answer.returncode == 0
    assert f"dev.py {command}" in answer.stdout


def test_an_unsupported_python_is_told_plainly(tmp_path: Path) -> None:
    answer = run("-c", OLD_PYTHON, cwd=tmp_path)
    assert answer.returncode == 2
    assert answer.stderr == "This project needs Python 3.11, 3.12 or 3.13; this is Python 3.9.\n"


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    answer = run(str(DEV), "fly", cwd=tmp_path)
    assert answer.returncode == 2
    assert "fly" in answer.stderr
