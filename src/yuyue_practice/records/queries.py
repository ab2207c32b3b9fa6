"""预约通关查询 at the office (S33): which questions are answered, and with what; knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.limits import QUERY_SPAN_DAYS
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_practice.models import ApplicationRow


def find(session: Session, customs_code: str, query: ApplicationQuery) -> tuple[ApplicationRow, ...]:
    """Applications that a company's query finds, newest first.

    Raises:
        YuyueError: CALL_UNUSABLE, S33 does not allow the question.
    """
    check(query)
    order = (ApplicationRow.saved_at.desc(), ApplicationRow.pre_entry_number.desc())
    return tuple(session.scalars(select(ApplicationRow).where(*_conditions(customs_code, query)).order_by(*order)))


def check(query: ApplicationQuery) -> None:
    """Raises YuyueError(CALL_UNUSABLE) where S33 does not allow the question."""
    applied, window = (query.applied_from, query.applied_to), (query.window_from, query.window_to)
    for span in (applied, window):
        _check_span(*span)
    if query.company_class is CompanyClass.TRADER and not query.trader:
        raise _unusable("按收发货人查询时，须填收发货人编码")
    if not (applied[0] or window[0] or query.pre_entry_number):
        raise _unusable("申请时间、预约时间和预录入编号至少填一项")


def _check_span(first: date | None, last: date | None) -> None:
    if (first is None) != (last is None):
        raise _unusable("起始时间和结束时间要一起填")
    if first is None or last is None:
        return
    if not 0 <= (last - first).days < QUERY_SPAN_DAYS:
        raise _unusable(f"时间区间不得超过 {QUERY_SPAN_DAYS} 天，且起始不晚于结束")


def _unusable(reason: str) -> Exception:
    return user_error(Code.CALL_UNUSABLE, reason=reason)


def _conditions(customs_code: str, query: ApplicationQuery) -> Iterator[ColumnElement[bool]]:
    yield ApplicationRow.is_deleted.is_(False)
    is_own = ApplicationRow.declarant == customs_code
    if query.company_class is CompanyClass.TRADER:
        is_shown = (ApplicationRow.trader == customs_code) & (ApplicationRow.status != Status.DRAFT.value)
        yield (ApplicationRow.trader == query.trader) & or_(is_own, is_shown)
    else:
        yield is_own
        if query.trader:
            yield ApplicationRow.trader == query.trader
    if query.status is not None:
        yield ApplicationRow.status == query.status.value
    if query.pre_entry_number:
        yield ApplicationRow.pre_entry_number == query.pre_entry_number
    applied_at = func.coalesce(ApplicationRow.declared_at, ApplicationRow.saved_at)
    yield from _within(applied_at, query.applied_from, query.applied_to)
    yield from _within(ApplicationRow.window_start, query.window_from, query.window_to)


def _within(column: Any, first: date | None, last: date | None) -> Iterator[ColumnElement[bool]]:
    if first is not None and last is not None:
        yield column >= datetime.combine(first, time())
        yield column < datetime.combine(last, time()) + timedelta(days=1)
