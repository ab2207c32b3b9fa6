"""dev.py's command line: reads the arguments and calls the one module that does the work."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from devtools import audit, checks, docs, environment, lock, office, run_checks, system_packages, tour
from devtools.places import VENV_PYTHON
from devtools.processes import StepFailed, call, complain, say


def main(words: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    arguments = make_parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except StepFailed as failure:
        complain(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def make_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up, run, check and package yuyue-desktop.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("setup", set_up, "do all set-up and nothing else")
    command = add("run", run_office, "open the window on a fresh practice office")
    command.add_argument("--shot", type=Path, metavar="FILE", help="save a picture of the window")
    command.add_argument("--control", action="store_true", help="practice card behind a client control, as on Windows")
    command.add_argument("--exit-after", type=float, metavar="SECONDS", help="close the window by itself")
    command = add("tour", take_tour, "do the main job in the real window under a virtual display")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for pictures and result.json")
    command = add("test", run_tests, "run every check and test")
    forms = command.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="the inner loop: no Wine, no card rig, at most 4 minutes")
    forms.add_argument("--long", action="store_true", help="the long seeded forms too")
    command.add_argument("--jobs", type=int, default=checks.JOBS, metavar="N", help="so many stages at a time")
    command = add("chaos", rain_faults, "let faults rain on the real parts and judge what came of it")
    command.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same plan of faults")
    command.add_argument("--minutes", type=float, default=5.0, metavar="M", help="for so long")
    add("docs", renew_docs, "take the pictures of README and user guide anew")
    add("package", package, "build the Windows program")
    command = add("lock", write_lock, "write requirements.lock from pyproject.toml")
    command.add_argument("--upgrade", action="store_true", help="let every package move to its newest fitting version")
    add("audit", audit_lock, "ask the index for known vulnerabilities of the locked packages")
    return parser


def make_ready(*, for_tests: bool = False, for_windows: bool = False) -> None:
    """Do all set-up that is not done yet, with `for_tests` and `for_windows` that of tests and Windows build too."""
    wanted: tuple[str, ...] = system_packages.NEEDED
    wanted += system_packages.FOR_TESTS if for_tests else ()
    wanted += system_packages.WINDOWS_BUILD if for_windows else ()
    wanted += system_packages.WINDOWS_TOKEN if for_tests and for_windows else ()
    system_packages.ensure(wanted)
    environment.ensure()


def set_up(_: argparse.Namespace) -> int:
    """Make the machine ready."""
    make_ready(for_tests=True)
    say("Ready.")
    return 0


def run_office(arguments: argparse.Namespace) -> int:
    """Open the practice office."""
    make_ready()
    return office.open_office(arguments.shot, arguments.exit_after, is_by_control=arguments.control)


def take_tour(arguments: argparse.Namespace) -> int:
    """Take the tour."""
    make_ready()
    return tour.take(arguments.out)


def run_tests(arguments: argparse.Namespace) -> int:
    """Run the checks; set-up is their first stage."""
    form = checks.Form.QUICK if arguments.quick else checks.Form.LONG if arguments.long else checks.Form.FULL
    begin = time.monotonic()
    say("=== setup")
    make_ready(for_tests=True, for_windows=form is not checks.Form.QUICK)
    done = run_checks.Result("setup", is_good=True, seconds=time.monotonic() - begin)
    return run_checks.run_all([*checks.list_stages(form)], [done], max(arguments.jobs, 1))


def rain_faults(arguments: argparse.Namespace) -> int:
    """Hunt for what is lost, doubled or wrong."""
    make_ready(for_tests=True)
    options = ["--seed", str(arguments.seed), "--minutes", str(arguments.minutes)]
    return call([VENV_PYTHON, "-m", "tests.chaos", *options])


def renew_docs(_: argparse.Namespace) -> int:
    """Take the pictures of the documents anew."""
    make_ready()
    return docs.renew()


def package(_: argparse.Namespace) -> int:
    """Build the Windows program."""
    make_ready(for_windows=True)
    return call([VENV_PYTHON, "-m", "devtools.windows"])


def write_lock(arguments: argparse.Namespace) -> int:
    """Write the lock anew."""
    lock.write(upgrade=arguments.upgrade)
    return 0


def audit_lock(_: argparse.Namespace) -> int:
    """Ask for known vulnerabilities."""
    environment.ensure()
    return audit.main()
