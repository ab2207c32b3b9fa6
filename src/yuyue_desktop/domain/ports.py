"""What services need of the outside world, as Protocols; each spoke implements one of them and knows no other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord
from yuyue_desktop.domain.calendar import WorkingCalendar
from yuyue_desktop.domain.card import CardFacts, CardHolder, LoginSpan, ReaderSurvey, SignatureAlgorithm
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.journal import JournalEntry
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.pdf import PageImage, PageSize, PdfReport
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.releases import Release
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.submission import Answer, Submission

Publish = Callable[[Event], None]
"""Takes an event from any thread."""


class Clock(Protocol):
    """The gateway's time as this machine knows it; China Standard Time, naive, to the microsecond."""

    def now(self) -> datetime:
        """The gateway's time now, from its last known offset."""
        ...

    @property
    def is_known(self) -> bool:
        """Whether the gateway was ever heard; else the machine's own time is shown as 推算时间."""
        ...


class CardPort(Protocol):
    """One card in one reader, behind a process of its own; every call returns at once with a Future (card-session.md).

    Futures fail with YuyueError only. Events of insertion and removal are published as CardChanged.
    """

    def read(self) -> Future[CardFacts]:
        """What can be read without a PIN.

        Fails with CARD_ABSENT, CARD_UNREADABLE, CARD_DRIVER_MISSING, CARD_DRIVER_FAILED; behind the client control
        with CARD_RESET_FAILED, CARD_READER_FAILED, CARD_NOT_ACCEPTED, CARD_REFUSED, CARD_CONTROL_*.
        """
        ...

    def log_in(self, generation: int, pin: str) -> Future[LoginSpan]:
        """Unlock the card of that generation; answers how far that reaches.

        Fails with PIN_WRONG (params `tries_left`, -1 unknown), PIN_LOCKED, PIN_LENGTH, PIN_FAILED_BEFORE, CARD_CHANGED.
        """
        ...

    def change_pin(self, generation: int, pin: str, new_pin: str) -> Future[None]:
        """Give the card of that generation another PIN; ends its login. Fails as `log_in`, and with PIN_FIXED."""
        ...

    def sign(self, generation: int, algorithm: SignatureAlgorithm, signing_input: bytes) -> Future[bytes]:
        """Sign with the card of that generation; the adapter hashes where its device wants a digest.

        Fails with CARD_CHANGED, CARD_NOT_LOGGED_IN, CARD_DRIVER_FAILED.
        """
        ...

    def log_out(self) -> Future[None]:
        """End the card's login (S6)."""
        ...

    def close(self) -> None:
        """Stop the card process; returns once it is gone."""
        ...


class ReaderService(Protocol):
    """The system's reader service, asked beside the card's driver, which may hang."""

    def survey(self) -> ReaderSurvey:
        """What it says of its readers now; blocks for some seconds at most and never raises."""
        ...


class FailedPins(Protocol):
    """What is kept between runs of the PINs that a card refused (B15); the PINs themselves are not."""

    def has(self, token_serial: str, pin: str) -> bool:
        """Whether a card refused this PIN and has taken no other since."""
        ...

    def add(self, token_serial: str, pin: str) -> None:
        """The card refused it."""
        ...

    def forget(self, token_serial: str) -> None:
        """The card took a PIN: what it refused before may hold from now on."""
        ...


class Codec(Protocol):
    """Reads certificates and makes the envelope's JWS; pure, quick, safe in any thread."""

    def holder(self, certificate: bytes) -> CardHolder:
        """What a DER certificate says of its card. Raises YuyueError(CARD_CERTIFICATE_UNKNOWN)."""
        ...

    def signing_input(self, submission: Submission, certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
        """The exact bytes for the card to sign: deterministic in its arguments."""
        ...

    def challenge_input(
        self, gateway: str, challenge: str, certificate: bytes, algorithm: SignatureAlgorithm, now: datetime
    ) -> bytes:
        """The exact bytes for the card to sign when it signs in (S1)."""
        ...

    def finish(self, signing_input: bytes, signature: bytes, certificate: bytes) -> str:
        """The finished JWS. Raises YuyueError(CARD_SIGNATURE_WRONG) unless the certificate's key made the signature."""
        ...


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


class StoreReader(Protocol):
    """Short reads on the calling thread's own connection; none raises for an unknown id but answers None or empty."""

    def record(self, application_id: ApplicationId) -> ApplicationRecord | None:
        """One application."""
        ...

    def records(self, company: str, query: ApplicationQuery) -> tuple[ApplicationRecord, ...]:
        """Applications that a query of a company finds here, newest first (S33)."""
        ...

    def drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """All drafts of a company that are not deleted, newest first."""
        ...

    def deleted_drafts(self, company: str) -> tuple[ApplicationRecord, ...]:
        """Deleted drafts of a company that are still kept here (S28), the last deleted first; `record` has none."""
        ...

    def receipts(self, application_id: ApplicationId) -> tuple[Receipt, ...]:
        """Receipts of an application, oldest first."""
        ...

    def receipts_after(self, cursor: int | None) -> tuple[Receipt, ...]:
        """Receipts after a cursor, ascending; None: every one, those without a number of the gateway's first."""
        ...

    def receipts_since(self, company: str, since: datetime) -> tuple[Receipt, ...]:
        """Receipts of a company's applications from a moment on, newest first."""
        ...

    def open_items(self, application_id: ApplicationId | None = None) -> tuple[OutboxItem, ...]:
        """Items that are not ended, oldest first; of one application or of all."""
        ...

    def item(self, item_id: ItemId) -> OutboxItem | None:
        """One outbox item."""
        ...

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of a stored attachment."""
        ...

    def jotting(self, application_id: ApplicationId, person: str) -> Jotting:
        """What a person wrote at an application and sent nowhere yet."""
        ...

    def company(self, customs_code: str) -> Company | None:
        """A company as last heard from the gateway."""
        ...

    def companies(self) -> tuple[Company, ...]:
        """All companies that are known here, by customs code."""
        ...

    def calendar(self, port: str) -> WorkingCalendar | None:
        """All that is known here of a port's calendar."""
        ...

    def calendars(self) -> Mapping[str, WorkingCalendar]:
        """All that is known here of calendars, by the ports' codes."""
        ...

    def setting(self, name: str) -> str | None:
        """A remembered choice."""
        ...

    def journal(self, application_id: ApplicationId | None = None, limit: int = 1000) -> tuple[JournalEntry, ...]:
        """The journal's newest entries, newest first; of one application or of all (B17)."""
        ...


class StoreWriter(Protocol):
    """The store thread's door: every call returns at once; its Future is done once the commit has returned.

    Futures fail with STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED; after a commit the events are published.
    """

    def save_draft(self, application: Application, person: str, at: datetime) -> Future[ApplicationRecord]:
        """Keep the newest revision of a draft (B2).

        Fails with STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX if it isn't one, APPLICATION_UNKNOWN if it was deleted.
        """
        ...

    def delete_draft(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """Delete a draft here, kept for 30 days, and later at the gateway where that may have it (S28)."""
        ...

    def request_remote_save(self, application_id: ApplicationId, person: str, at: datetime) -> Future[None]:
        """暂存: the newest revision is to be sent to the gateway (S21).

        Fails with STEP_NOT_ALLOWED, LOCKED_BY_OUTBOX if it isn't an open draft, APPLICATION_UNKNOWN.
        """
        ...

    def keep_jotting(self, application_id: ApplicationId, person: str, jotting: Jotting, at: datetime) -> Future[None]:
        """Keep the newest of what a person wrote at an application and sent nowhere yet (B2)."""
        ...

    def put_attachment(self, sha256: str, content: bytes) -> Future[None]:
        """Copy an attachment's bytes into the store; a repeat is a no-op."""
        ...

    def enqueue(self, item: OutboxItem, revision: int) -> Future[None]:
        """Put a finished submission into the outbox in one transaction with its application's lock.

        Fails with REVISION_STALE when the application has left `revision`, LOCKED_BY_OUTBOX when another is open,
        STEP_NOT_ALLOWED when its status forbids the step by now, APPLICATION_UNKNOWN, ATTACHMENTS_MISSING.
        """
        ...

    def withdraw(self, item_id: ItemId) -> Future[None]:
        """撤回. Fails with STEP_NOT_ALLOWED once an attempt was begun."""
        ...

    def remember_company(self, company: Company) -> Future[None]:
        """Keep a company for offline use."""
        ...

    def remember_calendar(self, port: str, calendar: WorkingCalendar) -> Future[None]:
        """Merge what the gateway published of a port; newer days win."""
        ...

    def remember_setting(self, name: str, value: str) -> Future[None]:
        """Keep a choice."""
        ...

    def merge_records(self, records: Sequence[ApplicationRecord]) -> Future[None]:
        """Take over what the gateway says of applications; never touches a draft that is newer here."""
        ...


class SyncStore(Protocol):
    """A sync thread's own connection; every call commits before it returns and then publishes what it changed.

    Raises STORE_* and what is told below. Several programs may be at work on one store: whoever sends begins and ends
    its turn.
    """

    def begin_sending(self) -> bool:
        """Begin a turn; False while another program of the profile has one. Then nothing may be sent.

        What a crash left SENDING is UNKNOWN from then on. A program that hangs loses its turn after some minutes.
        """
        ...

    def end_sending(self) -> None:
        """End the turn."""
        ...

    def due_item(self, owner: str, now: datetime) -> OutboxItem | None:
        """The owner's item that is due: open, first enqueued of its application's open ones, and not TOO_LATE.

        Of several the one tried least, then the one due first, so that a bad one does not hold up the others. An item
        that a crash left SENDING is due at once.
        """
        ...

    def next_due(self, owner: str) -> datetime | None:
        """When the next item of the owner is due."""
        ...

    def claim(self, item_id: ItemId) -> OutboxItem:
        """Mark SENDING, attempts + 1, before the socket opens. Raises STEP_NOT_ALLOWED once it was withdrawn."""
        ...

    def postpone(self, item_id: ItemId, state: ItemState, until: datetime, error: str) -> None:
        """An attempt ended without an answer."""
        ...

    def finish(self, item_id: ItemId, answer: Answer) -> None:
        """An answer arrived: item ended, receipt kept, application moved on in one transaction; repeats are no-ops."""
        ...

    def refuse(self, item_id: ItemId, code: str, text: str, at: datetime) -> None:
        """The gateway turned the submission away for good without a receipt of its own (a forged, stale, alien one).

        The item ends REFUSED with `code` as its last error, the application is unlocked and otherwise unchanged, the
        refusal is kept as a receipt (拒收) with this text; a repeat is a no-op.
        """
        ...

    def take_receipts(self, page: ReceiptPage) -> int:
        """Keep receipts, new statuses and cursor in one transaction; answers how many were new.

        A page that begins anew begins a recount: receipts known here are known again as they come. The empty page at
        its end ends it; what did not come again is kept, and a remark (GATEWAY_FORGOT) tells of each application whose
        life is not over that the gateway's books lack something of it. Nothing is sent again because of it but drafts.
        """
        ...

    def newest_receipt(self) -> Receipt | None:
        """The receipt of the highest number in the gateway's books as they are known here."""
        ...

    def is_recounting(self) -> bool:
        """Whether receipts are fetched anew and what is missing is not known yet."""
        ...

    def cursor(self) -> int:
        """The cursor of the last receipt taken, 0 at first."""
        ...

    def attachment(self, sha256: str) -> bytes | None:
        """The bytes of a stored attachment."""
        ...

    def unsent_draft(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationRecord | None:
        """A draft of the owner that the clerk asked to save at the gateway, which lacks its newest revision.

        `passed_over`: drafts that can't be sent for now and must not hold up the others.
        """
        ...

    def draft_sent(self, record: ApplicationRecord) -> None:
        """The gateway has this revision of a draft and gave it its pre-entry number."""
        ...

    def draft_refused(self, application_id: ApplicationId, error: YuyueError) -> None:
        """The gateway does not take a draft as it is; publishes SaveFailed, in every program on the store."""
        ...

    def unsent_deletion(self, owner: str, passed_over: Collection[ApplicationId] = ()) -> ApplicationId | None:
        """The draft that the owner deleted here first of those that the gateway may still have (S28).

        None while an `unsent_draft` that was asked for earlier goes first. `passed_over`: as there.
        """
        ...

    def deletion_sent(self, application_id: ApplicationId) -> None:
        """The draft is gone at the gateway; a repeat is a no-op."""
        ...

    def deletion_refused(self, application_id: ApplicationId, code: str, text: str, at: datetime) -> None:
        """The gateway keeps the draft for good, so it stands here again as it was, and is not to be saved there.

        The refusal is kept as a receipt (拒收) with this text; a repeat is a no-op.
        """
        ...


class PdfPort(Protocol):
    """Checks PDF files apart from the window: a hostile one can't take it along."""

    def check(self, name: str, content: bytes, limits: AttachmentLimits) -> Future[PdfReport]:
        """Measure a file and find all that breaks S19. Fails with PDF_PROCESS_MISSING where no check is possible."""
        ...


class PdfView(Protocol):
    """A PDF that somebody looks at; calls return at once, and a hostile file can't take the window along."""

    def sizes(self) -> Future[tuple[PageSize, ...]]:
        """The size of every page. Fails with PDF_NOT_SHOWN where no page can be shown."""
        ...

    def draw(self, page: int, width: int) -> Future[PageImage]:
        """Draw a page (the first is 0) about `width` pixels wide; may be cancelled. Fails with PDF_PAGE_NOT_SHOWN."""
        ...

    def close(self) -> None:
        """Nobody looks any more: what is under way ends, a repeat is a no-op."""
        ...


class PdfViewer(Protocol):
    """Opens PDF files to look at."""

    def open(self, name: str, content: bytes) -> PdfView:
        """Begin to look at a file; the caller closes the view."""
        ...


class Releases(Protocol):
    """Where new versions are told of."""

    def newest(self) -> Release:
        """The newest version told of. Blocks. Raises YuyueError(NEW_VERSION_UNKNOWN)."""
        ...


class KeyVault(Protocol):
    """Where the store's key is kept between runs (architecture.md, Keys and people)."""

    def load(self, profile: str) -> bytes | None:
        """The 32 bytes, None where none is kept. Raises KEY_STORE_UNAVAILABLE."""
        ...

    def keep(self, profile: str, key: bytes) -> None:
        """Keep the 32 bytes. Raises KEY_STORE_UNAVAILABLE."""
        ...
