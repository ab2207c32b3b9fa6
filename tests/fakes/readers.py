"""A reader service in memory (domain.ports.ReaderService), and the check of a card beside it."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

from yuyue_desktop.domain.card import ReaderSurvey, ServiceState
from yuyue_desktop.domain.ports import Clock
from yuyue_desktop.services.card_findings import CardCheck
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.card_way import WayInUse

ONE_READER = ReaderSurvey(ServiceState.RUNNING, ("ACS ACR39U 00 00",))


@dataclass
class FakeReaders:
    """Says what the hand has set."""

    says: ReaderSurvey = ONE_READER

    def survey(self) -> ReaderSurvey:
        return self.says


def card_check(card: CardSession, clock: Clock, workers: Executor, readers: FakeReaders | None = None) -> CardCheck:
    """The check of a card that is reached by a driver."""
    return CardCheck(
        card=card,
        readers=readers or FakeReaders(),
        way=lambda: WayInUse(is_by_control=False, driver="/drivers/card.so"),
        clock=clock,
        workers=workers,
    )
