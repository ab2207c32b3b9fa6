"""Customs' register of companies: who they are, their credit level of the day, what they owe (S5, S22, S23)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.company import Company, Grade, grade_of
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.models import ApplicationRow, CompanyRow, CreditLevelRow


def find_company(session: Session, customs_code: str, on: date) -> Company | None:
    """A company as customs knows it on a day, None where the register has no such code."""
    row = session.get(CompanyRow, customs_code)
    if row is None:
        return None
    return Company(
        row.customs_code,
        row.credit_code,
        row.inspection_code,
        row.name,
        _grade(session, customs_code, on),
        row.is_registered,
        _owes_feedback(session, customs_code),
    )


def company(session: Session, customs_code: str, on: date) -> Company:
    """A company as customs knows it on a day.

    Raises:
        YuyueError: COMPANY_UNKNOWN.
    """
    found = find_company(session, customs_code, on)
    if found is None:
        raise user_error(Code.COMPANY_UNKNOWN, customs_code=customs_code)
    return found


def company_name(session: Session, customs_code: str) -> str:
    """The name on the register, empty where there is none."""
    row = session.get(CompanyRow, customs_code)
    return row.name if row else ""


def _grade(session: Session, customs_code: str, on: date) -> Grade:
    query = select(CreditLevelRow.level).where(CreditLevelRow.customs_code == customs_code, CreditLevelRow.since <= on)
    level = session.scalars(query.order_by(CreditLevelRow.since.desc()).limit(1)).one()
    return grade_of(level, on)


def _owes_feedback(session: Session, customs_code: str) -> bool:
    is_party = or_(ApplicationRow.declarant == customs_code, ApplicationRow.trader == customs_code)
    is_open = ApplicationRow.status == Status.FEEDBACK_OVERDUE
    return bool(session.scalar(select(exists().where(is_party, is_open))))


def change_company(
    session: Session, customs_code: str, on: date, level: str | None, is_registered: bool | None
) -> None:
    """Change what customs knows of a company from a day on; None leaves it.

    Raises:
        YuyueError: COMPANY_UNKNOWN; CALL_UNUSABLE, the law of that day has no such level.
    """
    row = session.get(CompanyRow, customs_code)
    if row is None:
        raise user_error(Code.COMPANY_UNKNOWN, customs_code=customs_code)
    if is_registered is not None:
        row.is_registered = is_registered
    if level is not None:
        _change_level(session, customs_code, on, level)


def _change_level(session: Session, customs_code: str, on: date, level: str) -> None:
    try:
        grade_of(level, on)
    except KeyError as error:
        raise user_error(Code.CALL_UNUSABLE, reason=f"{on} 的法规里没有信用等级 {level}") from error
    later = delete(CreditLevelRow).where(CreditLevelRow.customs_code == customs_code, CreditLevelRow.since >= on)
    session.execute(later)
    session.add(CreditLevelRow(customs_code=customs_code, since=on, level=level))
