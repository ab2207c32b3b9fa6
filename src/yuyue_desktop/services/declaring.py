"""Signing a step of an application and putting it into the outbox (S3, S22, S29-S31); sends nothing itself.

Each act is one durable outbox row with finished bytes before the network is touched; the sync thread sends it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from yuyue_desktop.domain import deadline
from yuyue_desktop.domain.application import Application, ApplicationRecord, Attachment, Step
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, attempted, user_error
from yuyue_desktop.domain.feedback_rules import list_problems
from yuyue_desktop.domain.life_rules import explanation_problems, step_problem
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports import Clock, Codec, StoreWriter
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.services.drafting import Editing


@dataclass(frozen=True, slots=True)
class Act:
    """One step to be signed, with what belongs to it; `latest` is the last moment it can be in time."""

    step: Step
    latest: datetime | None = None
    declaration_numbers: tuple[str, ...] = ()
    explanation: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A draft as it was judged, and the save of it that was under way then."""

    record: ApplicationRecord
    saving: Future[ApplicationRecord] | None
    act: Act

    def kept(self) -> ApplicationRecord:
        """The draft as it is kept. Raises REVISION_STALE where it was typed on since: signed is what was judged."""
        record = self.saving.result() if self.saving else self.record
        if record.application != self.record.application:
            raise user_error(Code.REVISION_STALE)
        return record


@dataclass(frozen=True, slots=True)
class _Signing:
    """What is to be signed, and the last moment at which the gateway can take it."""

    submission: Submission
    latest: datetime | None


class Declaring:
    """Signs and enqueues for one signed-in person; every call answers a Future of the outbox item.

    Futures fail with YuyueError: what the rules say, CARD_NOT_LOGGED_IN (ask for the PIN, call again), CARD_MISMATCH,
    CARD_CHANGED, CARD_SIGNATURE_WRONG, REVISION_STALE, LOCKED_BY_OUTBOX. What can be said before the card is asked is
    raised by the call itself.
    """

    def __init__(
        self,
        *,
        session: Session,
        card: CardSession,
        codec: Codec,
        gateway_address: str,
        writer: StoreWriter,
        clock: Clock,
        workers: Executor,
        wake_sync: Callable[[], None],
    ) -> None:
        self._session = session
        self._card = card
        self._codec = codec
        self._gateway_address = gateway_address
        self._writer = writer
        self._clock = clock
        self._workers = workers
        self._wake_sync = wake_sync

    def look_at_card(self) -> Future[CardOnShow]:
        """The card that is to sign, before its PIN is asked for. Fails as CardSession.look for the session's card."""
        return self._card.look(self._session.bound_card)

    def unlock(self, pin: str, shown: CardOnShow | None = None) -> Future[object]:
        """Log in to the card for signing. Fails as CardSession.unlock."""
        return self._workers.submit(self._card.unlock, pin, shown)

    def declare(self, editing: Editing) -> Future[OutboxItem]:
        """Declare a draft (S22). Raises YuyueError with the first thing that stops it.

        A trader that was not heard of yet does not: then the gateway alone judges the time (S12, S25).
        """
        judged = self._judged(editing)
        return self._workers.submit(lambda: self._enqueue(judged.kept(), judged.act))

    def declare_all(self, editings: Sequence[Editing]) -> Future[list[OutboxItem | YuyueError]]:
        """Declare several drafts, signed in one go (B11): for each its item, or what `declare` would have told.

        Ends at the first that the card fails to sign, and after the first where it wants its PIN for each signature:
        those behind it have no answer, and nothing was done with them.
        """
        some = editings[:1] if self._card.asks_each_time else editings
        return self._workers.submit(self._declare_all, [attempted(partial(self._judged, one)) for one in some])

    def cancel(self, record: ApplicationRecord) -> Future[OutboxItem]:
        """Cancel an appointment before its window begins (S29)."""
        self._require_step(record, Step.CANCEL)
        act = Act(Step.CANCEL, record.application.window_moment())
        return self._workers.submit(self._enqueue, record, act)

    def feed_back(self, record: ApplicationRecord, numbers: Sequence[str]) -> Future[OutboxItem]:
        """Feed declaration numbers back (S30)."""
        self._require_step(record, Step.FEED_BACK)
        check_numbers(record.application, numbers)
        start = record.application.window_moment()
        due = deadline.feedback_due(start) if start else None
        return self._workers.submit(self._enqueue, record, Act(Step.FEED_BACK, due, tuple(numbers)))

    def explain(
        self, record: ApplicationRecord, text: str, attachments: tuple[Attachment, ...] = ()
    ) -> Future[OutboxItem]:
        """Send the one explanation, with at most one PDF (S31)."""
        self._require_step(record, Step.EXPLAIN)
        _raise_first(explanation_problems(text, len(attachments), is_explained=record.is_explained))
        act = Act(Step.EXPLAIN, explanation=text, attachments=attachments)
        return self._workers.submit(self._enqueue, record, act)

    def withdraw(self, item_id: ItemId) -> Future[None]:
        """撤回: the application's fields open again. Fails with STEP_NOT_ALLOWED once an attempt was begun."""
        return self._writer.withdraw(item_id)

    def retry(self) -> None:
        """立即重试: what waits is tried at once."""
        self._wake_sync()

    def _require_step(self, record: ApplicationRecord, step: Step) -> None:
        if not self._session.can_act:
            raise user_error(Code.CARD_NOT_BOUND)
        problem = step_problem(record.status, step, record.application, self._clock.now())
        _raise_first([problem] if problem else ())

    def _judged(self, editing: Editing) -> _Judged:
        state = editing.state()
        self._require_step(state.record, Step.DECLARE)
        _raise_first(state.obstacles)
        if not state.is_calendar_known:
            raise YuyueError(Code.CALENDAR_NOT_HEARD, {"port": state.application.declaration_port})
        latest = state.judgement.latest if state.judgement else None
        act = Act(Step.DECLARE, latest, attachments=state.application.attachments)
        return _Judged(state.record, editing.flush(), act)

    def _declare_all(self, judged: Sequence[_Judged | YuyueError]) -> list[OutboxItem | YuyueError]:
        ready = [one if isinstance(one, YuyueError) else attempted(partial(self._ready, one)) for one in judged]
        make_inputs = [partial(self._signing_input, one.submission) for one in ready if isinstance(one, _Signing)]
        with closing(self._card.sign_all(make_inputs, self._session.bound_card)) as signed:
            return list(self._put_all(ready, signed))

    def _put_all(
        self, ready: Sequence[_Signing | YuyueError], signed: Iterator[str]
    ) -> Iterator[OutboxItem | YuyueError]:
        """What becomes of each, to the first that the card fails to sign."""
        for one in ready:
            if isinstance(one, YuyueError):
                yield one
                continue
            try:
                jws = next(signed)
            except YuyueError as error:
                yield error
                return
            yield attempted(partial(self._put, one, jws))

    def _ready(self, judged: _Judged) -> _Signing:
        return self._signing(judged.kept(), judged.act)

    def _enqueue(self, record: ApplicationRecord, act: Act) -> OutboxItem:
        signing = self._signing(record, act)
        make_input = partial(self._signing_input, signing.submission)
        return self._put(signing, self._card.sign(make_input, self._session.bound_card))

    def _put(self, signing: _Signing, jws: str) -> OutboxItem:
        submission = signing.submission
        item = OutboxItem(
            id=submission.id,
            application_id=submission.application_id,
            step=submission.step,
            owner=self._session.person,
            jws=jws,
            attachments=tuple(attachment.sha256 for attachment in submission.attachments),
            state=ItemState.WAITING,
            created_at=submission.signed_at,
            latest=signing.latest,
        )
        self._writer.enqueue(item, submission.revision).result()
        self._wake_sync()
        return item

    def _signing_input(self, submission: Submission, certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
        return self._codec.signing_input(submission, certificate, algorithm)

    def _signing(self, record: ApplicationRecord, act: Act) -> _Signing:
        submission = Submission(
            id=ItemId(str(uuid.uuid4())),
            gateway=self._gateway_address,
            step=act.step,
            application_id=record.id,
            revision=record.revision,
            signed_at=self._clock.now().replace(microsecond=0),
            declarant=record.application.declarant,
            application=record.application if act.step is Step.DECLARE else None,
            declaration_numbers=act.declaration_numbers,
            explanation=act.explanation,
            attachments=act.attachments,
        )
        return _Signing(submission, act.latest)


def check_numbers(application: Application, numbers: Sequence[str]) -> None:
    """Whether declaration numbers may be fed back for an application (S30).

    Raises:
        YuyueError: DECLARATION_NUMBERS_MISSING, or the first thing that the digits of one show wrong.
    """
    _raise_first(list_problems(application, numbers))


def _raise_first(problems: Iterable[Problem]) -> None:
    for problem in problems:
        raise user_error(problem.code, **problem.params)
