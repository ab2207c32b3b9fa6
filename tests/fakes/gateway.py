"""A customs office in memory and a gateway client to it that can lose, repeat, delay and refuse on demand."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum, auto
from typing import TypeVar

from yuyue_desktop.domain.application import NEXT_STATUS, ApplicationId, ApplicationRecord, Status, Step
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.ports import ReceiptPage, SessionGrant
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.domain.submission import Answer, Submission

Result = TypeVar("Result")
ADDRESS = "https://127.0.0.1:1"


class Fault(Enum):
    """What happens to one call on its way."""

    LOSE_REQUEST = auto()
    LOSE_ANSWER = auto()
    DELAY = auto()
    REPEAT = auto()
    NO_LINK = auto()
    BUSY = auto()
    PORTAL = auto()
    SIGN_IN = auto()
    CRASH = auto()
    CRASH_AFTER = auto()


class Crash(Exception):
    """The program died in the middle of a call."""


LOST = YuyueError(Code.GATEWAY_UNREACHABLE, {"is_sent": 1}, is_retried=True)
BEFORE: dict[Fault, Exception] = {
    Fault.LOSE_REQUEST: LOST,
    Fault.NO_LINK: YuyueError(Code.GATEWAY_UNREACHABLE, {"is_sent": 0}, is_retried=True),
    Fault.BUSY: YuyueError(Code.GATEWAY_BUSY, {"retry_after_s": 300}, is_retried=True),
    Fault.SIGN_IN: YuyueError(Code.SIGN_IN_NEEDED),
    Fault.CRASH: Crash(),
}
"""Faults that keep a call from arriving, and what the caller meets."""
AFTER: dict[Fault, Exception] = {
    Fault.LOSE_ANSWER: LOST,
    Fault.PORTAL: YuyueError(Code.GATEWAY_ANSWER_INVALID, is_retried=True),
    Fault.CRASH_AFTER: Crash(),
}
"""Faults that keep an answer from arriving."""


@dataclass
class FakeOffice:
    """What the gateway knows. `decides` answers a submission's refusal code, or "" to accept it."""

    now: datetime = datetime(2026, 9, 28, 9, 0)
    companies: dict[str, Company] = field(default_factory=dict)
    calendars: dict[str, WorkingCalendar] = field(default_factory=dict)
    accounts: dict[str, tuple[str, Session]] = field(default_factory=dict)
    cards: dict[str, Session] = field(default_factory=dict)
    records: dict[ApplicationId, ApplicationRecord] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    signed: dict[str, Submission] = field(default_factory=dict)
    answers: dict[ItemId, tuple[str, Answer]] = field(default_factory=dict)
    processed: list[ItemId] = field(default_factory=list)
    challenges: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    receipts_only: set[str] = field(default_factory=set)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    decides: Callable[[Submission], str] = lambda _: ""
    deleted: set[ApplicationId] = field(default_factory=set)
    turned_away: dict[ItemId | ApplicationId, Code] = field(default_factory=dict)
    poisoned: set[ItemId] = field(default_factory=set)
    delayed: list[Callable[[], object]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))
    serial: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def calendar(self, port: str, first: date, last: date) -> WorkingCalendar | None:
        """The part of a port's calendar within a span."""
        known = self.calendars.get(port)
        if known is None or known.published_to < first or last < known.published_from:
            return None
        days = {day: periods for day, periods in known.days.items() if first <= day <= last}
        return WorkingCalendar(max(first, known.published_from), min(last, known.published_to), days)

    def sign(self, submission: Submission) -> str:
        """A text that stands for the submission's JWS."""
        jws = f"jws-{submission.id}-{len(self.signed)}"
        self.signed[jws] = submission
        return jws

    def take(self, item_id: ItemId, jws: str) -> Answer:
        """Process a submission once; the same again gets the same answer."""
        with self.changed:
            if item_id in self.answers:
                kept, answer = self.answers[item_id]
                if kept != jws:
                    raise user_error(Code.SUBMISSION_ID_REUSED)
                return answer
            if item_id in self.poisoned:
                raise YuyueError(Code.BUG, is_retried=True)
            if item_id in self.turned_away:
                raise YuyueError(self.turned_away[item_id], {"text": "不收"})
            submission = self.signed[jws]
            if any(attachment.sha256 not in self.attachments for attachment in submission.attachments):
                raise YuyueError(Code.ATTACHMENTS_MISSING, is_retried=True)
            answer = self._decide(submission)
            self.answers[item_id] = (jws, answer)
            self.processed.append(item_id)
            return answer

    def announce(self, application_id: ApplicationId, kind: ReceiptKind, status: Status, code: str = "") -> Receipt:
        """Write a receipt."""
        with self.changed:
            number = self.records[application_id].pre_entry_number if application_id in self.records else ""
            cursor = next(self.serial)
            receipt = Receipt(cursor, application_id, kind, status, self.now, "回执", code, number)
            self.receipts.append(receipt)
            self.changed.notify_all()
            return receipt

    def save(self, record: ApplicationRecord) -> ApplicationRecord:
        """Keep a revision of a draft."""
        with self.changed:
            kept = self.records.get(record.id)
            if record.id in self.deleted or (kept is not None and kept.status is not Status.DRAFT):
                raise user_error(Code.STEP_NOT_ALLOWED, status=(kept or record).status.word)
            is_other = kept is not None and kept.application != record.application
            if kept is not None and (
                record.revision < kept.revision or (record.revision == kept.revision and is_other)
            ):
                raise user_error(Code.REVISION_STALE)
            number = kept.pre_entry_number if kept else f"YTG2026{len(self.records) + 1:011d}"
            self.records[record.id] = replace(record, pre_entry_number=number)
            return self.records[record.id]

    def delete(self, application_id: ApplicationId) -> None:
        """Delete a draft for good; its id stays spent."""
        with self.changed:
            if application_id in self.turned_away:
                raise YuyueError(self.turned_away[application_id], {"text": "不删"})
            kept = self.records.get(application_id)
            if kept is None:
                return
            if kept.status is not Status.DRAFT:
                raise user_error(Code.STEP_NOT_ALLOWED, status=kept.status.word)
            del self.records[application_id]
            self.deleted.add(application_id)

    def _decide(self, submission: Submission) -> Answer:
        kept = self.records.get(submission.application_id)
        if submission.step is Step.DECLARE and kept is None and submission.application is not None:
            kept = self.save(ApplicationRecord(submission.application, submission.revision, Status.DRAFT, "", self.now))
        status = kept.status if kept else Status.DRAFT
        following = NEXT_STATUS.get((status, submission.step))
        code = self.decides(submission) or ("" if following else Code.STEP_NOT_ALLOWED.value)
        if code or following is None or kept is None:
            refusal = self.announce(submission.application_id, ReceiptKind.REFUSAL, status, code)
            return Answer(is_accepted=False, receipt=refusal)
        self.records[kept.id] = replace(kept, status=following, declared_at=self.now)
        return Answer(is_accepted=True, receipt=self.announce(kept.id, ReceiptKind.STATUS, following))


class FakeGateway:
    """Implements `domain.ports.GatewayPort` over a FakeOffice; `faults` befall the next calls, one each."""

    def __init__(self, office: FakeOffice) -> None:
        self.office = office
        self.faults: deque[Fault | None] = deque()
        self.calls: list[str] = []
        self.waiting = threading.Event()
        self._token = ""
        self._refresh_token = ""
        self._interruptions = 0

    @property
    def address(self) -> str:
        """The address that signed submissions carry."""
        return ADDRESS

    def time(self) -> datetime:
        """The gateway's time now."""
        return self._call("time", lambda: self.office.now)

    def challenge(self) -> str:
        """A random text to be signed."""

        def give() -> str:
            challenge = f"challenge-{next(self.office.serial)}"
            self.office.challenges.add(challenge)
            return challenge

        return self._call("challenge", give)

    def sign_in_with_card(self, jws: str) -> SessionGrant:
        """Sign in: here the JWS is `challenge card-number`."""

        def sign_in() -> SessionGrant:
            challenge, _, number = jws.partition(" ")
            if challenge not in self.office.challenges:
                raise user_error(Code.SUBMISSION_STALE)
            self.office.challenges.remove(challenge)
            if number not in self.office.cards:
                raise user_error(Code.CARD_UNKNOWN)
            return self._grant(self.office.cards[number])

        return self._call("sign_in", sign_in)

    def sign_in_with_password(self, user: str, password: str) -> SessionGrant:
        """Sign in by account."""

        def sign_in() -> SessionGrant:
            known = self.office.accounts.get(user)
            if known is None or known[0] != password:
                raise user_error(Code.PASSWORD_WRONG)
            return self._grant(replace(known[1], way=Way.ACCOUNT))

        return self._call("sign_in", sign_in)

    def resume(self, refresh_token: str) -> None:
        """Spend a refresh token."""

        def spend() -> None:
            if refresh_token not in self.office.refresh_tokens:
                raise YuyueError(Code.SIGN_IN_NEEDED)
            del self.office.refresh_tokens[refresh_token]
            self._new_tokens()
            self.office.receipts_only.add(self._token)

        self._call("resume", spend)

    def sign_out(self) -> None:
        """Revoke the tokens."""
        token, refresh_token = self._token, self._refresh_token
        self._token = self._refresh_token = ""

        def revoke() -> None:
            self.office.tokens.discard(token)
            self.office.refresh_tokens.pop(refresh_token, None)

        self._call("sign_out", revoke)

    def company(self, customs_code: str) -> Company:
        """A company by customs code."""

        def find() -> Company:
            self._require_session()
            if customs_code not in self.office.companies:
                raise user_error(Code.COMPANY_UNKNOWN)
            return self.office.companies[customs_code]

        return self._call("company", find)

    def calendar(self, port: str, first: date, last: date) -> WorkingCalendar | None:
        """The part of a port's calendar within a span."""

        def find() -> WorkingCalendar | None:
            self._require_session()
            return self.office.calendar(port, first, last)

        return self._call("calendar", find)

    def calendars(self, first: date, last: date) -> dict[str, WorkingCalendar]:
        """The part of every port's calendar within a span."""

        def find() -> dict[str, WorkingCalendar]:
            self._require_session()
            found = {port: self.office.calendar(port, first, last) for port in self.office.calendars}
            return {port: calendar for port, calendar in found.items() if calendar is not None}

        return self._call("calendars", find)

    def save_draft(self, record: ApplicationRecord) -> ApplicationRecord:
        """Save a revision of a draft."""

        def save() -> ApplicationRecord:
            self._require_session()
            return self.office.save(record)

        return self._call("save_draft", save)

    def delete_draft(self, application_id: ApplicationId) -> None:
        """Delete a draft."""

        def delete() -> None:
            self._require_session()
            self.office.delete(application_id)

        self._call("delete_draft", delete)

    def send_attachment(self, sha256: str, content: bytes) -> None:
        """Bring an attachment."""
        self._call("send_attachment", lambda: self.office.attachments.setdefault(sha256, content))

    def submit(self, item_id: ItemId, jws: str) -> Answer:
        """Send a submission."""
        return self._call("submit", lambda: self.office.take(item_id, jws))

    def answer(self, item_id: ItemId) -> Answer | None:
        """The answer, if there is one."""
        return self._call("answer", lambda: self.office.answers.get(item_id, ("", None))[1])

    def receipts(self, after: int, wait_s: float, known: Receipt | None = None) -> ReceiptPage:
        """Receipts after a cursor."""

        def fetch() -> ReceiptPage:
            self._require_session(is_receipts=True)
            if known is not None and known not in self.office.receipts:
                return replace(self._page(0), is_anew=True)
            started = self._interruptions
            with self.office.changed:
                self.waiting.set()
                self.office.changed.wait_for(
                    lambda: self._page(after).receipts or self._interruptions > started, wait_s
                )
                if self._interruptions > started:
                    raise YuyueError(Code.GATEWAY_UNREACHABLE, is_retried=True)
                return self._page(after)

        return self._call("receipts", fetch)

    def query(self, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Records by pre-entry number or saved within the asked days."""

        def find() -> tuple[ApplicationRecord, ...]:
            self._require_session()
            return tuple(record for record in self.office.records.values() if _fits(record, query))

        return self._call("query", find)

    def interrupt(self) -> None:
        """Break off long polls under way."""
        with self.office.changed:
            self._interruptions += 1
            self.office.changed.notify_all()

    def _call(self, name: str, run: Callable[[], Result]) -> Result:
        """Run a call with the next fault."""
        self.calls.append(name)
        fault = self.faults.popleft() if self.faults else None
        if fault in BEFORE:
            raise BEFORE[fault]
        if fault is Fault.DELAY:
            self.office.delayed.append(run)
            raise LOST
        result = run()
        if fault is Fault.REPEAT:
            result = run()
        if fault in AFTER:
            raise AFTER[fault]
        return result

    def _grant(self, session: Session) -> SessionGrant:
        self._new_tokens()
        return SessionGrant(replace(session, signed_in_at=self.office.now), self._refresh_token)

    def _new_tokens(self) -> None:
        serial = next(self.office.serial)
        self._token, self._refresh_token = f"token-{serial}", f"refresh-{serial}"
        self.office.tokens.add(self._token)
        self.office.refresh_tokens[self._refresh_token] = self._token

    def _require_session(self, *, is_receipts: bool = False) -> None:
        is_enough = is_receipts or self._token not in self.office.receipts_only
        if self._token not in self.office.tokens or not is_enough:
            raise YuyueError(Code.SIGN_IN_NEEDED)

    def _page(self, after: int) -> ReceiptPage:
        receipts = tuple(receipt for receipt in self.office.receipts if receipt.cursor > after)
        touched = dict.fromkeys(receipt.application_id for receipt in receipts)
        records = tuple(self.office.records[touch] for touch in touched if touch in self.office.records)
        return ReceiptPage(receipts, records, receipts[-1].cursor if receipts else after)


def _fits(record: ApplicationRecord, query: ApplicationQuery) -> bool:
    if query.pre_entry_number:
        return record.pre_entry_number == query.pre_entry_number
    first, last = query.applied_from or date.min, query.applied_to or date.max
    return first <= record.saved_at.date() <= last and query.status in (None, record.status)
