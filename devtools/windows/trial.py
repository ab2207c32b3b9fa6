"""Tries a setup on this machine: installs it, starts what it installed, measures, removes it; makes no setup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from devtools.display import virtual_display
from devtools.processes import StepFailed
from devtools.windows import installing, wine
from devtools.windows.installing import SetupExit
from devtools.windows.layout import BARE, PRODUCT, WORK
from devtools.windows.screen import Screen

STARTS = 3
PASSWORD = b"a password of the trial's own"
FOLDER = WORK / "trial"


@dataclass(frozen=True)
class Measures:
    """Seconds from the start to a painted window, and bytes; each of the product and of a bare window.

    `own_setup_size` is that of a setup without the practice side.
    """

    start_s: float
    bare_start_s: float
    size: int
    bare_size: int
    setup_size: int
    own_setup_size: int
    bare_setup_size: int


def try_out(setup: Path, own_setup: Path, bare_setup: Path) -> Measures:
    """Install, start, remove. Raises StepFailed where one of them fails."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        here = Path(name)
        folder = here / "预约通关"
        _must(installing.run(setup, f"/D={wine.windows_path(folder)}"), "the setup")
        # The first program of a prefix decides where all draw: none of those that saw no display may be left.
        wine.wait_until_idle()
        try:
            product_s, bare_s = _starts(folder, here)
        finally:
            _must(installing.remove(folder), "the uninstaller")
        sizes = [sum(map(_size, _files(frozen))) for frozen in (PRODUCT, BARE)]
        return Measures(product_s, bare_s, *sizes, *map(_size, (setup, own_setup, bare_setup)))


def _must(code: int, what: str) -> None:
    if code != SetupExit.DONE:
        raise StepFailed(f"{what} ended with {code}")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _size(file: Path) -> int:
    return file.stat().st_size


def _starts(folder: Path, here: Path) -> tuple[float, float]:
    """Median seconds until the installed window and the bare one are painted, started by turns."""
    profile = here / "profile.json"
    authority = here / "none.pem"
    content = {"name": "trial", "folder": "data", "gateway_address": "https://127.0.0.1:9", "is_practice": True}
    profile.write_text(json.dumps({**content, "gateway_ca_file": wine.windows_path(authority)}), encoding="utf-8")
    arguments = ["--profile-file", wine.windows_path(profile), "--store-password-fd", "0"]
    product, bare = list[float](), list[float]()
    with _screen(here) as (screen, environment):
        for _ in range(STARTS):
            product.append(_seconds_to_picture(folder / "yuyue-desktop.exe", arguments, screen, environment))
            bare.append(_seconds_to_picture(BARE / "bare-window.exe", [], screen, environment))
    return median(product), median(bare)


@contextmanager
def _screen(here: Path) -> Iterator[tuple[Screen, dict[str, str]]]:
    memory = here / "screen"
    memory.mkdir()
    with virtual_display(memory) as display:
        yield Screen(memory), {**wine.environment(), **display, "QT_QPA_PLATFORM": ""}


def _seconds_to_picture(program: Path, arguments: list[str], screen: Screen, environment: dict[str, str]) -> float:
    screen.wait_until("an empty display", lambda: not screen.is_painted())
    with installing.running(program, arguments, environment, PASSWORD):
        return screen.wait_until(f"the window of {program.name}", screen.is_painted)
