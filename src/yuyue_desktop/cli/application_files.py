"""Application files on their way to the gateway: what `save` and `declare` do alike, file by file (B11)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yuyue_desktop.cli.desk import AtWork, at_work
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.files import measure_attachments, read_file
from yuyue_desktop.cli.findings import as_finding
from yuyue_desktop.cli.outcomes import End, Outcome, Patience, Tally
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import YuyueError, attempted
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, stops_declaring
from yuyue_desktop.services.application_file import ApplicationFile
from yuyue_desktop.services.drafting import Editing

Judge = Callable[[ApplicationFile, Sequence[PdfReport]], Sequence[Problem]]
Send = Callable[[AtWork, Sequence[Editing], Patience], Iterator[Outcome | YuyueError]]


@dataclass(frozen=True, slots=True)
class Way:
    """What becomes of each file: what stands against it, how many are sent in one go, and how."""

    judge: Callable[[AtWork], Judge]
    at_once: int
    send: Send


def send_files(way: Way, options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer every file in its order; what concerns one alone stops none of the others."""
    tally = Tally()
    with at_work(options, supplies.open_desk, streams) as work:
        patience = Patience(options.wait)
        for begin in range(0, len(options.files), way.at_once):
            paths = options.files[begin : begin + way.at_once]
            for path, outcome in _send_some(way, work, paths, supplies, patience):
                _answer(path, outcome, tally, streams)
    return tally.exit


def _send_some(
    way: Way, work: AtWork, paths: Sequence[Path], supplies: Supplies, patience: Patience
) -> Iterator[tuple[Path, Outcome | YuyueError]]:
    drafts = [(path, attempted(partial(_draft, way, work, path, supplies))) for path in paths]
    sent = way.send(work, [draft for _, draft in drafts if isinstance(draft, Editing)], patience)
    for path, draft in drafts:
        yield path, next(sent) if isinstance(draft, Editing) else draft


def _draft(way: Way, work: AtWork, path: Path, supplies: Supplies) -> Editing | Outcome:
    """The draft that a file becomes, or what stands against it. Raises YuyueError where it can't be used."""
    filing = work.workplace.filing
    file = filing.read(read_file(path, supplies))
    measured = measure_attachments([path.parent / name for name in file.attachments], supplies)
    problems = [*way.judge(work)(file, measured.reports), *measured.unreadable]
    if not stops_declaring(problems):
        return filing.draft(file, measured.files)
    findings = [as_finding(problem) for problem in problems]
    return Outcome(End.FOUND, {"findings": findings}, "；".join(finding["message"] for finding in findings))


def _answer(path: Path, outcome: Outcome | YuyueError, tally: Tally, streams: Streams) -> None:
    if isinstance(outcome, YuyueError):
        tally.count(End.BAD)
        streams.refuse({"file": str(path)}, str(path), outcome)
        return
    tally.count(outcome.end)
    streams.answer({"file": str(path), **outcome.answer})
    if outcome.words:
        streams.say(f"{path}：{outcome.words}")
