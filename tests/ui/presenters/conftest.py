"""What every presenter's test works with: an office in memory, a real store, and a window."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.gateway import FakeGateway, FakeOffice
from tests.store.parts import OpenStore, SetClock
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.presenters.surface import Surface

NOW = datetime(2026, 9, 23, 14, 36)
HOURS = (Period(510, 720), Period(780, 1050))
HOLIDAY = date(2026, 9, 25)
COMPANY = Company("1101919107", "110152361011152450", "1100600001", "中国山货花卉进出口公司", Grade.GENERAL)
SESSION = Session(Way.ACCOUNT, "yunling", "云岭", COMPANY, "", NOW)


def calendar() -> WorkingCalendar:
    """Two months around NOW, Mid-Autumn off, published to the 28th of September."""
    days = [date(2026, 8, 1) + timedelta(days=count) for count in range(59)]
    return WorkingCalendar(days[0], days[-1], {day: HOURS for day in days if day.weekday() < 5 and day != HOLIDAY})


@dataclass
class Desk:
    """A clerk's machine: the window it shows things in and what is behind it."""

    surface: Surface
    clock: SetClock
    store: OpenStore
    office: FakeOffice
    gateway: FakeGateway
    workers: ThreadPoolExecutor
    remembered: Remembered = field(init=False)

    def __post_init__(self) -> None:
        self.remembered = Remembered(self.store.reader, self.store.writer)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    clock = SetClock(NOW)
    store = OpenStore(tmp_path / "profile", clock)
    office = FakeOffice(now=NOW, calendars={"2210": calendar()}, accounts={"yunling": ("secret", SESSION)})
    gateway = FakeGateway(office)
    gateway.sign_in_with_password("yunling", "secret")
    window = QWidget()
    window.resize(1162, 654)
    qtbot.addWidget(window)
    bridge = EventBridge()
    surface = Surface(Look(), window, bridge, clock)
    with ThreadPoolExecutor(1) as workers:
        yield Desk(surface, clock, store, office, gateway, workers)
    bridge.close()
    store.close()
