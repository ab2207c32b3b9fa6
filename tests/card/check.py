"""The check of the way to a card on its real parts: client, card process, survey process; knows no test."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tests.store.parts import NOW, SetClock
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.card.routes import ControlRoute, DriverRoute, Route
from yuyue_desktop.card.survey import SurveyProcess
from yuyue_desktop.services.card_findings import CardCheck, CardPart, Finding, Standing
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.card_way import WayInUse
from yuyue_desktop.wire.envelope import JwsCodec

COMMAND = (sys.executable, "-m", "yuyue_desktop.card.process")
WAIT_S = 60.0


@dataclass
class Checked:
    """A way to a card that can be looked at as often as one likes."""

    check: CardCheck
    clock: SetClock

    def findings(self) -> dict[CardPart, Finding]:
        return {found.part: found for found in self.check.findings().result(WAIT_S)}

    def standings(self) -> dict[CardPart, Standing]:
        return {part: found.standing for part, found in self.findings().items()}


@contextmanager
def checked(route: Route, environment: Mapping[str, str], now: datetime = NOW) -> Iterator[Checked]:
    """The way, as the program wires it."""
    limits = TimeLimits(read_s=20.0)
    clock = SetClock(now)
    client = CardClient(
        command=COMMAND, route=route, publish=lambda _event: None, environment=environment, limits=limits
    )
    with ThreadPoolExecutor(2) as workers:
        check = CardCheck(
            card=CardSession(client, JwsCodec(), workers, lambda _event: None),
            readers=SurveyProcess(COMMAND, environment, WAIT_S),
            way=lambda: _way(route),
            clock=clock,
            workers=workers,
        )
        yield Checked(check, clock)
        client.close()


def _way(route: Route) -> WayInUse:
    if isinstance(route, ControlRoute):
        return WayInUse(is_by_control=True)
    assert isinstance(route, DriverRoute)
    return WayInUse(is_by_control=False, driver=str(route.module or ""))
