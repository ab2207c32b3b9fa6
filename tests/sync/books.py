"""Holds a store against customs' books: what each may say of an application, given the other; changes neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.life import legal
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status, is_earlier
from yuyue_desktop.domain.limits import DELETED_DRAFT_KEPT
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, ApplicationBody
from yuyue_practice.database import Database
from yuyue_practice.models import ApplicationRow, SubmissionRow
from yuyue_practice.records.receipts import receipts_of

ENDED = frozenset({ItemState.DONE, ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.TOO_LATE})


@dataclass(frozen=True)
class Page:
    """One application as customs has it; `submissions` are the answered ones: their step, and whether accepted."""

    status: Status
    content: Application
    is_deleted: bool
    receipts: tuple[Receipt, ...]
    submissions: dict[str, tuple[str, bool]]


def read_books(database: Database, declarant: str) -> dict[str, Page]:
    """A company's applications at customs by their ids."""
    with database.reading() as session:
        rows = session.scalars(select(ApplicationRow).where(ApplicationRow.declarant == declarant)).all()
        return {row.id: _page(session, row) for row in rows}


def _page(session: Session, row: ApplicationRow) -> Page:
    submitted = session.scalars(select(SubmissionRow).where(SubmissionRow.application_id == row.id))
    return Page(
        Status(row.status),
        messages.to_application(messages.decode(row.content.encode(), ApplicationBody)),
        row.is_deleted,
        receipts_of(session, row.id),
        {each.id: (each.step, messages.decode(each.answer.encode(), AnswerBody).is_accepted) for each in submitted},
    )


def look_at_page(page: Page, signed: Collection[str]) -> None:
    """Customs took each step of an application once, by legal ways, in time, and only what the clerk signed."""
    accepted = Counter(step for step, is_accepted in page.submissions.values() if is_accepted)
    assert max(accepted.values(), default=0) <= 1
    assert set(page.submissions) <= set(signed)
    refusals = sum(receipt.kind is ReceiptKind.REFUSAL for receipt in page.receipts)
    assert refusals == len(page.submissions) - accepted.total()
    start = page.content.window_moment()
    for receipt in page.receipts:
        assert receipt.status is not Status.CANCELLED or (start is not None and receipt.at < start)
    reached = [Status.DRAFT, *(receipt.status for receipt in page.receipts)]
    for before, after in pairwise(reached):
        assert before is after or after.word in legal(before).values()


def look_at_record(reader: Reader, record: ApplicationRecord, typed: Application, page: Page | None) -> None:
    """What was typed is there; status and receipts are customs' own, and never ahead of it."""
    if record.status is Status.DRAFT:
        assert record.application == typed
    else:
        assert page is not None
        assert record.application == page.content
        assert record.status in {receipt.status for receipt in page.receipts}
        assert not is_earlier(page.status, record.status)
    of_customs = {receipt.cursor: receipt for receipt in (page.receipts if page else ())}
    for receipt in reader.receipts(record.id):
        assert receipt.cursor < 0 or of_customs[receipt.cursor] == receipt


def look_at_deleted(reader: Reader, typed: Application, deleted_at: datetime, now: datetime) -> None:
    """A deleted draft can be taken up again for thirty days (S28)."""
    kept = {record.id: record.application for record in reader.deleted_drafts(typed.declarant)}
    if now - deleted_at < DELETED_DRAFT_KEPT:
        assert kept[typed.id] == typed


def compare(reader: Reader, application_id: ApplicationId, page: Page | None) -> None:
    """Everything was sent and every receipt fetched: both tell the same."""
    record = reader.record(application_id)
    if record is None:
        assert page is None or page.is_deleted
        return
    told = {receipt for receipt in reader.receipts(application_id) if receipt.cursor > 0}
    assert told == set(page.receipts if page else ())
    assert record.status is (page.status if page else Status.DRAFT)


def end_of(reader: Reader, item_id: ItemId, page: Page | None) -> str:
    """How something signed has ended, which is how it ended at customs; empty once its draft is gone for good."""
    item = reader.item(item_id)
    if item is None:
        assert page is None or page.is_deleted
        return ""
    assert item.state in ENDED, item
    submissions: Mapping[str, tuple[str, bool]] = page.submissions if page else {}
    is_accepted = submissions[item_id][1] if item_id in submissions else None
    assert (item.state is ItemState.DONE) == bool(is_accepted)
    assert is_accepted is None or item.state in (ItemState.DONE, ItemState.REFUSED)
    return item.state.value
