"""Companies as last heard from the gateway; asks for none."""

from __future__ import annotations

from typing import Any

import apsw

from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.store.content import plain


def put(connection: apsw.Connection, company: Company) -> None:
    """Keep a company in place of what was heard of it before."""
    connection.execute(
        "INSERT OR REPLACE INTO companies VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            company.customs_code,
            company.credit_code,
            company.inspection_code,
            company.name,
            company.grade.value,
            company.is_registered,
            company.owes_feedback,
        ),
    )


def find(connection: apsw.Connection, customs_code: str) -> Company | None:
    """A company by customs code, as typed."""
    row = connection.execute("SELECT * FROM companies WHERE customs_code = ?", (plain(customs_code),)).fetchone()
    return None if row is None else _company(row)


def every(connection: apsw.Connection) -> tuple[Company, ...]:
    """All companies, by customs code."""
    return tuple(map(_company, connection.execute("SELECT * FROM companies ORDER BY customs_code")))


def _company(row: tuple[Any, ...]) -> Company:
    code, credit_code, inspection_code, name, grade, is_registered, owes_feedback = row
    return Company(code, credit_code, inspection_code, name, Grade(grade), bool(is_registered), bool(owes_feedback))
