"""`yuyue check`: what is wrong with application files, a line each, by all that is known of companies and calendars.

`--offline` opens neither store nor card.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import has_credentials, opening_of, sign_in, take_desk
from yuyue_desktop.cli.exit import Exit, exit_of
from yuyue_desktop.cli.files import measure_attachments, read_file
from yuyue_desktop.cli.findings import as_finding
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Surroundings
from yuyue_desktop.services.application_file import ApplicationFile, judge_application_file, read_application_file
from yuyue_desktop.services.filing import known_surroundings

NOT_HERE = {Code.TRADER_NOT_CHECKED}
"""What the rules say only because nobody was asked, which is what the caller wanted."""

Judge = Callable[[ApplicationFile, Sequence[PdfReport]], Sequence[Problem]]


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "check", run, "检查申请文件：每个文件一行，列出问题")
    parser.add_argument("--offline", action="store_true", help="只用本机的规则和代码表，不打开数据，不联网")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="申请文件（JSON）")
    take_desk(parser)


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Check every file; one that can't be read or is no JSON object is answered with its code."""
    bad = findings = 0
    with _judge(options, supplies, streams) as judge:
        for file in options.files:
            try:
                found = find_problems(file, supplies, judge)
            except YuyueError as error:
                bad += 1
                streams.refuse({"file": str(file)}, str(file), error)
            else:
                findings += len(found)
                streams.answer({"file": str(file), "findings": [as_finding(problem) for problem in found]})
    return exit_of(len(options.files), bad, findings)


def find_problems(path: Path, supplies: Supplies, judge: Judge) -> list[Problem]:
    """Everything wrong with one file and its attachments, whose paths are relative to it.

    Raises:
        YuyueError: FILE_UNREADABLE, INPUT_NOT_JSON.
    """
    file = read_application_file(read_file(path, supplies), ApplicationId(""))
    measured = measure_attachments([path.parent / name for name in file.attachments], supplies)
    return [*judge(file, measured.reports), *measured.unreadable]


@contextmanager
def _judge(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Iterator[Judge]:
    """By the rules alone, by what this machine knows, or for who signs in by what the gateway tells."""
    if options.offline or _is_nothing_known(options, supplies):
        if not options.offline:
            streams.say("这台机器还没有配置：只按本机的规则和代码表检查，没有核对企业和口岸工作时间")
        yield _by_rules(supplies)
        return
    with supplies.open_desk(opening_of(options, streams)) as desk:
        if has_credentials(options):
            yield sign_in(options, desk, streams).workplace.filing.judge
            return
        tables = supplies.code_tables()
        yield lambda file, reports: judge_application_file(
            file, known_surroundings(file.application, desk.reader, desk.clock.now(), tables), reports
        )


def _is_nothing_known(options: argparse.Namespace, supplies: Supplies) -> bool:
    """Whether there is no profile and the call names none: the rules hold all the same."""
    return options.profile is None and not has_credentials(options) and not supplies.has_default()


def _by_rules(supplies: Supplies) -> Judge:
    tables = supplies.code_tables()
    around = Surroundings(supplies.now(), ports=tables.ports, transport_modes=tables.transport_modes)

    def judge(file: ApplicationFile, reports: Sequence[PdfReport]) -> list[Problem]:
        problems = judge_application_file(file, around, reports)
        return [problem for problem in problems if problem.code not in NOT_HERE]

    return judge
