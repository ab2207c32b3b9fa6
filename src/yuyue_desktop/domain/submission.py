"""What is signed: one step of one application at one gateway, and how a gateway answers it; knows no encoding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, Step
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Submission:
    """The content of one signed submission (architecture.md, The envelope).

    `gateway` is the gateway's address, so that it can't be replayed to another; `signed_at` is China Standard Time.
    `application` is there for DECLARE, `declaration_numbers` for FEED_BACK, `explanation` for EXPLAIN; `attachments`
    are the files that travel with it, by SHA-256.
    """

    id: ItemId
    gateway: str
    step: Step
    application_id: ApplicationId
    revision: int
    signed_at: datetime
    declarant: str
    application: Application | None = None
    declaration_numbers: tuple[str, ...] = ()
    explanation: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong: `code` of errors.Code, `field` of the catalogue or empty, Chinese `text`."""

    code: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The gateway's one answer to a submission id: accepted with a receipt, or refused at the door with one (拒收)."""

    is_accepted: bool
    receipt: Receipt
    findings: tuple[Finding, ...] = ()
