"""Build the Windows program, step by step, with the seconds of each: `python -m devtools.windows`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from devtools.processes import StepFailed, complain, say
from devtools.windows import check_product, freeze, prefix, stamps, wheels, windows_python
from devtools.windows.layout import PYTHON, RECIPE


def prepare_python() -> None:
    """Make the Windows Python with the locked packages unless it is there and current."""
    inputs = stamps.fingerprint(wheels.locked_for_windows(), RECIPE / "windows_python.py", RECIPE / "wheels.py")
    if stamps.is_fresh(PYTHON, inputs):
        return
    windows_python.unpack()
    wheels.install()
    stamps.mark(PYTHON, inputs)


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Python for Windows", prepare_python),
    ("Wine", prefix.ensure),
    ("freeze", freeze.freeze),
    ("check the product", check_product.check),
)


def main() -> int:
    """Run the steps and return the exit code."""
    for name, step in STEPS:
        begin = time.monotonic()
        try:
            step()
        except StepFailed as failure:
            complain(f"{name}: {failure}")
            return 1
        say(f"{name}: {time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
