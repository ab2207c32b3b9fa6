"""Run Windows programs under Wine in the build's own prefix; knows no program by name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.processes import StepFailed
from devtools.windows.layout import PREFIX, PYTHON_PROGRAM

LOCALE = "zh_CN.UTF-8"  # Wine then passes for a Chinese Windows: code page 936


def windows_path(path: Path) -> str:
    """Return the name under which Wine shows a file of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of every Wine program: our prefix, no questions, no traces on the host's desktop."""
    return {
        **os.environ,
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
        "LC_ALL": LOCALE,
        **(extra or {}),
    }


def run(command: Sequence[str], limit_s: int, extra: Mapping[str, str] | None = None, *, is_shown: bool = True) -> str:
    """Run a Windows program and return what it printed. Raises StepFailed when it fails or takes too long.

    Python under Wine dies when its output is a file, so the output is always read through a pipe.
    """
    whole = ["wine", *command]
    try:
        answer = subprocess.run(
            whole,
            env=environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=limit_s,
        )
    except subprocess.TimeoutExpired:
        stop_all()
        raise StepFailed(f"no end after {limit_s} s: {' '.join(whole)}") from None
    printed = answer.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    if is_shown or answer.returncode != 0:
        sys.stdout.write(printed)
    if answer.returncode != 0:
        raise StepFailed(f"exit code {answer.returncode} from: {' '.join(whole)}")
    return printed


def run_python(arguments: Sequence[str], limit_s: int, extra: Mapping[str, str] | None = None) -> str:
    """Run the Windows Python of the build."""
    return run([windows_path(PYTHON_PROGRAM), *arguments], limit_s, extra)


def wait_until_idle() -> None:
    """Wait until every program of the prefix has ended and the registry is written."""
    subprocess.run(["wineserver", "-w"], env=environment(), check=True, timeout=120)


def stop_all() -> None:
    """End every program of this prefix, and of no other."""
    subprocess.run(["wineserver", "-k"], env=environment(), check=False, timeout=60)
