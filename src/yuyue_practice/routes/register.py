"""/companies and /ports: customs' public register (S12, S34)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.wire.messages import CalendarBody, CompanyBody, calendar_body, company_body
from yuyue_practice.document import REFUSALS
from yuyue_practice.office import Office
from yuyue_practice.registry import ports
from yuyue_practice.registry.accounts import Person
from yuyue_practice.registry.companies import company
from yuyue_practice.routes.access import SECURITY, SIGNED_IN

LONGEST_SPAN_DAYS = 800


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
        if not 0 <= (last - first).days <= LONGEST_SPAN_DAYS:
            raise user_error(Code.CALL_UNUSABLE, reason=f"起止日期要有先后，且不超过 {LONGEST_SPAN_DAYS} 天")
        with office.database.reading() as session:
            return calendar_body(ports.calendar(session, code, first, last))
