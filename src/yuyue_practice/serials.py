"""Running numbers that the office gives; knows nothing of what they number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain import numbers
from yuyue_practice.models import SerialRow


def next_serial(session: Session, name: str) -> int:
    """The next number of a series, from 1; taken for good once the transaction is committed."""
    row = session.get(SerialRow, name)
    if row is None:
        row = SerialRow(name=name, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last


def next_pre_entry_number(session: Session, now: datetime) -> str:
    """The next pre-entry number of the year (N6)."""
    return numbers.pre_entry_number(now.year, next_serial(session, f"pre-entry {now.year}"))


def next_application_number(session: Session, port: str, now: datetime) -> str:
    """The next application number: declaration port, year, serial of ten digits."""
    return f"{port}{now.year:04d}{next_serial(session, f'application {now.year}'):010d}"
