"""Customs' register of declarations, and what of one differs from an application that names it (S30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Application
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.numbers import DECLARATION_NUMBER_LENGTH, parse_declaration_number
from yuyue_practice.models import DeclarationRow
from yuyue_practice.serials import next_serial

UNKNOWN = "海关没有这票报关单"


def differences(session: Session, number: str, application: Application, declared_at: datetime) -> tuple[str, ...]:
    """What differs between a declaration and an application declared at `declared_at`; empty where nothing does."""
    row = session.get(DeclarationRow, number)
    return tuple(_differences(row, application, declared_at)) if row else (UNKNOWN,)


def _differences(row: DeclarationRow, application: Application, declared_at: datetime) -> Iterator[str]:
    if not (application.is_import if row.is_import else application.is_export):
        yield "进出口标志"
    for name, title in _SAME:
        if getattr(row, name) != getattr(application, name):
            yield title
    # S30: where only the date is known, the same day passes.
    is_later = row.declared_at > declared_at if row.has_time else row.declared_at.date() >= declared_at.date()
    if not is_later:
        yield "申报日期不晚于预约提交日期"


_SAME = (
    ("trader", "收发货人"),
    ("declarant", "申报单位"),
    ("declaration_port", "申报口岸"),
    ("entry_exit_port", "进出口岸"),
)


def add_declaration(session: Session, declaration: DeclarationRow) -> None:
    """Put a declaration on the register.

    Raises:
        YuyueError: DECLARATION_NUMBER_LENGTH, DECLARATION_NUMBER_DIGITS; CALL_UNUSABLE, the number is taken.
    """
    number = declaration.number
    if len(number) != DECLARATION_NUMBER_LENGTH:
        raise user_error(Code.DECLARATION_NUMBER_LENGTH, count=len(number))
    try:
        parse_declaration_number(number)
    except ValueError as error:
        raise user_error(Code.DECLARATION_NUMBER_DIGITS) from error
    if session.get(DeclarationRow, number) is not None:
        raise user_error(Code.CALL_UNUSABLE, reason=f"报关单 {number} 已经有了")
    session.add(declaration)


def fitting_declaration(session: Session, application: Application, declared_at: datetime) -> DeclarationRow:
    """A new declaration, put on the register, that fits an application in all that S30 compares."""
    at = declared_at + timedelta(hours=1)
    flag = "1" if application.is_import else "0"
    serial = next_serial(session, "declaration")
    declaration = DeclarationRow(
        number=f"{application.declaration_port}{at.year:04d}{flag}{serial:09d}",
        is_import=application.is_import,
        declarant=application.declarant,
        trader=application.trader,
        declaration_port=application.declaration_port,
        entry_exit_port=application.entry_exit_port,
        declared_at=at,
        has_time=True,
    )
    add_declaration(session, declaration)
    return declaration


def all_declarations(session: Session) -> tuple[DeclarationRow, ...]:
    """Every declaration on the register, newest first."""
    return tuple(session.scalars(select(DeclarationRow).order_by(DeclarationRow.declared_at.desc())))
