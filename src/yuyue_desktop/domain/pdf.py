"""What a PDF check found (S19); knows no PDF library."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.rules import Problem


@dataclass(frozen=True, slots=True)
class PdfReport:
    """`attachment` is the file as measured, without pages where they could not be; `problems` all that breaks S19."""

    attachment: Attachment
    problems: tuple[Problem, ...] = ()
