"""Each company's feed of receipts: order, cursors, long poll (S32)."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

from tests.gateway.clerk import Clerk, new_application
from tests.gateway.conftest import RunningOffice, StartOffice
from yuyue_desktop.domain.application import Status, Step
from yuyue_desktop.wire.messages import Receipts
from yuyue_practice.officer import OfficerMode
from yuyue_practice.records import receipts as feed


def test_cursors_ascend_and_nothing_comes_twice(start_office: StartOffice) -> None:
    clerk = start_office(OfficerMode.AUTO).clerk("yunling")
    clerk.sign_in_with_card()
    wanted = {clerk.declare(new_application()).receipt.application_id for _ in range(4)}
    seen: list[tuple[int, str, Status]] = []
    while len(seen) < 12:
        page = clerk.receipts(seen[-1][0] if seen else 0, wait_s=10)
        assert page.receipts, "no receipt came in time"
        seen += [(receipt.cursor, receipt.application_id, receipt.status) for receipt in page.receipts]
    assert all(later[0] > earlier[0] for earlier, later in pairwise(seen))
    for application_id in wanted:
        statuses = [status for _, of, status in seen if of == application_id]
        assert statuses == [Status.DECLARED, Status.ACCEPTED, Status.APPROVED]


def test_a_page_has_a_limit_and_the_cursor_goes_on(clerk: Clerk) -> None:
    for _ in range(3):
        clerk.declare(new_application())
    whole = clerk.receipts()
    assert feed.PAGE > len(whole.receipts) == 3
    rest = clerk.receipts(whole.receipts[0].cursor)
    assert rest.receipts == whole.receipts[1:]
    assert rest.cursor == whole.cursor
    assert {record.application.id for record in rest.records} == {receipt.application_id for receipt in rest.receipts}


def test_a_long_poll_wakes_within_a_second(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    clerk.declare(application)
    cursor = clerk.receipts().cursor
    answers: list[tuple[float, Receipts]] = []
    waiting = by_hand.clerk()
    waiting.grant = clerk.grant

    def wait() -> None:
        page = waiting.receipts(cursor, wait_s=20)
        answers.append((time.monotonic(), page))

    thread = threading.Thread(target=wait)
    thread.start()
    # Saving is a commit too: the poll looks, finds nothing for it, and waits on.
    clerk.save(new_application())
    begun = time.monotonic()
    by_hand.office.officer.answer(application.id, Step.ACCEPT)
    thread.join(timeout=20)
    ((ended, page),) = answers
    assert ended - begun < 10
    assert [receipt.status for receipt in page.receipts] == [Status.ACCEPTED]


def test_a_long_poll_ends_with_its_time(clerk: Clerk) -> None:
    begun = time.monotonic()
    page = clerk.receipts(0, wait_s=0.3)
    assert page.receipts == []
    assert page.cursor == 0
    assert 0.3 <= time.monotonic() - begun < 5


def test_many_may_wait_at_once(clerk: Clerk, by_hand: RunningOffice) -> None:
    application = new_application()
    clerk.declare(application)
    cursor = clerk.receipts().cursor
    pages: list[Receipts] = []
    waiting = [by_hand.clerk() for _ in range(20)]
    for other in waiting:
        other.grant = clerk.grant
    threads = [threading.Thread(target=lambda c=c: pages.append(c.receipts(cursor, wait_s=20))) for c in waiting]
    for thread in threads:
        thread.start()
    by_hand.office.officer.answer(application.id, Step.ACCEPT)
    for thread in threads:
        thread.join(timeout=20)
    assert [page.receipts[0].status for page in pages] == [Status.ACCEPTED] * 20


def test_the_trader_gets_answers_but_neither_drafts_nor_refusals(clerk: Clerk, by_hand: RunningOffice) -> None:
    trader = by_hand.clerk("chengjiang")
    trader.sign_in_with_card()
    application = new_application()
    clerk.save(application)
    clerk.declare(new_application(window_start="2026-09-29T10:00"))
    assert len(clerk.receipts().receipts) == 1
    assert trader.receipts().receipts == []
    clerk.declare(application)
    page = trader.receipts()
    assert [receipt.status for receipt in page.receipts] == [Status.DECLARED]
    assert page.records[0].application.id == application.id


def test_others_get_nothing(clerk: Clerk, by_hand: RunningOffice) -> None:
    clerk.declare(new_application())
    other = by_hand.clerk("weizhuce")
    other.sign_in_with_card()
    assert other.receipts().receipts == []
