"""What sending and receiving need of the store."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports.gateway import ReceiptPage
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.submission import Answer


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
