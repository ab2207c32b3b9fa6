"""The virtual display shows real windows, does not get in another's way, and is gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from devtools.display import is_there_a_display, virtual_display
from devtools.processes import StepFailed

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb on this system")

LOOK = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
size = application.primaryScreen().size()
print(application.platformName(), size.width(), size.height())
"""


def look(environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Start Qt in a new process on a display."""
    command = [sys.executable, "-c", LOOK]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)


def test_qt_draws_on_it_and_it_is_gone_afterwards() -> None:
    with virtual_display() as environment:
        assert look(environment).stdout.split() == ["xcb", "1920", "1200"]
    assert look(environment).returncode != 0


def test_two_at_once_are_two() -> None:
    with virtual_display() as one, virtual_display() as other:
        assert one["DISPLAY"] != other["DISPLAY"]


def test_a_missing_server_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StepFailed, match=r"dev\.py setup"), virtual_display():
        pass


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_whether_somebody_could_see_a_window(environment: dict[str, str], *, expected: bool) -> None:
    assert is_there_a_display(environment) is (expected or os.name == "nt")
