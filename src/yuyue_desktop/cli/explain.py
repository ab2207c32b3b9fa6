"""`yuyue explain`: sends the one explanation that customs takes, with at most one PDF (S31)."""

from __future__ import annotations

import argparse
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import AtWork
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.steps import send_step, take_step
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import ApplicationRecord, Attachment
from yuyue_desktop.domain.limits import EXPLANATION_ATTACHMENTS
from yuyue_desktop.domain.outbox import OutboxItem


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "explain", run, "发送情况说明：只能发送一次")
    take_step(parser)
    parser.add_argument("--text", required=True, metavar="文字", help="1 至 1000 字")
    parser.add_argument("--pdf", type=Path, metavar="文件", help="最多一个 PDF")


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Sign and send the explanation."""

    def explain(work: AtWork, record: ApplicationRecord) -> Future[OutboxItem]:
        attachments: tuple[Attachment, ...] = ()
        if options.pdf is not None:
            attachments = (work.workplace.attaching.add((), options.pdf, EXPLANATION_ATTACHMENTS).result(),)
        return work.workplace.declaring.explain(record, options.text, attachments)

    return send_step(explain, options, supplies, streams)
