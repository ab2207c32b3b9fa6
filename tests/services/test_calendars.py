"""口岸工作时间查询 asks the gateway, falls back on the store, and keeps what it may keep (S34, B1)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.gateway import Crash, FakeGateway, FakeOffice, Fault
from tests.store.parts import OpenStore, SetClock
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.services.calendars import CalendarAnswer, CalendarQuestion, Calendars

NOW = datetime(2026, 9, 23, 14, 36)
TODAY = NOW.date()
DAY = timedelta(days=1)
HOURS = (Period(510, 720), Period(780, 1050))
COMPANY = Company("1101919107", "110152361011152450", "1100600001", "中国山货花卉进出口公司", Grade.GENERAL)
LIMIT_S = 10


@dataclass
class Desk:
    """An office with two ports that publish and the service over a real store."""

    office: FakeOffice
    gateway: FakeGateway
    store: OpenStore
    calendars: Calendars

    def ask(self, first: date, last: date, port: str = "") -> CalendarAnswer:
        return self.calendars.ask(self.calendars.question(first, last, port)).result(LIMIT_S)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    working = {TODAY + n * DAY: HOURS for n in range(-60, 100) if (TODAY + n * DAY).weekday() < 5}
    session = Session(Way.ACCOUNT, "zhou", "周敏", COMPANY, "", NOW)
    office = FakeOffice(
        calendars={port: WorkingCalendar(TODAY - 60 * DAY, TODAY + 100 * DAY, working) for port in ("2210", "2233")},
        accounts={"zhou": ("secret", session)},
    )
    gateway = FakeGateway(office)
    gateway.sign_in_with_password("zhou", "secret")
    store = OpenStore(tmp_path / "profile")
    with ThreadPoolExecutor(1) as workers:
        calendars = Calendars(
            gateway=gateway, reader=store.reader, writer=store.writer, clock=SetClock(NOW), workers=workers
        )
        yield Desk(office, gateway, store, calendars)
    store.close()


def test_a_week_from_today_is_asked_for_first(desk: Desk) -> None:
    assert desk.calendars.preset("2210") == CalendarQuestion(TODAY, TODAY + 6 * DAY, "2210")


@pytest.mark.parametrize(
    ("first", "last", "port", "code"),
    [
        (None, TODAY, "", Code.QUERY_SPAN_REVERSED),
        (TODAY, None, "", Code.QUERY_SPAN_REVERSED),
        (None, None, "", Code.QUERY_SPAN_REVERSED),
        (TODAY, TODAY - DAY, "", Code.QUERY_SPAN_REVERSED),
        (date(1, 1, 1), date(1, 1, 2), "", Code.QUERY_SPAN_REVERSED),
        (date(9999, 12, 30), date(9999, 12, 31), "", Code.QUERY_SPAN_REVERSED),
        (TODAY, TODAY + 15 * DAY, "", Code.QUERY_SPAN_TOO_LONG),
        (TODAY, TODAY, "外高", Code.PORT_MALFORMED),
        (TODAY, TODAY, "221", Code.PORT_MALFORMED),
    ],
)
def test_what_can_not_be_asked(desk: Desk, first: date | None, last: date | None, port: str, code: Code) -> None:
    with pytest.raises(YuyueError) as refused:
        desk.calendars.question(first, last, port)
    assert refused.value.code is code


def test_fifteen_days_can_be_asked(desk: Desk) -> None:
    assert desk.ask(TODAY, TODAY + 14 * DAY).calendars["2233"].published_to == TODAY + 14 * DAY


def test_a_ports_answer_reaches_back_and_over_midnight(desk: Desk) -> None:
    answer = desk.ask(TODAY, TODAY + 6 * DAY, "2210")
    assert list(answer.calendars) == ["2210"]
    calendar = answer.calendars["2210"]
    assert (calendar.published_from, calendar.published_to) == (TODAY - 60 * DAY, TODAY + 7 * DAY)
    assert not answer.is_offline
    assert desk.store.reader.calendar("2210") == calendar


def test_without_a_port_every_port_answers(desk: Desk) -> None:
    answer = desk.ask(TODAY, TODAY + DAY)
    assert sorted(answer.calendars) == ["2210", "2233"]


def test_a_port_that_publishes_nothing_answers_nothing(desk: Desk) -> None:
    assert desk.ask(TODAY, TODAY + DAY, "3108").calendars == {}
    assert desk.ask(TODAY + 200 * DAY, TODAY + 201 * DAY, "2210").calendars == {}


@pytest.mark.parametrize("fault", [Fault.NO_LINK, Fault.BUSY, Fault.SIGN_IN])
def test_offline_the_store_answers(desk: Desk, fault: Fault) -> None:
    kept = desk.ask(TODAY, TODAY + 6 * DAY, "2210").calendars
    for port, expected in (("2210", kept), ("", kept), ("2233", {})):
        desk.gateway.faults.append(fault)
        answer = desk.ask(TODAY, TODAY + 6 * DAY, port)
        assert answer.is_offline
        assert answer.calendars == expected


def test_other_failures_are_told(desk: Desk) -> None:
    desk.gateway.faults.append(Fault.CRASH)
    with pytest.raises(Crash):
        desk.ask(TODAY, TODAY, "2210")


def test_a_far_span_does_not_drive_out_what_is_kept_around_today(desk: Desk) -> None:
    kept = desk.ask(TODAY, TODAY + 6 * DAY, "2210").calendars["2210"]
    assert desk.ask(TODAY + 80 * DAY, TODAY + 90 * DAY, "2210").calendars
    assert desk.store.reader.calendar("2210") == kept
