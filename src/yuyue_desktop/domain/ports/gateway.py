"""The gateway of customs, as anything behind it must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.submission import Answer


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Receipts after a cursor, ascending, and the records they changed; `cursor` is where to go on.

    `is_anew`: the gateway's books are others than those that the cursor was given from, restored from a copy perhaps;
    the page is then the first one of all.
    """

    receipts: tuple[Receipt, ...]
    records: tuple[ApplicationRecord, ...]
    cursor: int
    is_anew: bool = False


@dataclass(frozen=True, slots=True)
class SessionGrant:
    """What a sign-in gave: the session, and the refresh token that lets receipts be fetched after it ended."""

    session: Session
    refresh_token: str


class GatewayPort(Protocol):
    """The client side of the customs gateway; every call blocks and belongs on a worker or the sync thread.

    All raise YuyueError: GATEWAY_UNREACHABLE or GATEWAY_BUSY (retried), GATEWAY_UNTRUSTED, GATEWAY_ANSWER_INVALID,
    SIGN_IN_NEEDED, or the code the gateway names.
    """

    @property
    def address(self) -> str:
        """The address that signed submissions carry."""
        ...

    def time(self) -> datetime:
        """The gateway's time now."""
        ...

    def challenge(self) -> str:
        """A random text to be signed by a card that wants to sign in (S1)."""
        ...

    def sign_in_with_card(self, jws: str) -> SessionGrant:
        """Sign in with a signed challenge. Raises CARD_UNKNOWN, CERTIFICATE_INVALID, SIGNATURE_INVALID."""
        ...

    def sign_in_with_password(self, user: str, password: str) -> SessionGrant:
        """Sign in with user name and password (S2). Raises PASSWORD_WRONG, SIGN_IN_TOO_OFTEN."""
        ...

    def resume(self, refresh_token: str) -> None:
        """Use a refresh token for receipts only. Raises SIGN_IN_NEEDED when it is spent or revoked."""
        ...

    def sign_out(self) -> None:
        """Revoke the session and its refresh token (S6); forgets them even when the gateway can't be reached."""
        ...

    def company(self, customs_code: str) -> Company:
        """A company by customs code. Raises COMPANY_UNKNOWN."""
        ...

    def calendar(self, port: str, first: date, last: date) -> WorkingCalendar | None:
        """What a port has published of a span of days, None where it has published nothing of it (S26)."""
        ...

    def calendars(self, first: date, last: date) -> Mapping[str, WorkingCalendar]:
        """What each port that has published anything of a span of days has published of it, by its code (S34)."""
        ...

    def save_draft(self, record: ApplicationRecord) -> ApplicationRecord:
        """Save a revision of a draft (S21); answers the record with its pre-entry number. Raises REVISION_STALE."""
        ...

    def delete_draft(self, application_id: ApplicationId) -> None:
        """Delete a draft at customs for good (S28); one that never got there counts as deleted."""
        ...

    def send_attachment(self, sha256: str, content: bytes) -> None:
        """Bring an attachment to the gateway, sealed, in parts, resuming where an earlier try ended."""
        ...

    def submit(self, item_id: ItemId, jws: str) -> Answer:
        """Send a signed submission, sealed. Raises ATTACHMENTS_MISSING (retried), SUBMISSION_ID_REUSED, SEAL_BROKEN."""
        ...

    def answer(self, item_id: ItemId) -> Answer | None:
        """The answer to a submission id if the gateway has it, else None; asked before a resend."""
        ...

    def receipts(self, after: int, wait_s: float, known: Receipt | None = None) -> ReceiptPage:
        """Receipts after a cursor; waits up to `wait_s` for the first one (long poll).

        `known`: the receipt of the highest number known here, by which the gateway tells whether its books are still
        the same. Where they are not, the page begins anew, at once.
        """
        ...

    def query(self, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Answer of 预约通关查询 (S33)."""
        ...

    def interrupt(self) -> None:
        """Break off calls under way, from another thread; they raise GATEWAY_UNREACHABLE."""
        ...
