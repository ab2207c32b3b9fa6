"""Files that a call names: read and measured; a file that can't be read is told by its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.services.filing import MeasuredFile
from yuyue_desktop.services.picked_files import read_picked


@dataclass(frozen=True, slots=True)
class Measured:
    """Attachments that could be read, and a problem for each that could not."""

    files: tuple[MeasuredFile, ...]
    unreadable: tuple[Problem, ...]

    @property
    def reports(self) -> list[PdfReport]:
        """What was measured."""
        return [file.report for file in self.files]


def read_file(path: Path, supplies: Supplies) -> bytes:
    """A file's bytes. Raises YuyueError(FILE_*, ATTACHMENT_TOO_LARGE)."""
    return read_picked(path, attachment_limits(supplies.now().date()))


def measure_pdf(path: Path, supplies: Supplies) -> MeasuredFile:
    """Read and measure a PDF. Raises YuyueError(FILE_*, ATTACHMENT_TOO_LARGE, PDF_PROCESS_MISSING)."""
    content = read_file(path, supplies)
    return MeasuredFile(supplies.check_pdf(path.name, content), content)


def measure_attachments(paths: Sequence[Path], supplies: Supplies) -> Measured:
    """Read and measure the attachments that an application file names."""
    files: list[MeasuredFile] = []
    unreadable: list[Problem] = []
    for path in paths:
        try:
            files.append(measure_pdf(path, supplies))
        except YuyueError as error:
            unreadable.append(Problem("S19", "attachments", error.code, params=dict(error.params)))
    return Measured(tuple(files), tuple(unreadable))
