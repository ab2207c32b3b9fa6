"""Takes the pictures of the documents anew: the tour's, and those of the manual; test runs never write here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from devtools import tour
from devtools.display import virtual_display
from devtools.places import BUILD, ROOT, VENV_PYTHON
from devtools.processes import call

PICTURES = ROOT / "docs" / "pictures"
MANUAL = PICTURES / "manual"


def renew() -> int:
    """Take all pictures and put them into docs/pictures; the exit code of what failed, else 0."""
    return renew_tour() or renew_manual()


def renew_tour() -> int:
    """The tour's pictures, named after their step: README and user guide show them."""
    taken = emptied(BUILD / "docs-tour")
    code = tour.take(taken)
    if code == 0:
        put(taken, PICTURES, lambda name: name.partition("-")[2])
    return code


def renew_manual() -> int:
    """A picture of each requirement of the manual, for docs/manual-coverage.md."""
    taken = emptied(BUILD / "docs-manual")
    with virtual_display() as environment:
        code = call([VENV_PYTHON, "-m", "tests.e2e.manual_pictures", "--out", taken], environment)
    if code == 0:
        put(taken, MANUAL, str)
    return code


def emptied(folder: Path) -> Path:
    """The folder, new and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put(taken: Path, folder: Path, named: Callable[[str], str]) -> None:
    """Let a folder hold just the pictures that were taken; folders in it stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for picture in sorted(taken.glob("*.png")):
        shutil.copyfile(picture, folder / named(picture.name))
