"""Decides an authentic submission: what the law says, what becomes of the application (S22, S28-S32)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.life_rules import step_problem
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.domain.submission import Answer, Submission
from yuyue_practice import law, life
from yuyue_practice.law import CheckPdf
from yuyue_practice.models import ApplicationRow
from yuyue_practice.records import applications
from yuyue_practice.records.receipts import give_receipt


class Decision:
    """The answer to one submission, within one transaction, at the moment all of it is there."""

    def __init__(
        self, session: Session, submission: Submission, person: str, now: datetime, check_pdf: CheckPdf
    ) -> None:
        self._session = session
        self._submission = submission
        self._person = person
        self._now = now
        self._minute = now.replace(second=0, microsecond=0)
        self._check_pdf = check_pdf

    def answer(self) -> Answer:
        """Accept the submission, or refuse it at the door with the status unchanged (拒收).

        Raises:
            YuyueError: APPLICATION_UNKNOWN, there is no application of this company that it could be about.
        """
        row, problems = self._declared() if self._submission.step is Step.DECLARE else self._about_declared()
        return self._refuse(row, problems) if problems else self._accept(row)

    def _declared(self) -> tuple[ApplicationRow, Sequence[Problem]]:
        """The application to be declared, and what stands against it; with the content that was signed if nothing does.

        A refusal leaves a draft that was saved here as it was (S22). One that never came is kept: its refusal is a
        receipt of something.
        """
        application = self._submission.application
        if application is None or application.declarant != self._submission.declarant:
            raise user_error(Code.SUBMISSION_MALFORMED)
        try:
            row = applications.draft_to_save(self._session, application, self._submission.revision)
        except YuyueError as error:
            row = self._own_row()
            return row, [Problem("S28", "", error.code, params={**error.params, "step": self._submission.step.value})]
        problems = self._declare_problems(application)
        return row if problems and row is not None else self._save(application), problems

    def _declare_problems(self, application: Application) -> Sequence[Problem]:
        return tuple(law.declare_problems(self._session, self._submission, application, self._minute, self._check_pdf))

    def _save(self, application: Application) -> ApplicationRow:
        revision = self._submission.revision
        return applications.save_draft(self._session, application, revision, self._person, self._now)

    def _about_declared(self) -> tuple[ApplicationRow, Sequence[Problem]]:
        """An application that customs has, and what stands against this step of it."""
        row, step = self._own_row(), self._submission.step
        problem = step_problem(Status(row.status), step, applications.content(row), self._minute)
        return row, [problem] if problem is not None else self._step_problems(row, step)

    def _step_problems(self, row: ApplicationRow, step: Step) -> list[Problem]:
        if step is Step.FEED_BACK:
            return list(law.feedback_problems(self._session, row, self._submission.declaration_numbers))
        if step is Step.EXPLAIN:
            return list(law.explain_problems(self._session, row, self._submission, self._minute, self._check_pdf))
        return []

    def _own_row(self) -> ApplicationRow:
        row = applications.find_application(self._session, self._submission.application_id)
        if row is None or row.declarant != self._submission.declarant:
            raise user_error(Code.APPLICATION_UNKNOWN)
        return row

    def _refuse(self, row: ApplicationRow, problems: Sequence[Problem]) -> Answer:
        findings = tuple(law.finding(problem) for problem in problems)
        text = "；".join(finding.text for finding in findings)
        receipt = give_receipt(self._session, row, ReceiptKind.REFUSAL, at=self._now, text=text, code=problems[0].code)
        return Answer(is_accepted=False, receipt=receipt, findings=findings)

    def _accept(self, row: ApplicationRow) -> Answer:
        if self._submission.step is Step.FEED_BACK:
            row.feedback = json.dumps(self._submission.declaration_numbers)
        if self._submission.step is Step.EXPLAIN:
            row.explanation = self._submission.explanation
        receipt = life.take_step(self._session, row, self._submission.step, self._now)
        return Answer(is_accepted=True, receipt=receipt)
