"""The window by `--practice`, as from the start menu: it opens the practice office and closes it again (B10)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.profiles import default_file, load_profile

pytestmark = pytest.mark.thorough

RUN_S = 180
PASSWORD = b"a password of the clerk's own"


def open_in_practice(home: Path, shot: Path) -> int:
    """Open the window for a moment in an account of its own."""
    command = [sys.executable, "-m", "yuyue_desktop", "--practice", "--store-password-fd", "0"]
    command += ["--shot", str(shot), "--exit-after", "1"]
    environment = {**os.environ, "XDG_DATA_HOME": str(home)}
    return subprocess.run(command, env=environment, input=PASSWORD, timeout=RUN_S).returncode


def test_it_opens_the_office_with_a_card_and_closes_it(tmp_path: Path) -> None:
    practice = tmp_path / "yuyue-desktop" / "profiles" / "practice"
    for shot in (tmp_path / "first.png", tmp_path / "second.png"):
        assert open_in_practice(tmp_path, shot) == 0
        assert not QImage(str(shot)).isNull()
        assert not (practice / "office" / "ready.json").exists(), "the office is closed with the window"
    profile = json.loads((practice / "profile.json").read_text(encoding="utf-8"))
    assert profile["is_practice"] is True
    assert profile["practice_pin"]
    assert len(list((practice / "office").glob("*cards/*/"))) == 1, "one card, kept for the next time"
    assert (practice / "desktop" / "store.db").is_file()


def test_without_any_profile_the_clerk_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(YuyueError) as missing:
        load_profile(default_file())
    assert missing.value.code is Code.PROFILE_MISSING
    said = error_words(missing.value)
    assert "预约通关练习" in said.advice
    assert str(default_file()) in said.advice
