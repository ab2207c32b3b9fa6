"""What came of a build, for people: steps with their seconds, what was tried, measures beside a bare window's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devtools.windows.trial import Measures

TRIED = "Tried under Wine with this very setup: installed silently, its window opened, removed silently."
UNTRIED = "Not tried: real Windows. `python3 dev.py test` runs tests/packaged on the same folders."

MOST_START, MOST_FOLDER, MOST_SETUP = 1.5, 2.5, 2.0
"""How many times a bare window's start, folder and setup ours may take."""


def excesses(measures: Measures) -> Iterator[str]:
    """Yield what takes more than it may beside a bare window's."""
    for name, ours, bare, most in (
        ("start of the window", measures.start_s, measures.bare_start_s, MOST_START),
        ("its folder", measures.size, measures.bare_size, MOST_FOLDER),
        ("setup, practice too", measures.setup_size, measures.bare_setup_size, MOST_SETUP),
    ):
        if ours > most * bare:
            yield f"{name}: {ours / bare:.2f} times a bare window's, at most {most}"


def lines(steps: Sequence[tuple[str, float]], measures: Measures, *, is_signed: bool) -> list[str]:
    """The report's lines."""
    return [
        *(f"{name:<22} {seconds:6.0f} s" for name, seconds in steps),
        TRIED,
        _beside("Start of the window", measures.start_s, measures.bare_start_s, "s", 1),
        _beside("Its folder, installed", measures.size, measures.bare_size, "MB", 1e6),
        _beside("Setup without practice", measures.own_setup_size, measures.bare_setup_size, "MB", 1e6),
        _beside("Setup, practice too", measures.setup_size, measures.bare_setup_size, "MB", 1e6),
        "Signed by the release machine's command." if is_signed else "Not signed: YUYUE_SIGN is not set.",
        UNTRIED,
    ]


def _beside(name: str, ours: float, bare: float, unit: str, per: float) -> str:
    return f"{name:<22} {ours / per:6.1f} {unit}, a bare window {bare / per:.1f} {unit}: {ours / bare:.2f} times"
