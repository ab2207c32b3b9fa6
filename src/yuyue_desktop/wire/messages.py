"""The gateway's HTTP contract: paths, headers and message bodies, and their way from and to domain objects.

Both sides use it: the client's spoke and the practice gateway. Bodies are JSON; a field unknown to a reader is ignored,
so that either side may be newer. Bodies marked *sealed* travel as one compact JWE (sealing.py).

| method, path | body → answer |
|---|---|
| GET /time | → Now |
| GET /keys | → Keys |
| POST /sessions/challenge | → Challenge |
| POST /sessions/card | CardSignIn → Grant |
| POST /sessions/password | PasswordSignIn → Grant |
| POST /sessions/refresh | Refresh → Grant (may fetch receipts only) |
| DELETE /sessions | revokes token and refresh token |
| GET /companies/{customs_code} | → CompanyBody |
| GET /ports/{code}/calendar?from=&to= | → CalendarBody |
| GET /calendars?from=&to= | → CalendarsBody |
| PUT /applications/{uuid}/draft | sealed DraftBody → RecordBody |
| DELETE /applications/{uuid}/draft | |
| GET /applications?... (names of ApplicationQuery) | → Records |
| GET /applications/{uuid} | → RecordBody |
| GET /attachments/{sha256} | → AttachmentParts |
| PUT /attachments/{sha256}/parts/{number}?of=TOTAL | sealed bytes → AttachmentParts |
| PUT /submissions/{id} | sealed JWS → AnswerBody (200 either way) |
| GET /submissions/{id} | → AnswerBody, 404 where it never arrived |
| GET /receipts?after=&wait=&known=&mark= | → Receipts |

Authorised calls carry `Authorization: Bearer TOKEN`. Every answer carries `Gateway-Time`. What fails answers 4xx or 5xx
with Refusal; 429 and 503 may carry Retry-After in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from yuyue_desktop.domain.application import (
    Application,
    ApplicationId,
    ApplicationRecord,
    Attachment,
    GoodsItem,
    Status,
)
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.domain.submission import Answer, Finding

TIME_HEADER = "Gateway-Time"
PART_BYTES = 1024 * 1024
"""Attachments travel in parts of this many bytes, the last one shorter."""
LONGEST_WAIT_S = 25.0
"""How long a long poll for receipts may be held open, in seconds."""

Struct = msgspec.Struct
Message = TypeVar("Message", bound=msgspec.Struct)


class Now(Struct, frozen=True):
    """China Standard Time, naive."""

    now: datetime


class KeyBody(Struct, frozen=True):
    """One of the gateway's sealing keys: DER certificate chain in base64, leaf first; usable in the span given."""

    id: str
    certificates: list[str]
    usable_from: datetime
    usable_to: datetime


class Keys(Struct, frozen=True):
    """The gateway's sealing keys, the one to use now first."""

    address: str
    keys: list[KeyBody]


class Challenge(Struct, frozen=True):
    """To be signed by a card within `valid_s` seconds, once."""

    challenge: str
    valid_s: int


class CardSignIn(Struct, frozen=True):
    """A signed challenge."""

    jws: str


class PasswordSignIn(Struct, frozen=True):
    """User name and password (S2)."""

    user: str
    password: str


class Refresh(Struct, frozen=True):
    """A refresh token; it is spent by this call and the Grant carries the next one."""

    refresh_token: str


class CompanyBody(Struct, frozen=True):
    """A company as customs knows it today."""

    customs_code: str
    credit_code: str
    inspection_code: str
    name: str
    grade: Grade
    is_registered: bool
    owes_feedback: bool


class Grant(Struct, frozen=True):
    """A session: who it is for, and its tokens. `is_receipts_only` after a refresh."""

    token: str
    refresh_token: str
    person: str
    person_name: str
    bound_card: str
    company: CompanyBody
    is_receipts_only: bool = False


class CalendarBody(Struct, frozen=True):
    """What of the asked span is published; `published_from` None where nothing is; periods in minutes."""

    published_from: date | None
    published_to: date | None
    days: dict[str, list[tuple[int, int]]]


class CalendarsBody(Struct, frozen=True):
    """Calendars of the ports that have published something of the asked span, by the ports' codes."""

    calendars: dict[str, CalendarBody]


class GoodsBody(Struct, frozen=True):
    """One row of the goods list."""

    hs_code: str
    name: str


class AttachmentBody(Struct, frozen=True):
    """A file by its digest, with what the sender measured."""

    name: str
    sha256: str
    size: int
    pages: list[int]


class ApplicationBody(Struct, frozen=True):
    """The content of an application, as entered."""

    id: str
    declarant: str
    trader: str
    contact_name: str
    contact_mobile: str
    declaration_port: str
    entry_exit_port: str
    transport_mode: str
    window_start: str
    reason: str
    is_import: bool
    is_export: bool
    goods: list[GoodsBody]
    attachments: list[AttachmentBody]


class DraftBody(Struct, frozen=True):
    """A revision of a draft (S21)."""

    application: ApplicationBody
    revision: int


class RecordBody(Struct, frozen=True):
    """An application with what the gateway knows about it."""

    application: ApplicationBody
    revision: int
    status: Status
    person: str
    saved_at: datetime
    pre_entry_number: str
    application_number: str
    declarant_name: str
    trader_name: str
    declared_at: datetime | None
    approved_at: datetime | None
    feedback: list[str]
    is_explained: bool


class Records(Struct, frozen=True):
    """Answer of a query, newest first."""

    records: list[RecordBody]


class AttachmentParts(Struct, frozen=True):
    """Which parts (from 0) have arrived; `is_complete` once the digest of all was checked."""

    arrived: list[int]
    is_complete: bool


class ReceiptBody(Struct, frozen=True):
    """One answer of customs."""

    cursor: int
    application_id: str
    kind: ReceiptKind
    status: Status
    at: datetime
    text: str
    code: str
    pre_entry_number: str
    application_number: str


class FindingBody(Struct, frozen=True):
    """One thing found wrong."""

    code: str
    field: str
    text: str


class AnswerBody(Struct, frozen=True):
    """The one answer to a submission id."""

    is_accepted: bool
    receipt: ReceiptBody
    findings: list[FindingBody]


class Receipts(Struct, frozen=True):
    """Receipts after a cursor, ascending, and the records they changed.

    The caller says which receipt it knows by the highest number, and its mark (receipts.Receipt.mark). Where the
    gateway's books have another one there or none, `is_anew` and the receipts are the first of all.
    """

    receipts: list[ReceiptBody]
    records: list[RecordBody]
    cursor: int
    is_anew: bool = False


class Refusal(Struct, frozen=True):
    """Why a call failed: `code` as in errors.Code, parameters of its text, and the text itself in Chinese."""

    code: str
    text: str
    params: dict[str, str | int] = msgspec.field(default_factory=dict)


def encode(message: Struct) -> bytes:
    """A message as JSON bytes, keys in the order of its fields."""
    return msgspec.json.encode(message)


def decode(content: bytes, kind: type[Message]) -> Message:
    """A message from JSON bytes.

    Raises:
        msgspec.DecodeError: not JSON, or not of that kind (msgspec.ValidationError).
    """
    return msgspec.json.decode(content, type=kind)


def company_body(company: Company) -> CompanyBody:
    """A company for the wire."""
    return msgspec.convert(company, CompanyBody, from_attributes=True)


def to_company(body: CompanyBody) -> Company:
    """A company from the wire."""
    return Company(**msgspec.structs.asdict(body))


def calendar_body(calendar: WorkingCalendar | None) -> CalendarBody:
    """A calendar for the wire."""
    if calendar is None:
        return CalendarBody(None, None, {})
    days = {day.isoformat(): [(p.opens, p.closes) for p in periods] for day, periods in sorted(calendar.days.items())}
    return CalendarBody(calendar.published_from, calendar.published_to, days)


def to_calendar(body: CalendarBody) -> WorkingCalendar | None:
    """A calendar from the wire. Raises ValueError where it contradicts itself."""
    if body.published_from is None or body.published_to is None:
        return None
    days = {date.fromisoformat(day): tuple(Period(*span) for span in spans) for day, spans in body.days.items()}
    return WorkingCalendar(body.published_from, body.published_to, days)


def calendars_body(calendars: Mapping[str, WorkingCalendar]) -> CalendarsBody:
    """Calendars of several ports for the wire."""
    return CalendarsBody({port: calendar_body(calendar) for port, calendar in sorted(calendars.items())})


def to_calendars(body: CalendarsBody) -> dict[str, WorkingCalendar]:
    """Calendars of several ports from the wire. Raises ValueError where one contradicts itself."""
    calendars = {port: to_calendar(calendar) for port, calendar in body.calendars.items()}
    return {port: calendar for port, calendar in calendars.items() if calendar is not None}


def application_body(application: Application) -> ApplicationBody:
    """An application's content for the wire."""
    return msgspec.convert(application, ApplicationBody, from_attributes=True)


def to_application(body: ApplicationBody) -> Application:
    """An application's content from the wire."""
    content: dict[str, Any] = msgspec.structs.asdict(body)
    content["id"] = ApplicationId(body.id)
    content["goods"] = tuple(GoodsItem(row.hs_code, row.name) for row in body.goods)
    content["attachments"] = tuple(Attachment(a.name, a.sha256, a.size, tuple(a.pages)) for a in body.attachments)
    return Application(**content)


def record_body(record: ApplicationRecord) -> RecordBody:
    """A record for the wire."""
    return msgspec.convert(record, RecordBody, from_attributes=True)


def to_record(body: RecordBody) -> ApplicationRecord:
    """A record from the wire."""
    content: dict[str, Any] = msgspec.structs.asdict(body)
    content["application"] = to_application(body.application)
    content["feedback"] = tuple(body.feedback)
    return ApplicationRecord(**content)


def receipt_body(receipt: Receipt) -> ReceiptBody:
    """A receipt for the wire."""
    return msgspec.convert(receipt, ReceiptBody, from_attributes=True)


def to_receipt(body: ReceiptBody) -> Receipt:
    """A receipt from the wire."""
    content: dict[str, Any] = msgspec.structs.asdict(body)
    content["application_id"] = ApplicationId(body.application_id)
    return Receipt(**content)


def answer_body(answer: Answer) -> AnswerBody:
    """An answer for the wire."""
    return msgspec.convert(answer, AnswerBody, from_attributes=True)


def to_answer(body: AnswerBody) -> Answer:
    """An answer from the wire."""
    findings = tuple(Finding(f.code, f.field, f.text) for f in body.findings)
    return Answer(body.is_accepted, to_receipt(body.receipt), findings)
