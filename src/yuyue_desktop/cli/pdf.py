"""`yuyue pdf check`: measures PDF files and says what of them breaks the limits (S19); opens neither store nor card."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.arguments import add_command, add_group
from yuyue_desktop.cli.exit import Exit, exit_of
from yuyue_desktop.cli.files import measure_pdf
from yuyue_desktop.cli.findings import as_finding
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import YuyueError


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    group = add_group(commands, "pdf", "随附补充材料（PDF）")
    parser = add_command(group, "check", run, "检查 PDF 文件：每个文件一行，列出大小和问题")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="PDF 文件")


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Measure every file; one that can't be read is answered with its code."""
    bad = findings = 0
    for file in options.files:
        try:
            report = measure_pdf(file, supplies).report
        except YuyueError as error:
            bad += 1
            streams.refuse({"file": str(file)}, str(file), error)
            continue
        findings += len(report.problems)
        streams.answer(
            {
                "file": str(file),
                "bytes": report.attachment.size,
                "pages": report.attachment.pages,
                "findings": [as_finding(problem) for problem in report.problems],
            }
        )
    return exit_of(len(options.files), bad, findings)
