"""Build the Windows program and its setup, step by step: `python -m devtools.windows`, `--frozen` without the setup."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from devtools.places import ROOT
from devtools.processes import StepFailed, complain, say
from devtools.windows import (
    check_product,
    freeze,
    prefix,
    release,
    report,
    setup_program,
    signing,
    stamps,
    token_driver,
    trial,
    wheels,
    windows_python,
)
from devtools.windows.layout import PYTHON, RECIPE
from devtools.windows.screen import NeverShown
from devtools.windows.trial import Measures

Result = TypeVar("Result")


def prepare_python() -> None:
    """Make the Windows Python with the locked packages unless it is there and current."""
    inputs = stamps.fingerprint(wheels.locked_for_windows(), RECIPE / "windows_python.py", RECIPE / "wheels.py")
    if stamps.is_fresh(PYTHON, inputs):
        return
    windows_python.unpack()
    wheels.install()
    stamps.mark(PYTHON, inputs)


def try_setup() -> Measures:
    """Try the setup and measure it."""
    return trial.try_out(setup_program.setup_file(setup_program.version()), release.OWN_SETUP, release.BARE_SETUP)


Step = tuple[str, Callable[[], object]]
FROZEN: tuple[Step, ...] = (
    ("Python for Windows", prepare_python),
    ("Wine", prefix.ensure),
    ("freeze", lambda: freeze.freeze(is_measured=False)),
    ("check the product", check_product.check),
    ("a card's driver for the tests", token_driver.ensure),
)
RELEASED: tuple[Step, ...] = (
    *FROZEN[:2],
    ("freeze", lambda: freeze.freeze(is_measured=True)),
    FROZEN[3],
    ("setup program", release.make_setups),
)


def timed(name: str, step: Callable[[], Result]) -> tuple[Result, float]:
    """Run a step, say how long it took, and answer what it gave and the seconds."""
    begin = time.monotonic()
    result = step()
    seconds = time.monotonic() - begin
    say(f"{name}: {seconds:.0f} s")
    return result, seconds


def run(steps: Sequence[Step]) -> list[tuple[str, float]]:
    """Run steps in their order and answer the seconds of each. Raises StepFailed, which names its step."""
    done = list[tuple[str, float]]()
    for name, step in steps:
        try:
            done.append((name, timed(name, step)[1]))
        except StepFailed as failure:
            raise StepFailed(f"{name}: {failure}") from failure
    return done


def make_release() -> None:
    """Freeze, pack, try, and write what lies beside the setup. Raises StepFailed (of limits too), NeverShown."""
    done = run(RELEASED)
    measures, seconds = timed("try the setup", try_setup)
    told = report.lines([*done, ("try the setup", seconds)], measures, is_signed=bool(signing.command()))
    files = release.write_beside(told)
    say("\n".join(["", *told, "", *(str(file.relative_to(ROOT)) for file in files)]))
    if excesses := list(report.excesses(measures)):
        raise StepFailed("\n".join(excesses))


def main(words: Sequence[str]) -> int:
    """Make a release, or with `--frozen` no more than the tests need; answers the exit code."""
    try:
        if list(words) == ["--frozen"]:
            run(FROZEN)
        else:
            make_release()
    except (StepFailed, NeverShown) as failure:
        complain(str(failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
