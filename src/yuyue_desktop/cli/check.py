"""`yuyue check`: what is wrong with application files, a line each; opens neither store nor card."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.exit import Exit, exit_of
from yuyue_desktop.cli.findings import as_finding
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Surroundings
from yuyue_desktop.services.application_file import judge_application_file, read_application_file

NOT_HERE = {Code.TRADER_NOT_CHECKED}
"""What the rules say only because nobody was asked, which is what the caller wanted."""


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "check", run, "检查申请文件：每个文件一行，列出问题")
    parser.add_argument(
        "--offline", action="store_true", required=True, help="只用本机的规则和代码表，不打开数据，不联网"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="申请文件（JSON）")


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Check every file; one that can't be read or is no JSON object is answered with its code."""
    bad = findings = 0
    for file in options.files:
        try:
            found = find_problems(file, supplies)
        except YuyueError as error:
            bad += 1
            streams.refuse({"file": str(file)}, str(file), error)
        else:
            findings += len(found)
            streams.answer({"file": str(file), "findings": [as_finding(problem) for problem in found]})
    return exit_of(len(options.files), bad, findings)


def find_problems(path: Path, supplies: Supplies) -> list[Problem]:
    """Everything wrong with one file and its attachments, whose paths are relative to it.

    Raises:
        YuyueError: FILE_UNREADABLE, INPUT_NOT_JSON.
    """
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise user_error(Code.FILE_UNREADABLE, name=str(path)) from error
    file = read_application_file(content, ApplicationId(""))
    unreadable: list[Problem] = []
    reports = list(_measured([path.parent / name for name in file.attachments], supplies, unreadable))
    tables = supplies.code_tables()
    around = Surroundings(supplies.now(), ports=tables.ports, transport_modes=tables.transport_modes)
    problems = [*judge_application_file(file, around, reports), *unreadable]
    return [problem for problem in problems if problem.code not in NOT_HERE]


def _measured(paths: list[Path], supplies: Supplies, unreadable: list[Problem]) -> Iterator[PdfReport]:
    for path in paths:
        try:
            yield supplies.check_pdf(path)
        except YuyueError as error:
            unreadable.append(Problem("S19", "attachments", error.code, params=dict(error.params)))
