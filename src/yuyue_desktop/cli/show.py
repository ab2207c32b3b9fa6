"""`yuyue show`: one application with all that is known of it, its receipts included."""

from __future__ import annotations

import argparse
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import at_work, take_desk
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.records import as_application, as_receipt, as_row
from yuyue_desktop.cli.steps import NUMBER
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "show", run, "看一份申请：内容、状态、回执")
    parser.add_argument("number", metavar="编号", help=NUMBER)
    take_desk(parser)


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer one line."""
    with at_work(options, supplies.open_desk, streams) as work:
        is_up = work.desk.catch_up()
        row = work.workplace.tracking.find(options.number).result()
        streams.answer(
            {
                **as_row(row),
                "feedback": row.record.feedback,
                "is_explained": row.record.is_explained,
                "application": as_application(row.record.application),
                "receipts": [as_receipt(receipt) for receipt in work.workplace.tracking.receipts(row.record.id)],
            }
        )
        return Exit.FINE if is_up else unreached(streams)


def unreached(streams: Streams) -> Exit:
    """What is told where only this machine answered."""
    streams.say("连不上网关：以上是本机所知，可能不是最新")
    return Exit.UNREACHABLE
