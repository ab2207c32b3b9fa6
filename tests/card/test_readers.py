"""What a change of the readers means for a card in use, and that the reader service is heard."""

from __future__ import annotations

import queue

import pytest

from tests.card.rig.cards import CardName
from tests.card.rig.rig import CardRig
from yuyue_desktop.card.readers import Readers, ReaderState, ReaderWatch, any_card, is_use_ended

FIRST, SECOND = "Virtual PCD 00 00", "Virtual PCD 00 01"
EMPTY, GONE = ReaderState(has_card=False, changes=0), ReaderState(has_card=False, changes=2)
IN, SWAPPED = ReaderState(has_card=True, changes=1), ReaderState(has_card=True, changes=3)
WAIT_S = 20


@pytest.mark.parametrize(
    ("now", "in_use", "is_ended"),
    [
        ({FIRST: IN, SECOND: EMPTY}, FIRST, False),
        ({FIRST: IN, SECOND: IN}, FIRST, False),
        ({FIRST: IN, SECOND: IN}, "", False),
        ({FIRST: SWAPPED, SECOND: EMPTY}, FIRST, True),
        ({FIRST: SWAPPED, SECOND: EMPTY}, "", True),
        ({FIRST: GONE, SECOND: EMPTY}, FIRST, True),
        ({SECOND: EMPTY}, FIRST, True),
        ({}, FIRST, True),
    ],
)
def test_a_card_is_in_use_until_its_own_reader_changes(now: Readers, in_use: str, *, is_ended: bool) -> None:
    assert is_use_ended({FIRST: IN, SECOND: EMPTY}, now, in_use) is is_ended


def test_another_reader_may_lose_its_card() -> None:
    both, one = {FIRST: IN, SECOND: IN}, {FIRST: IN, SECOND: GONE}
    assert not is_use_ended(both, one, FIRST)
    assert is_use_ended(both, one, "a slot of no reader's name")


def test_a_driver_names_a_reader_by_its_first_characters() -> None:
    long = "Vendor Reader " * 8
    assert is_use_ended({long: IN}, {long: SWAPPED}, long[:64])
    assert not is_use_ended({long: IN, "other": IN}, {long: IN}, long[:64])


@pytest.mark.card_rig
def test_the_reader_service_is_heard_and_found_again(rig: CardRig, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in rig.environment.items():
        monkeypatch.setenv(name, value)
    told: queue.SimpleQueue[Readers] = queue.SimpleQueue()

    def wait_for(*, has_card: bool, readers: int) -> None:
        while True:
            heard = told.get(timeout=WAIT_S)
            if any_card(heard) is has_card and len(heard) == readers:
                return

    watch = ReaderWatch()
    watch.start(told.put)
    wait_for(has_card=False, readers=2)
    rig.insert(CardName.ON_CURVE, slot=1)
    wait_for(has_card=True, readers=2)
    rig.remove(slot=1)
    wait_for(has_card=False, readers=2)
    rig.kill_service()
    wait_for(has_card=False, readers=0)
    rig.start_service()
    wait_for(has_card=False, readers=2)
