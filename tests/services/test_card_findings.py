"""What is told of each part of the way to the card: the first that fails explains those behind it (B12)."""

from __future__ import annotations

from datetime import date

import pytest

from yuyue_desktop.domain.card import (
    CardFacts,
    CardHolder,
    PinState,
    ReaderSurvey,
    ServiceState,
    SignatureAlgorithm,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.services.card_findings import CardPart, Sight, Standing, findings
from yuyue_desktop.services.card_session import CardOnShow
from yuyue_desktop.services.card_way import WayInUse

TODAY = date(2026, 9, 23)
DRIVER, CONTROL = WayInUse(is_by_control=False, driver=r"C:\Windows\System32\WDPKCS.dll"), WayInUse(is_by_control=True)
READERS = ("ACS ACR39U 0",)
EMPTY = ReaderSurvey(ServiceState.RUNNING, READERS)
FULL = ReaderSurvey(ServiceState.RUNNING, READERS, READERS)
NO_READER = ReaderSurvey(ServiceState.RUNNING)
AWAY, SILENT, NOT_ASKED = (
    ReaderSurvey(state) for state in (ServiceState.AWAY, ServiceState.SILENT, ServiceState.NOT_ASKED)
)
FINE, WARNING, FAILED, UNKNOWN = Standing
NO_CONTROL, INCOMPLETE = Code.CARD_CONTROL_MISSING, Code.CARD_DRIVER_INCOMPLETE


def card(pin_state: PinState = PinState.FINE, first: str = "2024-01-01", last: str = "2030-01-01") -> CardOnShow:
    facts = CardFacts(1, "s", b"", (SignatureAlgorithm.RS256,), pin_state)
    return CardOnShow(facts, CardHolder("8600", "公司", "王芳", first, last))


def standings(sight: Sight) -> list[Standing]:
    return [found.standing for found in findings(sight)]


def codes(sight: Sight) -> dict[CardPart, Code]:
    return {found.part: found.code for found in findings(sight) if found.code is not None}


@pytest.mark.parametrize(
    ("way", "survey", "seen", "expected", "code"),
    [
        (DRIVER, FULL, card(), [FINE] * 5, None),
        (DRIVER, AWAY, card(), [FINE] * 5, None),
        (DRIVER, NO_READER, card(), [FINE] * 5, None),
        (DRIVER, NOT_ASKED, card(), [FINE] * 5, None),
        (DRIVER, EMPTY, Code.CARD_ABSENT, [FINE, FINE, FINE, FAILED, UNKNOWN], Code.CARD_ABSENT),
        (DRIVER, FULL, Code.CARD_ABSENT, [FINE, FINE, FINE, FAILED, UNKNOWN], Code.CARD_UNKNOWN_TO_DRIVER),
        (DRIVER, FULL, Code.CARD_UNREADABLE, [FINE, FINE, FINE, FAILED, UNKNOWN], Code.CARD_UNREADABLE),
        (DRIVER, NO_READER, Code.CARD_ABSENT, [FINE, FAILED, FINE, UNKNOWN, UNKNOWN], Code.READER_MISSING),
        (DRIVER, AWAY, Code.CARD_ABSENT, [FAILED, UNKNOWN, FINE, UNKNOWN, UNKNOWN], Code.READER_SERVICE_AWAY),
        (DRIVER, AWAY, Code.CARD_DRIVER_FAILED, [FAILED, *[UNKNOWN] * 4], Code.READER_SERVICE_AWAY),
        (DRIVER, SILENT, Code.CARD_ABSENT, [FAILED, UNKNOWN, FINE, UNKNOWN, UNKNOWN], Code.READER_SERVICE_SILENT),
        (DRIVER, NOT_ASKED, Code.CARD_ABSENT, [UNKNOWN, UNKNOWN, FINE, FAILED, UNKNOWN], Code.CARD_ABSENT),
        (DRIVER, EMPTY, Code.CARD_DRIVER_MISSING, [FINE, FINE, FAILED, UNKNOWN, UNKNOWN], Code.CARD_DRIVER_MISSING),
        (DRIVER, FULL, Code.CARD_DRIVER_FAILED, [FINE, FINE, FAILED, UNKNOWN, UNKNOWN], Code.CARD_DRIVER_FAILED),
        (DRIVER, FULL, INCOMPLETE, [FINE, FINE, FAILED, UNKNOWN, UNKNOWN], INCOMPLETE),
        (CONTROL, AWAY, card(), [FINE] * 5, None),
        (CONTROL, NO_READER, card(), [FINE] * 5, None),
        (CONTROL, AWAY, Code.CARD_CONTROL_MISSING, [UNKNOWN, UNKNOWN, FAILED, UNKNOWN, UNKNOWN], NO_CONTROL),
        (CONTROL, EMPTY, Code.CARD_CONTROL_SILENT, [FINE, FINE, FAILED, UNKNOWN, UNKNOWN], Code.CARD_CONTROL_SILENT),
        (CONTROL, EMPTY, Code.CARD_RESET_FAILED, [FINE, FAILED, FINE, UNKNOWN, UNKNOWN], Code.CARD_RESET_FAILED),
        (CONTROL, EMPTY, Code.CARD_READER_FAILED, [FINE, FAILED, FINE, UNKNOWN, UNKNOWN], Code.CARD_READER_FAILED),
        (CONTROL, EMPTY, Code.CARD_NOT_ACCEPTED, [FINE, FINE, FINE, FAILED, UNKNOWN], Code.CARD_NOT_ACCEPTED),
        (DRIVER, FULL, card(PinState.LOCKED), [FINE, FINE, FINE, FAILED, FINE], Code.PIN_LOCKED),
        (DRIVER, FULL, card(PinState.LAST_TRY), [FINE, FINE, FINE, WARNING, FINE], None),
        (DRIVER, FULL, card(last="2026-12-22"), [FINE, FINE, FINE, FINE, WARNING], None),
        (DRIVER, FULL, card(last="2026-09-30"), [FINE, FINE, FINE, FINE, FAILED], None),
        (DRIVER, FULL, card(last="2026-09-22"), [FINE, FINE, FINE, FINE, FAILED], Code.CERTIFICATE_INVALID),
        (DRIVER, FULL, card(first="2026-09-24"), [FINE, FINE, FINE, FINE, FAILED], Code.CERTIFICATE_INVALID),
        (DRIVER, FULL, Code.CARD_CERTIFICATE_UNKNOWN, [*[FINE] * 4, FAILED], Code.CARD_CERTIFICATE_UNKNOWN),
    ],
)  # fmt: skip
def test_each_state(
    way: WayInUse, survey: ReaderSurvey, seen: CardOnShow | Code, expected: list[Standing], code: Code | None
) -> None:
    sight = Sight(way, survey, YuyueError(seen) if isinstance(seen, Code) else seen, TODAY)
    assert standings(sight) == expected
    assert list(codes(sight).values()) == ([code] if code else [])
    assert all(found.said for found in findings(sight))


def test_an_empty_practice_reader_asks_for_no_service() -> None:
    sight = Sight(DRIVER, AWAY, YuyueError(Code.CARD_ABSENT), TODAY, is_practice_reader=True)
    assert standings(sight) == [FINE, FINE, FINE, FAILED, UNKNOWN]
    assert codes(sight) == {CardPart.CARD: Code.CARD_ABSENT}


def test_a_way_has_a_driver_or_the_control() -> None:
    for way, own, other in ((DRIVER, CardPart.MODULE, CardPart.CONTROL), (CONTROL, CardPart.CONTROL, CardPart.MODULE)):
        parts = [found.part for found in findings(Sight(way, FULL, card(), TODAY))]
        assert own in parts
        assert other not in parts
