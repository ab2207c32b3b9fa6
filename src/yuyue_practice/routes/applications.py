"""/applications: drafts saved and deleted, applications read and queried (S21, S28, S33)."""

from __future__ import annotations

from datetime import date

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, RawBody

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import DraftBody, RecordBody, Records
from yuyue_practice.document import REFUSALS, SealedOperation
from yuyue_practice.drafts import save_draft
from yuyue_practice.office import Office
from yuyue_practice.records import applications, queries
from yuyue_practice.registry.accounts import Person
from yuyue_practice.routes.access import ACTING, SECURITY

Day = date | None


class ApplicationController(Controller):
    """Applications of the caller's company."""

    path = "/applications"
    tags = ("applications",)
    security = SECURITY
    dependencies = ACTING

    @put("/{application_id:str}/draft", sync_to_thread=True, operation_class=SealedOperation, responses=REFUSALS)
    def save(
        self,
        office: NamedDependency[Office],
        person: NamedDependency[Person],
        application_id: FromPath[str],
        body: RawBody,
    ) -> RecordBody:
        """Keep a revision of a draft; the first one gives it its pre-entry number."""
        draft = messages.decode(office.intake.unseal(body), DraftBody)
        if draft.application.id != application_id:
            raise user_error(Code.CALL_UNUSABLE, reason="地址与内容里的申请不是同一份")
        with office.database.writing() as session:
            row = save_draft(
                session, messages.to_application(draft.application), draft.revision, person, office.clock.now()
            )
            return messages.record_body(applications.record(session, row))

    @delete("/{application_id:str}/draft", sync_to_thread=True, responses=REFUSALS)
    def remove(
        self, office: NamedDependency[Office], person: NamedDependency[Person], application_id: FromPath[str]
    ) -> None:
        """Delete a draft for good; one that never got here counts as deleted."""
        with office.database.writing() as session:
            applications.delete_draft(session, application_id, person.customs_code)

    @get("/{application_id:str}", sync_to_thread=True, responses=REFUSALS)
    def read(
        self, office: NamedDependency[Office], person: NamedDependency[Person], application_id: FromPath[str]
    ) -> RecordBody:
        """One application."""
        office.settle()
        with office.database.reading() as session:
            row = applications.readable_application(session, person.customs_code, application_id)
            return messages.record_body(applications.record(session, row))

    @get("/", sync_to_thread=True, responses=REFUSALS)
    def query(
        self,
        *,
        office: NamedDependency[Office],
        person: NamedDependency[Person],
        company_class: FromQuery[CompanyClass] = CompanyClass.DECLARANT,
        trader: FromQuery[str] = "",
        status: FromQuery[Status | None] = None,
        applied_from: FromQuery[Day] = None,
        applied_to: FromQuery[Day] = None,
        window_from: FromQuery[Day] = None,
        window_to: FromQuery[Day] = None,
        pre_entry_number: FromQuery[str] = "",
    ) -> Records:
        """Answer of 预约通关查询, newest first; at least a span of at most 15 days or a number."""
        office.settle()
        asked = ApplicationQuery(
            company_class, trader, status, applied_from, applied_to, window_from, window_to, pre_entry_number
        )
        with office.database.reading() as session:
            rows = queries.find(session, person.customs_code, asked)
            return Records([messages.record_body(applications.record(session, row)) for row in rows])
