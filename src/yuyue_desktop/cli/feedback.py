"""`yuyue feedback`: feeds declaration numbers back, all or none (S30)."""

from __future__ import annotations

import argparse
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.steps import send_step, take_step
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.numbers import narrowed


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "feedback", run, "反馈报关单号：预约成功之后，一次报全")
    take_step(parser)
    parser.add_argument("numbers", nargs="+", metavar="报关单号", help="18 位报关单号")


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Sign and send the numbers."""
    numbers = [narrowed(number) for number in options.numbers]
    return send_step(
        lambda work, record: work.workplace.declaring.feed_back(record, numbers), options, supplies, streams
    )
