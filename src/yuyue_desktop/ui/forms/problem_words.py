"""A problem of the rules in the words of rail, bubble and field; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.fields import field
from yuyue_desktop.domain.rules import Problem, Severity
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.widgets.field_frame import Condition

FITTABLE = frozenset({Code.ATTACHMENT_PAGE_TOO_LARGE, Code.ATTACHMENT_MEAN_TOO_LARGE, Code.ATTACHMENT_TOO_LARGE})
"""What the PDF fitter can mend (B5)."""

_SIGNS = {Severity.ERROR: ("alert", "red"), Severity.GAP: ("info", "amber"), Severity.WARNING: ("warning", "amber")}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One row of the rail: whose it is, what is so, the act that leads on."""

    title: str
    detail: str
    icon: str
    colour: str
    act: str

    @property
    def sentence(self) -> str:
        """The row as it is read aloud."""
        return f"{self.title}：{self.detail}，{self.act}"


def problem_line(problem: Problem) -> ProblemLine:
    """The rail's row of a problem."""
    icon, colour = _SIGNS[problem.severity]
    said = words(problem.code, problem.params).title
    owner = _owner(problem)
    detail = said.removeprefix(owner).strip()
    return ProblemLine(owner, detail, icon, colour, "跳到")


def bubble_words(problem: Problem) -> tuple[str, str]:
    """What is wrong, and how to make it right, each short enough for the bubble."""
    said = words(problem.code, problem.params)
    head, colon, tail = said.title.partition("：")
    return (head, tail) if colon else (said.title, said.advice)


def message(problem: Problem) -> str:
    """The whole sentence, as the field's description."""
    return str(words(problem.code, problem.params))


def condition(problem: Problem) -> Condition:
    """How a field with this problem looks."""
    return Condition.WARNED if problem.severity is Severity.WARNING else Condition.WRONG


def _owner(problem: Problem) -> str:
    name = problem.params.get("name", "")
    if problem.field == "attachments" and isinstance(name, str) and name:
        return name
    if problem.field == "is_import":
        return "进出口标识"
    return field(problem.field).label
