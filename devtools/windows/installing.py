"""Runs setup and uninstaller silently under Wine and knows where they put things; starts any program, knows none."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from devtools.windows import wine
from devtools.windows.layout import PREFIX

LIMIT_S = 300
NAME = "yuyue-desktop"
MENU = Path("AppData") / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "预约通关"


class SetupExit(IntEnum):
    """What a silent setup or uninstaller ends with (installer/yuyue-desktop.nsi)."""

    DONE = 0
    UNWRITTEN = 2
    RUNNING = 3
    UNFIT = 4


def home() -> Path:
    """The folder of the prefix's Windows account."""
    return next(path for path in (PREFIX / "drive_c" / "users").iterdir() if path.name != "Public")


def usual_folder() -> Path:
    """Where the setup puts the program unless it is told otherwise."""
    return home() / "AppData" / "Local" / "Programs" / NAME


def data_folder() -> Path:
    """Where the program keeps the account's data."""
    return home() / "AppData" / "Local" / NAME


def start_menu() -> list[str]:
    """The names of the program's entries in the start menu."""
    return sorted(path.stem for path in (home() / MENU).glob("*.lnk"))


def begin(program: Path, *switches: str) -> subprocess.Popen[bytes]:
    """Start a setup or an uninstaller silently and answer at once."""
    command = ["wine", wine.windows_path(program), "/S", *switches]
    # Not a pipe: what Wine starts beside it would hold its end open.
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, env=wine.environment(), stdin=nothing, stdout=nothing, stderr=nothing)


def run(program: Path, *switches: str) -> int:
    """Run a setup or an uninstaller silently to its end; answers its exit code. Raises subprocess.TimeoutExpired."""
    process = begin(program, *switches)
    try:
        return process.wait(LIMIT_S)
    finally:
        process.kill()


def remove(folder: Path, *switches: str) -> int:
    """Remove what is installed in a folder; answers the exit code."""
    # With `_?=` the uninstaller works where it lies, instead of as a copy of itself that nobody waits for.
    return run(folder / "uninstall.exe", *switches, f"_?={wine.windows_path(folder)}")


@contextmanager
def running(
    program: Path, arguments: Sequence[str], environment: Mapping[str, str], told: bytes = b""
) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work that was told something on its standard input; killed unless it ends by itself."""
    command = ["wine", wine.windows_path(program), *arguments]
    reading, writing = os.pipe()
    os.write(writing, told)
    os.close(writing)
    nothing = subprocess.DEVNULL
    with (
        os.fdopen(reading) as pipe,
        subprocess.Popen(command, env=environment, stdin=pipe, stdout=nothing, stderr=nothing) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
