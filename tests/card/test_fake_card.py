"""The fake card does what every CardPort does."""

from __future__ import annotations

import queue

import pytest

from tests.contracts.card import CARD_A, CARD_B, CardContract, Desk
from tests.fakes.card import FakeCard, soft_card
from yuyue_desktop.domain.events import Event


class TestFakeCard(CardContract):
    @pytest.fixture(params=[False, True], ids=["ec", "rsa"])
    def desk(self, request: pytest.FixtureRequest) -> Desk:
        cards = {number: soft_card(number, is_rsa=request.param) for number in (CARD_A, CARD_B)}
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        fake = FakeCard(events.put, cards[CARD_A])

        def pins_seen() -> int:
            return sum(len(card.pins_seen) for card in cards.values())

        return Desk(fake, lambda number: fake.insert(cards[number]), fake.pull, pins_seen, events)
