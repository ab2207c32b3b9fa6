"""Application files on their way to the gateway: what `save` and `declare` do alike, file by file (B11)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from yuyue_desktop.cli.desk import AtWork, at_work
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.files import measure_attachments, read_file
from yuyue_desktop.cli.findings import as_finding
from yuyue_desktop.cli.outcomes import End, Outcome, Patience, Tally
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, stops_declaring
from yuyue_desktop.services.application_file import ApplicationFile
from yuyue_desktop.services.drafting import Editing

Judge = Callable[[ApplicationFile, Sequence[PdfReport]], Sequence[Problem]]
Send = Callable[[AtWork, Editing, Patience], Outcome]


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of each file: what stands against it, and how it is sent."""

    judge: Callable[[AtWork], Judge]
    send: Send


def send_files(way: Way, options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer every file; what concerns one alone stops none of the others."""
    tally = Tally()
    with at_work(options, supplies.open_desk, streams) as work:
        patience = Patience(options.wait)
        for path in options.files:
            try:
                outcome = _send_file(way, work, path, supplies, patience)
            except YuyueError as error:
                tally.count(End.BAD)
                streams.refuse({"file": str(path)}, str(path), error)
            else:
                tally.count(outcome.end)
                streams.answer({"file": str(path), **outcome.answer})
                if outcome.words:
                    streams.say(f"{path}：{outcome.words}")
    return tally.exit


def _send_file(way: Way, work: AtWork, path: Path, supplies: Supplies, patience: Patience) -> Outcome:
    filing = work.workplace.filing
    file = filing.read(read_file(path, supplies))
    measured = measure_attachments([path.parent / name for name in file.attachments], supplies)
    problems = [*way.judge(work)(file, measured.reports), *measured.unreadable]
    if stops_declaring(problems):
        findings = [as_finding(problem) for problem in problems]
        return Outcome(End.FOUND, {"findings": findings}, "；".join(finding["message"] for finding in findings))
    return way.send(work, filing.draft(file, measured.files), patience)
