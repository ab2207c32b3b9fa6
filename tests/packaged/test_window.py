"""The frozen window, opened on a practice office as a clerk's machine would."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from devtools.windows import wine
from tests.packaged.office import office_here
from tests.packaged.programs import run_program

pytestmark = pytest.mark.wine

PASSWORD = b"a password of the clerk's own"
LIMIT_S = 120
FEWEST_COLOURS = 40
"""An empty or unpainted window has a handful."""


@pytest.fixture
def profile_file(tmp_path: Path) -> Iterator[Path]:
    """A profile as Windows sees it, of an office that runs on this machine with its card behind a client control."""
    with office_here(tmp_path) as office:
        yield office.profile_file


def open_window(product: Path, environment: dict[str, str], profile_file: Path, shot: Path) -> int:
    """Open the window for some seconds and return its exit code; a picture of it goes to `shot`."""
    profile = ("--profile-file", wine.windows_path(profile_file))
    checks = ("--store-password-fd", "0", "--shot", wine.windows_path(shot), "--exit-after", "4")
    answer = run_program(product / "yuyue-desktop.exe", (*profile, *checks), environment, PASSWORD, LIMIT_S)
    sys.stdout.write(answer.stderr.decode("utf-8", "replace"))
    return answer.returncode


def colours_of(picture: Path) -> int:
    """How many different colours a picture has, looked at every fourth point."""
    image = QImage(str(picture))
    points = ((x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
    return len({image.pixel(x, y) for x, y in points})


def test_it_opens_paints_and_opens_again_on_the_same_data(
    product: Path, wine_environment: dict[str, str], profile_file: Path, tmp_path: Path
) -> None:
    for name in ("first.png", "second.png"):
        shot = tmp_path / name
        assert open_window(product, wine_environment, profile_file, shot) == 0
        assert colours_of(shot) > FEWEST_COLOURS
    (store,) = tmp_path.glob("desktop/store.db")
    assert not store.read_bytes().startswith(b"SQLite format 3")
