"""The real adapter at the rig's readers: how its process is started there; knows no test."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.card.rig.rig import OPENSC, CardRig
from tests.contracts.card import CARD_A, Desk
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.events import CardChanged, Event

COMMAND = (sys.executable, "-m", "yuyue_desktop.card.process")
LIMITS = TimeLimits(read_s=10.0, log_in_s=10.0, sign_s=10.0)


def rig_client(
    rig: CardRig, publish: Callable[[Event], None], limits: TimeLimits = LIMITS, module: Path = OPENSC
) -> CardClient:
    """The product's own client, its process among the rig's readers."""
    return CardClient(
        command=COMMAND, route=DriverRoute(module), publish=publish, environment=rig.environment, limits=limits
    )


@contextmanager
def rig_desk(rig: CardRig, card: str = CARD_A, limits: TimeLimits = LIMITS) -> Iterator[Desk]:
    """A desk with a card in the rig's first reader, seen by the adapter."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = rig_client(rig, events.put, limits)
    desk = Desk(client, rig.insert, rig.remove, rig.pins_seen, events)
    rig.insert(card)
    client.read()  # begins the process; whether the card is seen already does not matter
    while events.get(timeout=20) != CardChanged(CardState.PRESENT):
        continue
    yield desk
    client.close()
