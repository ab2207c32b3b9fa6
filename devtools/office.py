"""Open the window on a fresh practice office; what an office is made of is yuyue_practice.opening."""

from __future__ import annotations

from pathlib import Path

from devtools import tour
from devtools.display import is_there_a_display
from devtools.places import BUILD, VENV_PYTHON
from devtools.processes import call, say


def open_office(shot: Path | None, exit_after_s: float | None, *, is_by_control: bool = False) -> int:
    """Start gateway, card and window and return the window's exit code; without a display take the tour instead.

    `shot` is a file for a picture of the window, `exit_after_s` closes it after so many seconds. The practice card is
    behind a practice client control where SoftHSM2 is not installed, or `is_by_control`. Raises StepFailed.
    """
    card = "control" if is_by_control else "fitting"
    if not is_there_a_display():
        out = BUILD / "tour"
        say(f"There is no display here, so the tour runs instead; its pictures go to {out}")
        return tour.take(out, card)
    for_checks: list[str | Path] = ["--shot", shot.resolve()] if shot else []
    for_checks += ["--exit-after", str(exit_after_s)] if exit_after_s is not None else []
    return call([VENV_PYTHON, "-m", "yuyue_practice.opening", "--card", card, *for_checks])
