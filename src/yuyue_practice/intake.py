"""Takes a sealed submission: opens it, checks who signed what for whom and when, answers it once for all (B2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.limits import SIGNED_TIME_AHEAD, SIGNED_TIME_BEHIND
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.certificates import holder
from yuyue_desktop.wire.envelope import open_submission
from yuyue_desktop.wire.messages import AnswerBody
from yuyue_desktop.wire.sealing import unseal
from yuyue_practice import decisions, life
from yuyue_practice.clock import OfficeClock
from yuyue_practice.database import Database
from yuyue_practice.law import CheckPdf
from yuyue_practice.models import SubmissionRow
from yuyue_practice.records import attachments
from yuyue_practice.registry.accounts import Person, card_company, person_by_card


@dataclass(frozen=True, slots=True)
class Trust:
    """What the office opens and believes: its sealing keys (DER PKCS#8 by key id) and the card authorities (DER)."""

    private_keys: Mapping[str, bytes]
    card_authorities: Sequence[bytes]


class Intake:
    """The gateway's door for submissions. They need no session: the signature says who sends them.

    What can't be attributed to a card, or is not for here and now, raises and is not remembered: otherwise anybody
    could use up an id with a forgery. What breaks a rule is answered with a refusal that is.
    """

    def __init__(self, database: Database, clock: OfficeClock, trust: Trust, address: str, check_pdf: CheckPdf) -> None:
        self._database = database
        self._clock = clock
        self._trust = trust
        self._address = address
        self._check_pdf = check_pdf

    def unseal(self, sealed: bytes) -> bytes:
        """The content of a sealed body. Raises YuyueError(SEAL_BROKEN)."""
        try:
            return unseal(sealed.decode("ascii"), self._trust.private_keys)
        except UnicodeDecodeError as error:
            raise user_error(Code.SEAL_BROKEN) from error

    def take(self, submission_id: str, sealed: bytes) -> AnswerBody:
        """Answer a submission; the same one again gets the first answer again.

        Raises:
            YuyueError: SEAL_BROKEN, SUBMISSION_MALFORMED, CERTIFICATE_INVALID, SIGNATURE_INVALID, CARD_UNKNOWN,
                COMPANY_MISMATCH, WRONG_GATEWAY, SUBMISSION_STALE, SUBMISSION_ID_REUSED, ATTACHMENTS_MISSING,
                DIGEST_MISMATCH, APPLICATION_UNKNOWN.
        """
        jws = self.unseal(sealed)
        now = self._clock.now()
        with self._database.writing() as session:
            kept = session.get(SubmissionRow, submission_id)
            if kept is not None:
                return _first_answer(kept, jws)
            submission, person = self._open(session, submission_id, jws, now)
            _check_attachments(session, submission)
            answer = self._answer(session, submission, person, now)
            session.add(_row(submission, jws, now, answer))
            return answer

    def answer(self, submission_id: str) -> AnswerBody | None:
        """The answer a submission had, None where it never arrived."""
        with self._database.reading() as session:
            kept = session.get(SubmissionRow, submission_id)
            return messages.decode(kept.answer.encode(), AnswerBody) if kept else None

    def _open(self, session: Session, submission_id: str, jws: bytes, now: datetime) -> tuple[Submission, Person]:
        try:
            text = jws.decode("ascii")
        except UnicodeDecodeError as error:
            raise user_error(Code.SUBMISSION_MALFORMED) from error
        submission, certificate = open_submission(text, self._trust.card_authorities, now)
        if submission.id != submission_id:
            raise user_error(Code.SUBMISSION_MALFORMED)
        if submission.gateway != self._address:
            raise user_error(Code.WRONG_GATEWAY)
        if not now - SIGNED_TIME_BEHIND <= submission.signed_at <= now + SIGNED_TIME_AHEAD:
            raise user_error(Code.SUBMISSION_STALE)
        number = holder(certificate).card_number
        if card_company(session, number) != submission.declarant:
            raise user_error(Code.COMPANY_MISMATCH)
        return submission, person_by_card(session, number)

    def _answer(self, session: Session, submission: Submission, person: Person, now: datetime) -> AnswerBody:
        life.lapse_overdue(session, self._clock.minute())
        decision = decisions.Decision(session, submission, person.user, now, self._check_pdf)
        return messages.answer_body(decision.answer())


def _first_answer(kept: SubmissionRow, jws: bytes) -> AnswerBody:
    if kept.jws_digest != hashlib.sha256(jws).hexdigest():
        raise user_error(Code.SUBMISSION_ID_REUSED)
    return messages.decode(kept.answer.encode(), AnswerBody)


def _check_attachments(session: Session, submission: Submission) -> None:
    missing = attachments.missing(session, submission.attachments)
    if missing:
        raise user_error(Code.ATTACHMENTS_MISSING, count=len(missing), sha256=missing[0].sha256)
    for attachment in submission.attachments:
        if attachments.size(session, attachment.sha256) != attachment.size:
            raise user_error(Code.DIGEST_MISMATCH, name=attachment.name)


def _row(submission: Submission, jws: bytes, now: datetime, answer: AnswerBody) -> SubmissionRow:
    return SubmissionRow(
        id=submission.id,
        application_id=submission.application_id,
        step=submission.step.value,
        jws_digest=hashlib.sha256(jws).hexdigest(),
        jws=jws.decode("ascii"),
        arrived_at=now,
        answer=messages.encode(answer).decode(),
    )
