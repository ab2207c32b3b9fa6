"""Reads from the office what its officer's desk shows; decides nothing and knows no HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_desktop.domain import deadline
from yuyue_desktop.domain.application import Application, ApplicationRecord, Status, Step
from yuyue_desktop.domain.company import Company, Grade, lower_grade
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.wire import messages
from yuyue_practice import law
from yuyue_practice.models import ApplicationRow, SubmissionRow
from yuyue_practice.office import Office
from yuyue_practice.officer import ON_DESK, OfficerMode, desk
from yuyue_practice.officer_page.card_choice import CardInReach, cards_in_reach
from yuyue_practice.records import applications
from yuyue_practice.records.receipts import receipts_of
from yuyue_practice.registry.companies import company_name, find_company
from yuyue_practice.registry.declarations import all_declarations, differences
from yuyue_practice.registry.ports import port_name

MOST_ANSWERED = 50
"""So many of the applications that no longer wait are listed, the newest."""

PASSED, FAILED = "通过", "不通过"
_SIGNED = {Step.DECLARE: "申报", Step.CANCEL: "取消预约", Step.FEED_BACK: "报关单号反馈", Step.EXPLAIN: "情况说明"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An application in the list; moments China Standard Time."""

    number: str
    company: str
    status: Status
    declared_at: datetime | None
    window_start: datetime | None
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something the gateway did: `result` is a word, `receipt` what was answered where that is it."""

    at: datetime
    what: str
    result: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The application that lies open.

    The ports stand with code and name; `latest` is the latest moment to declare (S25), None where no calendar tells;
    `explanation` is empty where none came; `fitting` are the declaration numbers that feedback would be accepted with.
    """

    record: ApplicationRecord
    declarant: Company | None
    trader: Company | None
    declaration_port: str
    entry_exit_port: str
    latest: datetime | None
    explanation: str
    receipts: tuple[Receipt, ...]
    events: tuple[Event, ...]
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole desk; `case` is None where customs has no application at all."""

    now: datetime
    mode: OfficerMode
    waiting: tuple[Entry, ...]
    answered: tuple[Entry, ...]
    case: Case | None
    cards: tuple[CardInReach, ...]


def read_desk(office: Office, number: str = "") -> Desk:
    """The desk with the application of a pre-entry number open, or the first one where the desk has no such."""
    office.settle()
    with office.database.reading() as session:
        waiting, answered = _waiting(session), _answered(session)
        rows = (*waiting, *answered)
        chosen = next((row for row in rows if row.pre_entry_number == number), rows[0] if rows else None)
        return Desk(
            office.clock.now(),
            office.officer.mode,
            tuple(_entry(session, row) for row in waiting),
            tuple(_entry(session, row) for row in answered),
            _case(session, chosen) if chosen else None,
            cards_in_reach(office, session),
        )


def _waiting(session: Session) -> tuple[ApplicationRow, ...]:
    """What waits, oldest first; a case whose company has explained nothing can wait longest."""
    return tuple(sorted(desk(session), key=lambda row: row.status == Status.FEEDBACK_OVERDUE and not row.explanation))


def _answered(session: Session) -> tuple[ApplicationRow, ...]:
    """What was declared and waits for no officer, newest first; drafts are no business of his."""
    others = ApplicationRow.status.not_in([status.value for status in (Status.DRAFT, *ON_DESK)])
    newest = select(ApplicationRow).where(others).order_by(ApplicationRow.declared_at.desc()).limit(MOST_ANSWERED)
    return tuple(session.scalars(newest))


def _entry(session: Session, row: ApplicationRow) -> Entry:
    return Entry(
        row.pre_entry_number,
        company_name(session, row.declarant),
        Status(row.status),
        row.declared_at,
        row.window_start,
        row.explanation is not None,
    )


def _case(session: Session, row: ApplicationRow) -> Case:
    record = applications.record(session, row)
    application, at = record.application, row.declared_at or row.saved_at
    receipts = receipts_of(session, row.id)
    return Case(
        record,
        find_company(session, application.declarant, at.date()),
        find_company(session, application.trader, at.date()),
        _port(session, application.declaration_port),
        _port(session, application.entry_exit_port),
        _latest(session, application, at),
        row.explanation or "",
        receipts,
        _events(session, row, receipts),
        _fitting(session, record) if record.status is Status.APPROVED else (),
    )


def _port(session: Session, code: str) -> str:
    return f"{code} {port_name(session, code)}".strip()


def _latest(session: Session, application: Application, at: datetime) -> datetime | None:
    """The latest moment to declare as the law of the moment of declaring counts it."""
    around = law.surroundings(session, application, at.replace(second=0, microsecond=0))
    start = application.window_moment()
    if start is None or around.calendar is None or around.declarant is None or around.trader is None:
        return None
    grade = lower_grade(around.declarant.grade, around.trader.grade)
    if grade is Grade.DISHONEST:
        return None
    return deadline.judge(around.calendar, start, application.is_same_port, grade, around.now).latest


def _events(session: Session, row: ApplicationRow, receipts: tuple[Receipt, ...]) -> tuple[Event, ...]:
    """What came, how it was checked and what was answered, in this order where the moment is the same."""
    submissions = select(SubmissionRow).where(SubmissionRow.application_id == row.id)
    events = [event for submission in session.scalars(submissions) for event in _checks(submission)]
    events += [Event(receipt.at, f"发出回执：{receipt.text}", receipt.word, receipt) for receipt in receipts]
    return tuple(sorted(events, key=lambda event: event.at))


def _checks(submission: SubmissionRow) -> Iterator[Event]:
    step = Step(submission.step)
    # Only what a card of the declarant signed is remembered at all.
    yield Event(submission.arrived_at, f"收到{_SIGNED[step]}，验签：证书有效，卡属于申报单位", PASSED)
    if step is Step.DECLARE:
        answer = messages.decode(submission.answer.encode(), messages.AnswerBody)
        what = "检查时段、最迟申报、两家企业资质、随附材料"
        yield Event(submission.arrived_at, what, PASSED if answer.is_accepted else FAILED)


def _fitting(session: Session, record: ApplicationRecord) -> tuple[str, ...]:
    at = record.declared_at or record.saved_at
    numbers = (row.number for row in all_declarations(session))
    return tuple(number for number in numbers if not differences(session, number, record.application, at))
