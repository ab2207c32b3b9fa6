"""Judges a draft that a company wants to save (S5, S21), and keeps it; knows no seal and no HTTP."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Application
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.errors import Blame, Code, YuyueError, user_error
from yuyue_practice import law
from yuyue_practice.models import ApplicationRow
from yuyue_practice.records import applications
from yuyue_practice.registry.accounts import Person
from yuyue_practice.registry.companies import company


def save_draft(
    session: Session, application: Application, revision: int, person: Person, now: datetime
) -> ApplicationRow:
    """Keep a revision of a draft of the person's company.

    Raises:
        YuyueError: COMPANY_MISMATCH, it is declared for another company; COMPANY_DISHONEST, a new one (S5); what is
            ill-formed in it; and as applications.save_draft.
    """
    if application.declarant != person.customs_code:
        raise user_error(Code.COMPANY_MISMATCH)
    is_new = session.get(ApplicationRow, application.id) is None
    if is_new and company(session, person.customs_code, now.date()).grade is Grade.DISHONEST:
        raise user_error(Code.COMPANY_DISHONEST)
    _check(session, application, revision, now)
    return applications.save_draft(session, application, revision, person.user, now)


def _check(session: Session, application: Application, revision: int, now: datetime) -> None:
    if not (_is_uuid(application.id) and 1 <= revision < 2**31):
        raise user_error(Code.CALL_UNUSABLE, reason="申请的标识或版本号不对")
    problems = law.draft_problems(session, application, now.replace(second=0, microsecond=0))
    if problems:
        raise YuyueError(problems[0].code, problems[0].params, Blame.USER)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
