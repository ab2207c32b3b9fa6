"""`yuyue receipts`: customs' answers in the order of their numbers, for systems that follow them (S32)."""

from __future__ import annotations

import argparse
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import at_work, take_desk
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.outcomes import seconds
from yuyue_desktop.cli.records import as_receipt
from yuyue_desktop.cli.show import unreached
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "receipts", run, "回执：每条一行，按编号从小到大")
    parser.add_argument("--after", type=int, metavar="编号", help="只要这个编号（cursor）之后的，不写为全部")
    parser.add_argument("--wait", type=seconds, default=0.0, metavar="秒", help="一条也没有时最多等几秒，不写为不等")
    take_desk(parser)


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Take what the gateway has, wait for the first where there is none, and answer a line each."""
    with at_work(options, supplies.open_desk, streams) as work:
        desk = work.desk
        is_up = desk.catch_up()
        for receipt in desk.waiting.until(lambda: desk.reader.receipts_after(options.after), options.wait):
            streams.answer(as_receipt(receipt))
        return Exit.FINE if is_up else unreached(streams)
