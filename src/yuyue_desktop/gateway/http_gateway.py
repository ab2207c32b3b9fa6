"""The gateway's calls as `domain.ports.GatewayPort` over HTTPS; knows neither screen nor store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from http import HTTPStatus
from itertools import pairwise
from ssl import SSLContext
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.ports import ReceiptPage, SessionGrant
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.domain.submission import Answer
from yuyue_desktop.gateway.attachments import upload
from yuyue_desktop.gateway.calls import Calls
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.connections import pinned_trust, system_trust
from yuyue_desktop.gateway.errors import answer_invalid
from yuyue_desktop.gateway.keys import SealingKeys
from yuyue_desktop.gateway.tokens import TokenPair, Tokens
from yuyue_desktop.gateway.transport import READ_TIMEOUT_S, Call, ProxiesTo, Transport, direct
from yuyue_desktop.wire import messages

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class GatewayPlace:
    """Where a gateway is and whom to believe.

    `address` is what signed submissions carry; `authorities` (DER) issued its sealing keys, and its TLS certificate too
    unless `is_system_trusted`; `proxies` are asked before each request.
    """

    address: str
    authorities: tuple[bytes, ...]
    is_system_trusted: bool = False
    proxies: ProxiesTo = direct

    def trust(self) -> SSLContext:
        """Whom TLS believes."""
        return system_trust() if self.is_system_trusted else pinned_trust(self.authorities)


class HttpGateway:
    """Implements `domain.ports.GatewayPort`.

    Safe in any thread, several calls at once. The sync threads have one each, interactive calls one more, so that
    `interrupt` breaks off only its own calls; all share `clock` and `tokens`.
    """

    def __init__(self, place: GatewayPlace, clock: GatewayClock, tokens: Tokens) -> None:
        self._address = place.address
        self._clock = clock
        self._tokens = tokens
        self._transport = Transport(place.address, place.trust(), clock, place.proxies)
        self._calls = Calls(self._transport, tokens, SealingKeys(place.address, place.authorities, clock))

    @property
    def address(self) -> str:
        """The address that signed submissions carry."""
        return self._address

    def time(self) -> datetime:
        """The gateway's time now."""
        return self._calls.ask_openly(Call("GET", "/time"), messages.Now).now

    def challenge(self) -> str:
        """A random text to be signed by a card that wants to sign in (S1)."""
        return self._calls.ask_openly(Call("POST", "/sessions/challenge"), messages.Challenge).challenge

    def sign_in_with_card(self, jws: str) -> SessionGrant:
        """Sign in with a signed challenge (S1). Raises CARD_UNKNOWN, CERTIFICATE_INVALID, SIGNATURE_INVALID."""
        return self._sign_in(Way.CARD, "/sessions/card", messages.CardSignIn(jws))

    def sign_in_with_password(self, user: str, password: str) -> SessionGrant:
        """Sign in with user name and password (S2). Raises PASSWORD_WRONG, SIGN_IN_TOO_OFTEN."""
        return self._sign_in(Way.ACCOUNT, "/sessions/password", messages.PasswordSignIn(user, password))

    def resume(self, refresh_token: str) -> None:
        """Use a refresh token for receipts only. Raises SIGN_IN_NEEDED when it is spent or revoked."""
        pair = TokenPair("", refresh_token)
        self._tokens.put(pair)
        self._calls.renew(pair)

    def sign_out(self) -> None:
        """Revoke the session and its refresh token (S6); forgets them first, reachable or not."""
        pair = self._tokens.take()
        if pair is None:
            return
        leaving = Tokens()
        leaving.put(pair)
        self._calls.exchange(Call("DELETE", "/sessions"), leaving)

    def company(self, customs_code: str) -> Company:
        """A company by customs code. Raises COMPANY_UNKNOWN."""
        body = self._calls.ask(Call("GET", f"/companies/{_segment(customs_code)}"), messages.CompanyBody)
        return _convert(messages.to_company, body)

    def calendar(self, port: str, first: date, last: date) -> WorkingCalendar | None:
        """What a port has published of a span of days, None where it has published nothing of it (S26)."""
        span = {"from": first.isoformat(), "to": last.isoformat()}
        call = Call("GET", f"/ports/{_segment(port)}/calendar", span)
        return _convert(messages.to_calendar, self._calls.ask(call, messages.CalendarBody))

    def calendars(self, first: date, last: date) -> Mapping[str, WorkingCalendar]:
        """What each port that has published anything of a span of days has published of it, by its code (S34)."""
        span = {"from": first.isoformat(), "to": last.isoformat()}
        body = self._calls.ask(Call("GET", "/calendars", span), messages.CalendarsBody)
        return _convert(messages.to_calendars, body)

    def save_draft(self, record: ApplicationRecord) -> ApplicationRecord:
        """Save a revision of a draft (S21); answers the record with its pre-entry number. Raises REVISION_STALE."""
        body = messages.DraftBody(messages.application_body(record.application), record.revision)
        call = Call("PUT", f"/applications/{_segment(record.id)}/draft")
        return _convert(messages.to_record, self._calls.put_sealed(call, messages.encode(body), messages.RecordBody))

    def delete_draft(self, application_id: ApplicationId) -> None:
        """Delete a draft at customs for good (S28); one that never got there counts as deleted."""
        try:
            self._calls.exchange(Call("DELETE", f"/applications/{_segment(application_id)}/draft"))
        except YuyueError as error:
            if error.code is not Code.APPLICATION_UNKNOWN:
                raise

    def send_attachment(self, sha256: str, content: bytes) -> None:
        """Bring an attachment to the gateway, sealed, in parts, resuming where an earlier try ended."""
        path = f"/attachments/{_segment(sha256)}"

        def send_part(number: int, total: int, part: bytes) -> messages.AttachmentParts:
            call = Call("PUT", f"{path}/parts/{number}", {"of": str(total)})
            return self._calls.put_sealed(call, part, messages.AttachmentParts)

        def arrived() -> messages.AttachmentParts:
            return self._calls.ask(Call("GET", path), messages.AttachmentParts)

        upload(content, arrived, send_part)

    def submit(self, item_id: ItemId, jws: str) -> Answer:
        """Send a signed submission, sealed. Raises ATTACHMENTS_MISSING (retried), SUBMISSION_ID_REUSED …"""
        call = Call("PUT", f"/submissions/{_segment(item_id)}")
        return _convert(messages.to_answer, self._calls.put_sealed(call, jws.encode("ascii"), messages.AnswerBody))

    def answer(self, item_id: ItemId) -> Answer | None:
        """The answer to a submission id if the gateway has it, else None; asked before a resend."""
        try:
            body = self._calls.ask(Call("GET", f"/submissions/{_segment(item_id)}"), messages.AnswerBody)
        except YuyueError as error:
            if (
                error.params.get("http_status") == HTTPStatus.NOT_FOUND
                and error.code is not Code.GATEWAY_ANSWER_INVALID
            ):
                return None
            raise
        return _convert(messages.to_answer, body)

    def receipts(self, after: int, wait_s: float, known: Receipt | None = None) -> ReceiptPage:
        """Receipts after a cursor; waits up to `wait_s` for the first one (long poll)."""
        wait_s = min(wait_s, messages.LONGEST_WAIT_S)
        asked = {"after": str(after), "wait": f"{wait_s:g}"}
        if known is not None:
            asked |= {"known": str(known.cursor), "mark": known.mark}
        call = Call("GET", "/receipts", asked, read_timeout_s=wait_s + READ_TIMEOUT_S)
        return _convert(_receipt_page(after), self._calls.ask(call, messages.Receipts))

    def query(self, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Answer of 预约通关查询 (S33)."""
        body = self._calls.ask(Call("GET", "/applications", _query_words(query)), messages.Records)
        return tuple(_convert(messages.to_record, record) for record in body.records)

    def interrupt(self) -> None:
        """Break off this object's calls under way, from another thread; they raise GATEWAY_UNREACHABLE."""
        self._transport.interrupt()

    def close(self) -> None:
        """Break off calls under way and let go of all connections."""
        self._transport.close()

    def _sign_in(self, way: Way, path: str, proof: msgspec.Struct) -> SessionGrant:
        grant = self._calls.ask_openly(Call("POST", path, content=messages.encode(proof)), messages.Grant)
        self._tokens.put(TokenPair(grant.token, grant.refresh_token))
        company = _convert(messages.to_company, grant.company)
        session = Session(way, grant.person, grant.person_name, company, grant.bound_card, self._clock.now())
        return SessionGrant(session, grant.refresh_token)


def _segment(text: str) -> str:
    """Text as one segment of a path."""
    return quote(text, safe="")


def _convert(convert: Callable[[Any], Result], body: msgspec.Struct) -> Result:
    """A domain object of a message; one that contradicts itself is no answer."""
    try:
        return convert(body)
    except (ValueError, TypeError) as wrong:
        raise answer_invalid(type(body).__name__) from wrong


def _receipt_page(after: int) -> Callable[[messages.Receipts], ReceiptPage]:
    """Reads a page; raises ValueError where the cursors do not ascend from `after`, or from 0 where it begins anew."""

    def convert(body: messages.Receipts) -> ReceiptPage:
        cursors = [0 if body.is_anew else after, *(receipt.cursor for receipt in body.receipts)]
        if any(later <= earlier for earlier, later in pairwise(cursors)):
            raise ValueError("cursors do not ascend")
        if body.cursor < cursors[-1]:
            raise ValueError("cursor goes back")
        receipts = tuple(messages.to_receipt(receipt) for receipt in body.receipts)
        records = tuple(messages.to_record(record) for record in body.records)
        return ReceiptPage(receipts, records, body.cursor, body.is_anew)

    return convert


def _query_words(query: ApplicationQuery) -> dict[str, str]:
    """A query's fields by name; what is empty is left out."""
    words = {name: getattr(query, name) for name in query.__dataclass_fields__}
    return {name: _word(value) for name, value in words.items() if value not in ("", None)}


def _word(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)
