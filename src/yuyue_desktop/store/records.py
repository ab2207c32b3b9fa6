"""Reads applications out of their table (S33); changes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import apsw

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord, Status
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.store.content import decode, optional_moment, plain

# Names of companies come from what was last heard of them, else from the record that the gateway sent.
_SELECT = """
SELECT a.content, a.revision, a.status, a.person, a.saved_at, a.pre_entry_number, a.application_number,
       coalesce(declarants.name, a.declarant_name), coalesce(traders.name, a.trader_name),
       a.declared_at, a.approved_at, a.feedback, a.is_explained
FROM applications AS a
LEFT JOIN companies AS declarants ON declarants.customs_code = a.declarant
LEFT JOIN companies AS traders ON traders.customs_code = a.trader
"""

SAVE_WAITS = """a.status = 'draft' AND a.deleted_at IS NULL AND a.wanted_by = ?1
    AND a.wanted_revision > a.sent_revision
    AND a.id NOT IN (SELECT application_id FROM outbox WHERE is_open)
    AND a.id NOT IN (SELECT value FROM json_each(?2))"""
"""Whether a draft is to be saved at the gateway now for person ?1; ?2 is a JSON list of drafts to pass over."""


def find(connection: apsw.Connection, application_id: ApplicationId) -> ApplicationRecord | None:
    """One application that is not deleted."""
    found = _select(connection, "a.id = ? AND a.deleted_at IS NULL", (application_id,), "a.id")
    return found[0] if found else None


def find_all(connection: apsw.Connection, application_ids: Collection[ApplicationId]) -> tuple[ApplicationRecord, ...]:
    """Those of several applications that are not deleted."""
    condition = "a.id IN (SELECT value FROM json_each(?)) AND a.deleted_at IS NULL"
    return _select(connection, condition, (json.dumps(list(application_ids)),), "a.id")


def drafts(connection: apsw.Connection, company: str) -> tuple[ApplicationRecord, ...]:
    """A company's drafts, newest first."""
    condition = "a.status = ? AND a.declarant = ? AND a.deleted_at IS NULL"
    return _select(connection, condition, (Status.DRAFT.value, company), "a.saved_at DESC, a.id")


def deleted_drafts(connection: apsw.Connection, company: str) -> tuple[ApplicationRecord, ...]:
    """A company's deleted drafts, the last deleted first."""
    return _select(connection, "a.declarant = ? AND a.deleted_at IS NOT NULL", (company,), "a.deleted_at DESC, a.id")


def query(connection: apsw.Connection, company: str, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
    """What a company's query finds (S33), newest first; the application date of a draft is its last save's."""
    parts = list(_conditions(company, query))
    condition = " AND ".join(text for text, _ in parts)
    bindings = tuple(value for _, values in parts for value in values)
    return _select(connection, condition, bindings, "a.applied_at DESC, a.id")


def unsent_draft(
    connection: apsw.Connection, owner: str, passed_over: tuple[ApplicationId, ...]
) -> ApplicationRecord | None:
    """The draft that waits longest to be saved at the gateway for `owner`, none that is locked or passed over."""
    bindings = (plain(owner), json.dumps(passed_over))
    found = _select(connection, SAVE_WAITS, bindings, "a.asked, a.saved_at, a.id LIMIT 1")
    return found[0] if found else None


def _conditions(company: str, query: ApplicationQuery) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "a.deleted_at IS NULL", ()
    if query.company_class is CompanyClass.TRADER:
        yield "a.trader = ? AND (a.declarant = ? OR a.trader = ?)", (query.trader, company, company)
    else:
        yield "a.declarant = ?", (company,)
        if query.trader:
            yield "a.trader = ?", (query.trader,)
    if query.status is not None:
        yield "a.status = ?", (query.status.value,)
    if query.pre_entry_number:
        yield "a.pre_entry_number = ?", (query.pre_entry_number,)
    yield from _within("a.applied_at", query.applied_from, query.applied_to)
    yield from _within("a.window_start", query.window_from, query.window_to)


def _within(column: str, first: date | None, last: date | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if first is not None:
        yield f"{column} >= ?", (first.isoformat(),)
    if last is not None:
        yield f"{column} < ?", ((last + timedelta(days=1)).isoformat(),)


def _select(
    connection: apsw.Connection, condition: str, bindings: tuple[str, ...], order: str
) -> tuple[ApplicationRecord, ...]:
    sql = f"{_SELECT} WHERE {condition} ORDER BY {order}"
    return tuple(_record(row) for row in connection.execute(sql, bindings))


def _record(row: tuple[Any, ...]) -> ApplicationRecord:
    (content, revision, status, person, saved_at, pre_entry_number, application_number) = row[:7]
    (declarant_name, trader_name, declared_at, approved_at, feedback, is_explained) = row[7:]
    return ApplicationRecord(
        decode(content),
        revision,
        Status(status),
        person,
        datetime.fromisoformat(saved_at),
        pre_entry_number,
        application_number,
        declarant_name,
        trader_name,
        optional_moment(declared_at),
        optional_moment(approved_at),
        tuple(json.loads(feedback)),
        bool(is_explained),
    )
