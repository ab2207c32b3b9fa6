"""Start the tour: the main job in the real window on a virtual display; what it does is in tests/e2e/tour.py."""

from __future__ import annotations

from pathlib import Path

from devtools.display import virtual_display
from devtools.places import VENV_PYTHON
from devtools.processes import call


def take(out: Path, card: str = "fitting") -> int:
    """Run the tour with a kind of practice card, pictures and result.json go to `out`; 0 only for 预约成功."""
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with virtual_display() as environment:
        return call([VENV_PYTHON, "-m", "tests.e2e.tour", "--out", out, "--card", card], environment)
