"""The officer: what waits on the desk and what is answered, by hand or by itself (B10); knows no HTTP."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Status, Step
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.receipts import Receipt
from yuyue_practice import life
from yuyue_practice.clock import OfficeClock
from yuyue_practice.database import Database
from yuyue_practice.models import ApplicationRow
from yuyue_practice.routine import Patience

OFFICER_STEPS = (Step.ACCEPT, Step.APPROVE, Step.RETURN, Step.CLOSE_CASE)
"""What an officer may answer."""


class OfficerMode(StrEnum):
    """Whether the officer works by itself or a person plays the part."""

    AUTO = "auto"
    HAND = "hand"


class Officer:
    """Answers applications; `mode` may be changed at any time."""

    def __init__(self, database: Database, clock: OfficeClock, mode: OfficerMode, pause_s: float) -> None:
        self.mode = mode
        self._database = database
        self._clock = clock
        self._patience = Patience(pause_s)

    def answer(self, number: str, step: Step, text: str = "") -> Receipt:
        """Answer an application by its pre-entry number, application number or id.

        Raises:
            YuyueError: APPLICATION_UNKNOWN; STEP_NOT_ALLOWED; CALL_UNUSABLE, a return without a reason.
        """
        if step not in OFFICER_STEPS:
            raise user_error(Code.CALL_UNUSABLE, reason=f"关员不能做 {step.value}")
        if step is Step.RETURN and not text.strip():
            raise user_error(Code.CALL_UNUSABLE, reason="退单要写明原因")
        with self._database.writing() as session:
            life.lapse_overdue(session, self._clock.minute())
            return life.take_step(session, find_by_number(session, number), step, self._clock.now(), text.strip())

    def work(self) -> float | None:
        """Answer what has waited long enough, when by itself; answers in how many seconds the next is due."""
        if self.mode is not OfficerMode.AUTO:
            return None
        with self._database.reading() as session:
            waiting = {f"{row.id} {row.status}": (row.id, _next_step(row)) for row in desk(session)}
        due = {name: (number, step) for name, (number, step) in waiting.items() if step is not None}
        ripe, next_s = self._patience.ripe(list(due))
        for name in ripe:
            self._answer_if_still(*due[name])
        return 0.0 if ripe else next_s

    def _answer_if_still(self, application_id: str, step: Step | None) -> None:
        with self._database.writing() as session:
            row = session.get(ApplicationRow, application_id)
            # Between looking and answering the declarant may have cancelled.
            if row is not None and step is not None and _next_step(row) is step:
                life.take_step(session, row, step, self._clock.now())


def _next_step(row: ApplicationRow) -> Step | None:
    """What the officer does by itself with an application."""
    if row.status == Status.DECLARED:
        return Step.ACCEPT
    if row.status == Status.ACCEPTED:
        return Step.APPROVE
    is_explained = row.status == Status.FEEDBACK_OVERDUE and row.explanation is not None
    return Step.CLOSE_CASE if is_explained else None


def desk(session: Session) -> tuple[ApplicationRow, ...]:
    """What waits for an officer's answer, oldest first."""
    waits = or_(*(ApplicationRow.status == status.value for status in ON_DESK))
    return tuple(session.scalars(select(ApplicationRow).where(waits).order_by(ApplicationRow.declared_at)))


ON_DESK = (Status.DECLARED, Status.ACCEPTED, Status.FEEDBACK_OVERDUE)


def find_by_number(session: Session, number: str) -> ApplicationRow:
    """An application by pre-entry number, application number or id.

    Raises:
        YuyueError: APPLICATION_UNKNOWN.
    """
    columns = (ApplicationRow.pre_entry_number, ApplicationRow.application_number, ApplicationRow.id)
    query = select(ApplicationRow).where(
        or_(*(column == number for column in columns)) & (ApplicationRow.is_deleted.is_(False))
    )
    row = session.scalars(query).one_or_none() if number else None
    if row is None:
        raise user_error(Code.APPLICATION_UNKNOWN)
    return row
