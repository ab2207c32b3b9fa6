"""Applications as the office keeps them: drafts, content, who may read; knows no step but save and delete."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status, Step
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.life_rules import require_step
from yuyue_desktop.wire import messages
from yuyue_practice.models import ApplicationRow
from yuyue_practice.registry.companies import company_name
from yuyue_practice.serials import next_pre_entry_number


def find_application(session: Session, application_id: str) -> ApplicationRow | None:
    """An application that was not deleted, None where there is none."""
    row = session.get(ApplicationRow, application_id)
    return None if row is None or row.is_deleted else row


def readable_application(session: Session, customs_code: str, application_id: str) -> ApplicationRow:
    """An application that a company may read: what it declares, and what names it as trader once that was declared.

    Raises:
        YuyueError: APPLICATION_UNKNOWN, the same whether it is missing or somebody else's.
    """
    row = find_application(session, application_id)
    if row is None or not can_read(row, customs_code):
        raise user_error(Code.APPLICATION_UNKNOWN)
    return row


def can_read(row: ApplicationRow, customs_code: str) -> bool:
    """Whether a company may read an application; nobody's draft is shown to its trader."""
    return row.declarant == customs_code or (row.trader == customs_code and row.status != Status.DRAFT)


def save_draft(session: Session, application: Application, revision: int, person: str, now: datetime) -> ApplicationRow:
    """Keep a revision of a draft; the first one gives it its pre-entry number (S21). A repeat changes nothing.

    Raises:
        YuyueError: APPLICATION_UNKNOWN, it is another company's; STEP_NOT_ALLOWED, it is no draft or was deleted;
            REVISION_STALE, the office has a newer one, or another of the same revision (B9).
    """
    row = draft_to_save(session, application, revision)
    if row is None:
        return _new_draft(session, application, revision, person, now)
    if revision != row.revision:
        write_content(row, application, revision, person, now)
    return row


def draft_to_save(session: Session, application: Application, revision: int) -> ApplicationRow | None:
    """The draft that a revision may be kept in, None where it would be the first one; changes nothing.

    Raises:
        YuyueError: as save_draft.
    """
    row = session.get(ApplicationRow, application.id)
    if row is None:
        return None
    _check_draft(row, application.declarant, Step.SAVE)
    if revision < row.revision or (revision == row.revision and _encoded(application) != row.content):
        raise user_error(Code.REVISION_STALE)
    return row


def _new_draft(session: Session, application: Application, revision: int, person: str, now: datetime) -> ApplicationRow:
    row = ApplicationRow(
        id=application.id,
        status=Status.DRAFT.value,
        pre_entry_number=next_pre_entry_number(session, now),
        application_number="",
        feedback="[]",
        is_deleted=False,
    )
    write_content(row, application, revision, person, now)
    session.add(row)
    session.flush()
    return row


def write_content(row: ApplicationRow, application: Application, revision: int, person: str, now: datetime) -> None:
    """Put an application's content into its row."""
    row.declarant, row.trader = application.declarant, application.trader[:40]
    row.revision, row.person, row.saved_at = revision, person, now
    row.window_start = application.window_moment()
    row.content = _encoded(application)


def delete_draft(session: Session, application_id: str, customs_code: str) -> None:
    """Delete a draft for good (S28); its id stays spent, so that a late save does not bring it back.

    One that never got here counts as deleted.

    Raises:
        YuyueError: APPLICATION_UNKNOWN, it is another company's; STEP_NOT_ALLOWED, it is no draft.
    """
    row = session.get(ApplicationRow, application_id)
    if row is None or (row.is_deleted and row.declarant == customs_code):
        return
    _check_draft(row, customs_code, Step.DELETE)
    row.is_deleted, row.content = True, _encoded(Application(ApplicationId(row.id), row.declarant))


def _check_draft(row: ApplicationRow, customs_code: str, step: Step) -> None:
    if row.declarant != customs_code:
        raise user_error(Code.APPLICATION_UNKNOWN)
    if row.is_deleted:
        raise user_error(Code.STEP_NOT_ALLOWED, status="已删除", step=step.value)
    require_step(Status(row.status), step)


def content(row: ApplicationRow) -> Application:
    """The application's content."""
    return messages.to_application(messages.decode(row.content.encode(), messages.ApplicationBody))


def _encoded(application: Application) -> str:
    return messages.encode(messages.application_body(application)).decode()


def record(session: Session, row: ApplicationRow) -> ApplicationRecord:
    """The application with all that the office says of it."""
    return ApplicationRecord(
        content(row),
        row.revision,
        Status(row.status),
        row.person,
        row.saved_at,
        row.pre_entry_number,
        row.application_number,
        company_name(session, row.declarant),
        company_name(session, row.trader),
        row.declared_at,
        row.approved_at,
        tuple(json.loads(row.feedback)),
        row.explanation is not None,
    )
