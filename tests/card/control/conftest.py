"""The real adapter at a practice client control: a real websocket, SM2 and RSA cards, a hand at the reader."""

from __future__ import annotations

import queue
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contracts.card import CARD_A, CARD_B, RIGHT_PIN, Desk
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.control.driver import ControlDriver, ControlLimits
from yuyue_desktop.card.control.link import ControlLink
from yuyue_desktop.card.routes import ControlRoute
from yuyue_desktop.domain.events import Event
from yuyue_practice.authority import PracticeAuthorities
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.eport.keys import EportKeyType
from yuyue_practice.eport.server import EportControl
from yuyue_practice.reader import Inserted

COMMAND = (sys.executable, "-m", "yuyue_desktop.card.process")
TRIES = 3
SHORT = ControlLimits(look_s=2.0, read_s=2.0, pin_s=2.0, sign_s=2.0)
"""For controls that answer never; those that answer do so in milliseconds."""


class CountingCards(EportCards):
    """Counts the PINs that reached a card."""

    pins_seen = 0

    def verify_pin(self, number: str, pin: str) -> None:
        self.pins_seen += 1
        super().verify_pin(number, pin)


class HandReader:
    """A reader whose card comes and goes at once."""

    def __init__(self) -> None:
        self._insertions = 0
        self._inserted: Inserted | None = None

    def inserted(self) -> Inserted | None:
        return self._inserted

    def insert(self, number: str) -> None:
        self._insertions += 1
        self._inserted = Inserted(number, self._insertions)

    def pull(self) -> None:
        self._inserted = None


@dataclass
class Practice:
    """A control that serves, with card A in its reader."""

    control: EportControl
    reader: HandReader
    cards: CountingCards


@pytest.fixture(scope="session")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> PracticeAuthorities:
    return PracticeAuthorities(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def key_type() -> EportKeyType:
    """The contract runs with every kind of key, the faults with this one."""
    return EportKeyType.SM2


@pytest.fixture
def practice(authorities: PracticeAuthorities, key_type: EportKeyType, tmp_path: Path) -> Iterator[Practice]:
    cards = CountingCards(tmp_path / "cards", authorities.cards, key_type, TRIES)
    for number in (CARD_A, CARD_B):
        cards.new_card(number, "北京练习进出口有限公司", "王芳", RIGHT_PIN)
    reader = HandReader()
    reader.insert(CARD_A)
    control = EportControl(reader, cards)
    yield Practice(control, reader, cards)
    control.stop()


@pytest.fixture
def driver(practice: Practice) -> Iterator[ControlDriver]:
    """The adapter alone, without its process, with short limits."""
    link = ControlLink(practice.control.address)
    yield ControlDriver(link, SHORT)
    link.close()


@pytest.fixture
def desk(practice: Practice) -> Iterator[Desk]:
    """The whole adapter, in its process."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = CardClient(command=COMMAND, route=ControlRoute(practice.control.address), publish=events.put)
    yield Desk(client, practice.reader.insert, practice.reader.pull, lambda: practice.cards.pins_seen, events)
    client.close()
