"""`yuyue list`: 预约通关查询 (S33), a line for each application, newest first."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import at_work, take_desk
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.records import as_row
from yuyue_desktop.cli.show import unreached
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.queries import ApplicationQuery

STATUSES = {name: status for status in Status for name in (status.value, status.word)}


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "list", run, "预约通关查询：每份申请一行，新的在前；不写日期为最近 15 天")
    parser.add_argument("--status", type=_status, metavar="状态", help="如 预约成功 或 approved")
    parser.add_argument(
        "--from", dest="first", type=date.fromisoformat, metavar="日期", help="申请日期起，如 2026-09-20"
    )
    parser.add_argument(
        "--to", dest="last", type=date.fromisoformat, metavar="日期", help="申请日期止，跨度不超过 15 天"
    )
    take_desk(parser)


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Ask the gateway; where it can't be reached this machine answers."""
    with at_work(options, supplies.open_desk, streams) as work:
        tracking = work.workplace.tracking
        query = tracking.preset()
        if options.first is not None or options.last is not None:
            query = ApplicationQuery(applied_from=options.first, applied_to=options.last)
        answer = tracking.query(replace(query, status=options.status)).result()
        for row in answer.rows:
            streams.answer(as_row(row))
        return unreached(streams) if answer.is_offline else Exit.FINE


def _status(text: str) -> Status:
    return STATUSES[text] if text in STATUSES else Status(text)
