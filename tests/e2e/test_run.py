"""`python3 dev.py run`: the window on a fresh practice office, or the tour where nobody could see a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QImage

from devtools.display import virtual_display
from devtools.places import BUILD

ROOT = Path(__file__).parents[2]
RUN_S = 300
LEAST_SIZE = (1024, 640)


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a developer gives it."""
    command = [sys.executable, "dev.py", "run", *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, timeout=RUN_S, capture_output=True, text=True)


def test_the_window_opens_and_its_picture_is_taken(tmp_path: Path) -> None:
    shot = tmp_path / "window.png"
    with virtual_display() as display:
        ended = run({**os.environ, **display}, "--shot", str(shot), "--exit-after", "5")
    assert ended.returncode == 0, ended.stderr
    assert "88888888" in ended.stdout, "the practice card's PIN is said"
    picture = QImage(str(shot))
    assert picture.width() >= LEAST_SIZE[0]
    assert picture.height() >= LEAST_SIZE[1]
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 20, "a window with something in it"


def test_without_a_display_the_tour_is_taken() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    ended = run({name: value for name, value in os.environ.items() if name not in hidden})
    assert ended.returncode == 0, ended.stderr
    assert "no display" in ended.stdout
    result = json.loads((BUILD / "tour" / "result.json").read_text(encoding="utf-8"))
    assert result["status"] == "预约成功"
