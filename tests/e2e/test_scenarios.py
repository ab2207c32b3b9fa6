"""What may happen on a clerk's way, in the real window on a virtual display; no process says a word in English."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.display import virtual_display
from tests.e2e.practice_window import practice_office

ROOT = Path(__file__).parents[2]
SCENARIO_S = 180
SWAPPING_S = 360
"""Ten declarations, each with a hand at the reader."""


def play(name: str, out: Path, profile_file: Path | None = None, limit_s: float = SCENARIO_S) -> int:
    """Play a scenario in a process of its own; answers its exit code. Window and office must keep quiet."""
    command = [sys.executable, "-m", "tests.e2e.scenarios", name, "--out", str(out)]
    if profile_file is not None:
        command += ["--profile-file", str(profile_file)]
    with virtual_display() as display:
        played = subprocess.run(
            command, env={**os.environ, **display}, cwd=ROOT, timeout=limit_s, capture_output=True, text=True
        )
    assert played.stderr == ""
    return played.returncode


@pytest.mark.parametrize(
    "name",
    [
        "unbound_account",
        "refusals_and_safe_exit",
        "officer_by_hand",
        "office_stopped",
        "closing_at_once",
        "beside_the_command_line",
        "files_given_before_sign_in",
        "twenty_tabs",
    ],
)
def test_scenario(name: str, tmp_path: Path) -> None:
    assert play(name, tmp_path) == 0


def test_cards_swapped_at_random_moments_sign_nothing_of_another(tmp_path: Path) -> None:
    """A card of SoftHSM2: behind the client control each signature asks for its PIN anyway."""
    with practice_office("hand", "softhsm2") as office:
        assert play("cards_swapped_while_declaring", tmp_path, office.profile_file, SWAPPING_S) == 0


def test_what_was_typed_survives_a_kill_and_its_tab_is_back(tmp_path: Path) -> None:
    with practice_office() as office:
        assert play("typing_until_killed", tmp_path / "killed", office.profile_file) == -signal.SIGKILL
        assert play("reopening", tmp_path / "reopened", office.profile_file) == 0
