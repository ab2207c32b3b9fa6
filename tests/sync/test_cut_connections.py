"""Real connections to a real office, cut at every point of a submission: it is there once, with one receipt (B2)."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace

import pytest

from tests.documents.pdfs import make_pdf
from tests.fakes.sync_store import FakeSyncStore
from tests.gateway.clerk import attachment, new_application
from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.gateway.practice_card import MemoryCard
from tests.sync.cutting_proxy import CuttingProxy
from yuyue_desktop.domain.application import Application, Step
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import Tokens
from yuyue_desktop.sync.engine import SyncEngine
from yuyue_desktop.sync.link import Link
from yuyue_practice.seed import DECLARANT, PASSWORD

pytestmark = pytest.mark.thorough

__all__ = ["fresh_office", "start_office"]

USER, CARD_NUMBER = "yunling", "8600000000001"
COARSE_BYTES, FINE_BYTES = 2000, 200
ANSWER_BYTES = 1000
"""The end of the conversation is the answer: it is cut more finely."""


class Sender:
    """An engine behind the proxy, with one item in its outbox."""

    def __init__(self, running: RunningOffice, card: MemoryCard, proxy: CuttingProxy) -> None:
        self.clock = GatewayClock(lambda _: None)
        address = running.office.address
        certificate = running.office.authorities.gateway.identity.certificate
        place = GatewayPlace(address, (certificate,), proxies=lambda _address: {"https": proxy.url})
        self.gateway = HttpGateway(place, self.clock, Tokens())
        self.store = FakeSyncStore()
        self.engine = SyncEngine(
            store=self.store,
            gateway=self.gateway,
            clock=self.clock,
            link=Link(self.clock, lambda _: None, lambda: 0.0),
            jitter=lambda: 0.0,
        )
        self.engine.owner = USER
        self._address, self._card = address, card

    def enqueue(self, application: Application) -> ItemId:
        """Sign a declaration into the outbox."""
        now = self.gateway.time().replace(microsecond=0)
        item_id = ItemId(str(uuid.uuid4()))
        files = application.attachments
        made = Submission(
            item_id, self._address, Step.DECLARE, application.id, 1, now, DECLARANT, application, attachments=files
        )
        digests = tuple(file.sha256 for file in files)
        jws = self._card.submission(made)
        self.store.add(OutboxItem(item_id, application.id, Step.DECLARE, USER, jws, digests, ItemState.WAITING, now))
        return item_id

    def run(self, item_id: ItemId) -> None:
        """Send until the item has ended."""
        for _ in range(50):
            self.engine.hurry()
            self.engine.tick()
            if not self.store.items[item_id].state.is_open:
                return
        raise AssertionError(self.store.items[item_id])


def test_a_submission_survives_a_cut_anywhere(start_office: StartOffice) -> None:
    running = start_office()
    card = running.card(CARD_NUMBER)
    sizes = itertools.count(3000)
    repaired = 0

    def send(budget: int | None) -> OutboxItem:
        """One declaration through a first connection that is cut after so many bytes."""
        pdf = make_pdf([next(sizes)])
        file = attachment(pdf)
        sender = Sender(running, card, proxy)
        sender.store.files[file.sha256] = pdf
        item_id = sender.enqueue(replace(new_application(), attachments=(file,)))
        sender.gateway.close()
        proxy.carried = 0
        if budget is not None:
            proxy.budgets.append(budget)
        sender.run(item_id)
        sender.gateway.close()
        return sender.store.items[item_id]

    with CuttingProxy() as proxy:
        assert send(None).state is ItemState.DONE
        whole = proxy.carried
        budgets = [*range(200, whole - ANSWER_BYTES, COARSE_BYTES), *range(whole - ANSWER_BYTES, whole, FINE_BYTES)]
        for budget in budgets:
            item = send(budget)
            assert item.state is ItemState.DONE, item
            # The answer was lost and asked for: one attempt, and yet an error on the way.
            repaired += item.attempts == 1 and item.last_error != ""
        assert proxy.cuts > len(budgets) // 2
    clerk = running.clerk(USER)
    clerk.sign_in_with_password(USER, PASSWORD)
    told = [receipt.application_id for receipt in clerk.receipts().receipts if not receipt.code]
    assert len(told) == len(set(told)) == len(budgets) + 1
    assert repaired > 0
