"""The frozen Windows program as `python3 dev.py package` left it, and a display for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.display import virtual_display
from devtools.windows import setup_program, wine
from devtools.windows.layout import PRACTICE, PRODUCT
from devtools.windows.screen import Screen
from devtools.windows.setup_program import SetupPlan


@pytest.fixture(scope="session")
def product() -> Path:
    """The product's folder."""
    if not (PRODUCT / "yuyue-desktop.exe").is_file():
        pytest.fail("there is no frozen program: python3 dev.py package")
    return PRODUCT


@pytest.fixture(scope="session")
def setup(product: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A setup of what was frozen, not compressed: `dev.py package` tries the one that is released."""
    file = tmp_path_factory.mktemp("setup") / "yuyue-desktop-setup.exe"
    setup_program.build(SetupPlan(setup_program.version(), file, product, PRACTICE, is_compressed=False))
    return file


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Screen:
    """What is to be seen on the display."""
    return Screen(tmp_path_factory.mktemp("screen"))


@pytest.fixture(scope="session", autouse=True)
def wine_environment(screen: Screen) -> Iterator[dict[str, str]]:
    """The environment of a Windows program with a display; the programs of the prefix end with the session."""
    with virtual_display(screen.folder) as display, pytest.MonkeyPatch.context() as everywhere:
        # Wine draws nowhere, for as long as it runs, when the first program of a prefix sees no display.
        everywhere.setenv("DISPLAY", display["DISPLAY"])
        wine.stop_all()
        yield {**wine.environment(), **display, "QT_QPA_PLATFORM": ""}
        wine.stop_all()


@pytest.fixture(autouse=True)
def _linux_only() -> None:
    """Wine is how these tests run Windows programs."""
    if os.name == "nt":
        pytest.skip("runs on Linux under Wine")
