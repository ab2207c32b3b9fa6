"""GET /receipts: a company's receipts after a cursor, held open until there is one (S32)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Annotated

from litestar import Controller, get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import structs

from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import LONGEST_WAIT_S, Receipts
from yuyue_practice.document import REFUSALS
from yuyue_practice.office import Office
from yuyue_practice.records import applications
from yuyue_practice.records.receipts import is_in_books, receipts_after
from yuyue_practice.registry.accounts import Person
from yuyue_practice.routes.access import RECEIVING, SECURITY

Cursor = Annotated[int, QueryParameter(ge=0, le=2**53)]
Known = Annotated[int, QueryParameter(ge=0, le=2**53, description="the highest number known to the caller")]
Mark = Annotated[str, QueryParameter(max_length=64, description="what the caller knows the receipt of that number by")]
Wait = Annotated[float, QueryParameter(ge=0, description=f"seconds, at most {LONGEST_WAIT_S:g}")]


class ReceiptController(Controller):
    """Receipts of the caller's company."""

    tags = ("receipts",)
    security = SECURITY
    dependencies = RECEIVING

    @get("/receipts", responses=REFUSALS)
    async def receipts(
        self,
        office: NamedDependency[Office],
        person: NamedDependency[Person],
        *,
        after: Cursor = 0,
        wait: Wait = 0.0,
        known: Known = 0,
        mark: Mark = "",
    ) -> Receipts:
        """Receipts after a cursor, ascending, with the records they changed; from the first one in other books."""
        is_anew = known > 0 and not await sync_to_thread(_is_in_books, office, known, mark)
        if is_anew:
            page = await sync_to_thread(_page, office, person.customs_code, 0)
            return structs.replace(page, is_anew=True)
        ends = time.monotonic() + min(wait, LONGEST_WAIT_S)
        while True:
            news = office.bulletin.expect()
            try:
                page = await sync_to_thread(_page, office, person.customs_code, after)
                left_s = ends - time.monotonic()
                if page.receipts or not left_s > 0 or office.bulletin.is_closed:
                    return page
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), left_s)
            finally:
                office.bulletin.forget(news)


def _is_in_books(office: Office, known: int, mark: str) -> bool:
    with office.database.reading() as session:
        return is_in_books(session, known, mark)


def _page(office: Office, customs_code: str, after: int) -> Receipts:
    office.settle()
    with office.database.reading() as session:
        receipts, rows = receipts_after(session, customs_code, after)
        records = [messages.record_body(applications.record(session, row)) for row in rows]
    bodies = [messages.receipt_body(receipt) for receipt in receipts]
    return Receipts(bodies, records, bodies[-1].cursor if bodies else after)
