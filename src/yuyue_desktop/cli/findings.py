"""How a problem of the rules is answered by every command that finds any (B11)."""

from __future__ import annotations

from yuyue_desktop.domain.rules import Problem, Severity
from yuyue_desktop.domain.texts import words
from yuyue_desktop.services.application_file import file_name


def as_finding(problem: Problem) -> dict[str, str]:
    """A problem as the answer names it."""
    return {
        "rule": problem.rule,
        "field": file_name(problem.field),
        "severity": "warning" if problem.severity is Severity.WARNING else "error",
        "message": str(words(problem.code, problem.params)),
    }
