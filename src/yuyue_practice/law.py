"""Every rule of the form once more, as law (S12-S31): what the office finds wrong; changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain import deadline, limits, rules
from yuyue_desktop.domain.application import Application, Attachment
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.feedback_rules import list_problems
from yuyue_desktop.domain.life_rules import explanation_problems
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Severity, Surroundings
from yuyue_desktop.domain.submission import Finding, Submission
from yuyue_desktop.domain.texts import words
from yuyue_practice.models import ApplicationRow
from yuyue_practice.records import applications, attachments
from yuyue_practice.registry import ports
from yuyue_practice.registry.companies import find_company
from yuyue_practice.registry.declarations import differences

CheckPdf = Callable[[str, bytes, AttachmentLimits], PdfReport]
"""Measures a file of a name and finds what breaks the limits in force (S19)."""


def finding(problem: Problem) -> Finding:
    """A problem in the words the clerk reads."""
    return Finding(problem.code.value, problem.field, str(words(problem.code, problem.params)))


def surroundings(session: Session, application: Application, now: datetime) -> Surroundings:
    """What the office knows around an application; `now` to the minute."""
    trader = find_company(session, application.trader, now.date())
    start = application.window_moment()
    return Surroundings(
        now=now,
        declarant=find_company(session, application.declarant, now.date()),
        trader=trader,
        is_trader_unknown=trader is None,
        ports=ports.port_codes(session),
        calendar=_calendar(session, application.declaration_port, start) if start else None,
        is_calendar_answered=start is not None,
    )


def _calendar(session: Session, port: str, start: datetime) -> WorkingCalendar | None:
    """As much of a port's calendar as judging a window that begins at `start` takes."""
    first, last = start - deadline.LOOK_BACK, start + deadline.WINDOW_LENGTH
    return ports.calendar(session, port, first.date(), last.date())


def draft_problems(session: Session, application: Application, now: datetime) -> tuple[Problem, ...]:
    """What not even a draft may be (S21)."""
    return rules.ill_formed(application, surroundings(session, application, now))


def declare_problems(
    session: Session, submission: Submission, application: Application, now: datetime, check_pdf: CheckPdf
) -> Iterator[Problem]:
    """What stands against declaring (S12-S26)."""
    reports = _measure(session, submission.attachments, now, check_pdf)
    # The office's own measurement counts, not what the declarant says of its files.
    measured = replace(application, attachments=tuple(report.attachment for report in reports))
    found = rules.check(measured, surroundings(session, application, now))
    yield from (problem for problem in found if problem.severity is not Severity.WARNING)
    yield from (problem for report in reports for problem in report.problems if problem not in found)


def feedback_problems(session: Session, row: ApplicationRow, numbers_given: tuple[str, ...]) -> tuple[Problem, ...]:
    """What stands against the declaration numbers: their structure, else what customs' register says (S30)."""
    application = applications.content(row)
    return tuple(list_problems(application, numbers_given)) or tuple(
        _register_problems(session, row, application, numbers_given)
    )


def _register_problems(
    session: Session, row: ApplicationRow, application: Application, given: tuple[str, ...]
) -> Iterator[Problem]:
    for number in given:
        differing = differences(session, number, application, row.declared_at or row.saved_at)
        if differing:
            params: dict[str, str | int] = {"number": number, "differences": "、".join(differing)}
            yield Problem("S30", "feedback", Code.DECLARATION_MISMATCH, params=params)


def explain_problems(
    session: Session, row: ApplicationRow, submission: Submission, now: datetime, check_pdf: CheckPdf
) -> Iterator[Problem]:
    """What stands against an explanation (S31)."""
    is_explained, files = row.explanation is not None, len(submission.attachments)
    yield from explanation_problems(submission.explanation, files, is_explained=is_explained)
    for report in _measure(session, submission.attachments, now, check_pdf):
        yield from report.problems


def _measure(
    session: Session, files: tuple[Attachment, ...], now: datetime, check_pdf: CheckPdf
) -> tuple[PdfReport, ...]:
    in_force = limits.attachment_limits(now.date())
    return tuple(check_pdf(file.name, attachments.content(session, file.sha256), in_force) for file in files)
