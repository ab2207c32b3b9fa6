"""/companies and /ports: customs' public register (S12, S34)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.limits import CALENDAR_SPAN_DAYS, QUERY_SPAN_DAYS
from yuyue_desktop.wire.messages import (
    CalendarBody,
    CalendarsBody,
    CompanyBody,
    calendar_body,
    calendars_body,
    company_body,
)
from yuyue_practice.document import REFUSALS
from yuyue_practice.office import Office
from yuyue_practice.registry import ports
from yuyue_practice.registry.accounts import Person
from yuyue_practice.registry.companies import company
from yuyue_practice.routes.access import SECURITY, SIGNED_IN


class RegisterController(Controller):
    """Companies and ports."""

    tags = ("register",)
    security = SECURITY
    dependencies = SIGNED_IN

    @get("/companies/{customs_code:str}", sync_to_thread=True, responses=REFUSALS)
    def company(
        self,
        office: NamedDependency[Office],
        person: NamedDependency[Person],  # noqa: ARG002 - Litestar judges the token only where this is asked for
        customs_code: FromPath[str],
    ) -> CompanyBody:
        """A company as customs knows it today."""
        office.settle()
        with office.database.reading() as session:
            return company_body(company(session, customs_code, office.clock.now().date()))

    @get("/ports/{code:str}/calendar", sync_to_thread=True, responses=REFUSALS)
    def calendar(
        self,
        office: NamedDependency[Office],
        person: NamedDependency[Person],  # noqa: ARG002 - as above
        code: FromPath[str],
        first: Annotated[date, QueryParameter(name="from")],
        last: Annotated[date, QueryParameter(name="to")],
    ) -> CalendarBody:
        """What of a span of days a port has published; nothing of a port that has no calendar."""
        _check_span(first, last, CALENDAR_SPAN_DAYS)
        with office.database.reading() as session:
            return calendar_body(ports.calendar(session, code, first, last))

    @get("/calendars", sync_to_thread=True, responses=REFUSALS)
    def calendars(
        self,
        office: NamedDependency[Office],
        person: NamedDependency[Person],  # noqa: ARG002 - as above
        first: Annotated[date, QueryParameter(name="from")],
        last: Annotated[date, QueryParameter(name="to")],
    ) -> CalendarsBody:
        """What of a span of days every port has published; of all ports together only as long a span as S34 has."""
        _check_span(first, last, QUERY_SPAN_DAYS - 1)
        with office.database.reading() as session:
            return calendars_body(ports.calendars(session, first, last))


def _check_span(first: date, last: date, longest_days: int) -> None:
    if not 0 <= (last - first).days <= longest_days:
        raise user_error(Code.CALL_UNUSABLE, reason=f"起止日期要有先后，且相差不超过 {longest_days} 天")
