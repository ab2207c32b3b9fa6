"""What is said of a PDF against the limits (S19): in rows, dialogs and previews the same; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.rules import attachment_problems, kilobytes
from yuyue_desktop.ui.forms.problem_words import FITTABLE, problem_line


@dataclass(frozen=True, slots=True)
class FileWords:
    """`summary`: pages, size, largest page; `problem`: the first limit that is broken, empty for none."""

    summary: str
    problem: str = ""
    is_fittable: bool = False

    @property
    def detail(self) -> str:
        """The one line that matters most."""
        return self.problem or self.summary


def file_words(attachment: Attachment, limits: AttachmentLimits) -> FileWords:
    """What is said of a file."""
    problems = tuple(attachment_problems(attachment, limits))
    largest = kilobytes(max(attachment.pages, default=0))
    summary = f"{len(attachment.pages)} 页 · 共 {kilobytes(attachment.size)} KB · 最大一页 {largest} KB"
    if not problems:
        return FileWords(summary)
    return FileWords(summary, problem_line(problems[0]).detail, any(problem.code in FITTABLE for problem in problems))
