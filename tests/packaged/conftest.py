"""The frozen Windows program as `python3 dev.py package` left it, and a display for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.display import virtual_display
from devtools.windows import wine
from devtools.windows.layout import PRODUCT


@pytest.fixture(scope="session")
def product() -> Path:
    """The product's folder."""
    if not (PRODUCT / "yuyue-desktop.exe").is_file():
        pytest.fail("there is no frozen program: python3 dev.py package")
    return PRODUCT


@pytest.fixture(scope="session")
def wine_environment() -> Iterator[dict[str, str]]:
    """The environment of a Windows program with a display; the programs of the prefix end with the session."""
    with virtual_display() as display:
        yield {**wine.environment(), **display, "QT_QPA_PLATFORM": ""}
        wine.stop_all()


@pytest.fixture(autouse=True)
def _linux_only() -> None:
    """Wine is how these tests run Windows programs."""
    if os.name == "nt":
        pytest.skip("runs on Linux under Wine")
