"""The command line (B11): JSON in, JSON out, exit codes; holds no rule and reaches the outside by what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from yuyue_desktop.cli import (
    cancel,
    check,
    deadline,
    declare,
    doctor,
    explain,
    feedback,
    lookup,
    pdf,
    practice,
    query,
    receipts,
    save,
    show,
)
from yuyue_desktop.cli.arguments import PROFILE_HELP, ChineseParser
from yuyue_desktop.cli.exit import Exit, exit_of_error
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import YuyueError

COMMANDS = (
    deadline,
    check,
    pdf,
    save,
    declare,
    cancel,
    feedback,
    explain,
    show,
    query,
    receipts,
    lookup,
    doctor,
    practice,
)


def main(arguments: Sequence[str] | None, supplies: Supplies, streams: Streams) -> int:
    """Run one command and return its exit code.

    Raises:
        SystemExit: with 0 after showing help, with 2 for a call that can't be used.
    """
    parser = ChineseParser(prog="yuyue", description="预约通关命令行：JSON 进，JSON 出；给人看的话写到标准错误。")
    parser.add_argument("--profile", metavar="配置名", help=PROFILE_HELP)
    commands = parser.add_subparsers(required=True, metavar="命令", title="命令")
    for command in COMMANDS:
        command.add_to(commands)
    options = parser.parse_args(arguments)
    run: Callable[..., Exit] = options.run
    try:
        return run(options, supplies, streams)
    except YuyueError as error:
        # What concerns no single item but the whole call.
        tries_left = error.params.get("tries_left")
        streams.refuse({} if tries_left is None else {"tries_left": tries_left}, "yuyue", error)
        return exit_of_error(error)
