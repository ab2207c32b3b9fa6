"""dev.py's command line: reads the arguments and calls the one module that does the work."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from devtools import environment, lock, system_packages
from devtools.processes import StepFailed, complain, say


def set_up(_: argparse.Namespace) -> int:
    """Make the machine ready: system packages, then the virtual environment."""
    system_packages.ensure()
    environment.ensure()
    say("Ready.")
    return 0


def write_lock(arguments: argparse.Namespace) -> int:
    """Write the lock anew."""
    lock.write(arguments.upgrade)
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up, run, check and package yuyue-desktop.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("setup", help="do all set-up and nothing else")
    command.set_defaults(run=set_up)
    command = commands.add_parser("lock", help="write requirements.lock from pyproject.toml")
    command.add_argument("--upgrade", action="store_true", help="let every package move to its newest fitting version")
    command.set_defaults(run=write_lock)
    return parser


def main(words: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    arguments = make_parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except StepFailed as failure:
        complain(str(failure))
        return 1
    return code
