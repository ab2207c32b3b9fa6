"""What customs answered and when (S32); knows nothing of how answers travel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yuyue_desktop.domain.application import ApplicationId, Status


class ReceiptKind(StrEnum):
    """A change of status, a remark without one, or a refusal at the door (拒收)."""

    STATUS = "status"
    REMARK = "remark"
    REFUSAL = "refusal"


REFUSAL_TITLE = "拒收"
_MARK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answer of customs.

    `cursor` is the gateway's running number, unique in its books and ascending; `status` the application's status after
    the answer; `text` what customs writes; `code` the rule's code of a refusal, else empty; `at` China Standard Time.
    """

    cursor: int
    application_id: ApplicationId
    kind: ReceiptKind
    status: Status
    at: datetime
    text: str
    code: str = ""
    pre_entry_number: str = ""
    application_number: str = ""

    @property
    def word(self) -> str:
        """The word that the receipt's chip shows."""
        return REFUSAL_TITLE if self.kind is ReceiptKind.REFUSAL else self.status.word

    @property
    def mark(self) -> str:
        """What tells it from another that was given the same number: a gateway's books may be restored."""
        told = f"{self.application_id} {self.kind} {self.status} {self.at.isoformat()} {self.code}"
        return hashlib.sha256(told.encode()).hexdigest()[:_MARK_DIGITS]
