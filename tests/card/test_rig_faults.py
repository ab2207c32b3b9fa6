"""The card inserted, pulled, swapped, locked and broken at every step, in a real reader service (S3, S4, B15)."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Iterator

import pytest

from tests.card.conftest import COMMAND, Reader
from tests.card.rig.cards import RIGHT_PIN, CardName
from tests.card.rig.rig import CardRig
from tests.card.rig.station import Station, challenge_input, is_signed_by, station, wait_until
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.card import CardState, PinState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.texts import error_words, words

pytestmark = pytest.mark.card_rig

ABSENT, PRESENT, SIGNED_IN, SIGNING = CardState


@pytest.fixture
def clerk(rig: CardRig) -> Iterator[Station]:
    """At empty readers."""
    with station(rig) as made:
        yield made


def assert_works(clerk: Station, card: CardName) -> None:
    """The card that is in can be signed in and signs, and the states say so."""
    assert clerk.session.unlocked is None
    shown = clerk.sign_in()
    assert shown.holder.card_number == card
    assert is_signed_by(clerk.sign(card), shown.facts.certificate)
    clerk.wait_for(SIGNED_IN, SIGNING, SIGNED_IN)


@pytest.mark.parametrize("card", [CardName.A, CardName.ON_CURVE])
def test_a_card_is_seen_signs_and_goes(clerk: Station, card: CardName) -> None:
    clerk.rig.insert(card)
    clerk.wait_for(PRESENT)
    assert_works(clerk, card)
    clerk.rig.remove()
    clerk.wait_for(ABSENT)
    assert clerk.session.unlocked is None
    assert clerk.sign_code() is Code.CARD_ABSENT


def test_the_same_card_back_wants_its_pin_again(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    clerk.sign_in()
    clerk.wait_for(SIGNED_IN)
    clerk.rig.remove()
    clerk.wait_for(ABSENT)
    clerk.rig.insert(CardName.A)
    clerk.wait_for(PRESENT)
    seen = clerk.rig.pins_seen()
    clerk.look()
    assert clerk.sign_code() is Code.CARD_NOT_LOGGED_IN
    assert clerk.rig.pins_seen() == seen, "no PIN is kept, and presence checks show none"
    assert_works(clerk, CardName.A)


def test_a_card_swapped_after_it_was_shown_does_not_meet_the_pin(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    shown = clerk.look()
    clerk.rig.insert(CardName.B)
    assert clerk.unlock_code(shown) is Code.CARD_CHANGED
    assert clerk.rig.pins_seen() == 0
    assert_works(clerk, CardName.B)


def test_a_card_swapped_after_signing_in_signs_nothing(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    clerk.sign_in()
    before = clerk.rig.signatures(CardName.B)
    clerk.rig.insert(CardName.B)
    # Seen while the card is asked, or told by the reader just before.
    assert clerk.sign_code() in (Code.CARD_CHANGED, Code.CARD_NOT_LOGGED_IN)
    assert clerk.session.unlocked is None
    assert clerk.rig.signatures(CardName.B) == before
    assert_works(clerk, CardName.B)


@pytest.mark.parametrize("next_card", [None, CardName.A, CardName.B])
def test_a_card_pulled_inside_verify_is_not_logged_in(clerk: Station, next_card: CardName | None) -> None:
    clerk.rig.insert(CardName.A)
    shown = clerk.look()
    clerk.rig.pull_at("VERIFY", swap_for=next_card)
    assert clerk.unlock_code(shown) in (Code.CARD_CHANGED, Code.CARD_DRIVER_FAILED)
    assert clerk.session.unlocked is None
    assert clerk.rig.pins_seen() == 0, "what was pulled never saw it, and what followed neither"
    if next_card is None:
        clerk.wait_for(ABSENT)
        clerk.rig.insert(CardName.A)
    assert_works(clerk, next_card or CardName.A)


@pytest.mark.parametrize("next_card", [None, CardName.A, CardName.B])
def test_a_card_pulled_inside_the_signature_sends_nothing(clerk: Station, next_card: CardName | None) -> None:
    clerk.rig.insert(CardName.A)
    clerk.sign_in()
    made = clerk.rig.signatures(CardName.A), clerk.rig.signatures(CardName.B)
    clerk.rig.pull_at("SIGN", swap_for=next_card)
    with pytest.raises(YuyueError) as raised:
        clerk.sign(CardName.A)
    assert "没有发出" in str(error_words(raised.value))
    assert (clerk.rig.signatures(CardName.A), clerk.rig.signatures(CardName.B)) == made
    assert clerk.session.unlocked is None
    if next_card is None:
        clerk.wait_for(SIGNED_IN, SIGNING, ABSENT)
        clerk.rig.insert(CardName.A)
    assert_works(clerk, next_card or CardName.A)


@pytest.mark.parametrize("next_card", [None, CardName.A, CardName.B])
def test_of_several_signatures_those_before_the_card_was_pulled_count(
    clerk: Station, next_card: CardName | None
) -> None:
    clerk.rig.insert(CardName.A)
    shown = clerk.sign_in()
    made = clerk.rig.signatures(CardName.A), clerk.rig.signatures(CardName.B)
    clerk.rig.pull_at("SIGN", swap_for=next_card, countdown=3)
    signed = clerk.session.sign_all([challenge_input] * 20, CardName.A)
    assert all(is_signed_by(next(signed), shown.facts.certificate) for _ in range(2))
    with pytest.raises(YuyueError) as raised:
        next(signed)
    assert "没有发出" in str(error_words(raised.value))
    assert (clerk.rig.signatures(CardName.A), clerk.rig.signatures(CardName.B)) == (made[0] + 2, made[1])
    assert clerk.session.unlocked is None


def test_a_driver_that_hangs_for_eight_seconds_is_killed_and_begun_anew(rig: CardRig) -> None:
    with station(rig, TimeLimits(read_s=20.0, log_in_s=20.0, sign_s=1.0)) as clerk:
        rig.insert(CardName.A)
        clerk.sign_in()
        hanging = clerk.client.process_id
        seen = rig.pins_seen()
        rig.pause_at("SIGN", 8.0)
        assert clerk.sign_code() is Code.CARD_NOT_SIGNED
        clerk.wait_for(SIGNED_IN, SIGNING, ABSENT, PRESENT)
        assert clerk.client.process_id != hanging
        assert rig.pins_seen() == seen, "no PIN is replayed"
        assert_works(clerk, CardName.A)


def hear(told: queue.SimpleQueue[Event], state: CardState, limit_s: float) -> None:
    """Until this is told. Raises queue.Empty."""
    while told.get(timeout=limit_s) != CardChanged(state):
        continue


def make_heard(rig: CardRig, told: queue.SimpleQueue[Event]) -> None:
    """Pull the card and put it back until that is told: the reader service may be met a moment after the driver."""
    for _ in range(10):
        rig.remove()
        try:
            hear(told, ABSENT, 3)
        except queue.Empty:
            rig.insert(CardName.A)
            continue
        rig.insert(CardName.A)
        hear(told, ABSENT, 30)
        hear(told, PRESENT, 30)
        return
    raise AssertionError("the reader service was never met")


def test_a_card_pulled_while_its_driver_hangs_is_seen_at_once(rig: CardRig, reader: Reader) -> None:
    """The driver hangs inside itself, the reader service does not."""
    with station(rig) as elsewhere:
        rig.insert(CardName.A)
        elsewhere.wait_for(PRESENT)
    told: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = CardClient(
        command=COMMAND,
        route=DriverRoute(reader.module),
        publish=told.put,
        environment=rig.environment | reader.environment,
    )
    client.read().result(30)
    make_heard(rig, told)
    facts = client.read().result(30)
    client.log_in(facts.generation, RIGHT_PIN).result(30)
    reader.begin("hang-in-C_Sign")
    signing = client.sign(facts.generation, facts.algorithms[0], [b"anything"])[0]
    wait_until((reader.folder / "hanging").exists)
    rig.remove()
    hear(told, ABSENT, 30)
    assert not signing.done()
    client.close()
    assert signing.exception(30)


def test_the_pin_locks_after_three_wrong_ones_and_says_so_before(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    shown = clerk.look()
    assert clerk.unlock_code(shown, "00000001") is Code.PIN_WRONG
    assert clerk.unlock_code(shown, "00000001") is Code.PIN_FAILED_BEFORE
    assert clerk.unlock_code(shown, "00000002") is Code.PIN_WRONG
    last = clerk.look()
    assert (last.facts.pin_state, last.facts.tries_left) == (PinState.LAST_TRY, 1)
    assert clerk.unlock_code(last, "00000003") is Code.PIN_LOCKED
    assert clerk.look().facts.pin_state is PinState.LOCKED
    assert clerk.unlock_code(clerk.look()) is Code.PIN_LOCKED
    assert clerk.session.state is PRESENT
    clerk.rig.insert(CardName.B)
    assert_works(clerk, CardName.B)


def test_a_key_that_asks_for_its_pin_each_time_signs_once_for_each(clerk: Station) -> None:
    clerk.rig.insert(CardName.EVERY_TIME)
    for _ in range(2):
        shown = clerk.sign_in()
        assert is_signed_by(clerk.sign(), shown.facts.certificate)
        clerk.wait_for(SIGNED_IN, SIGNING, PRESENT)
        assert clerk.sign_code() is Code.CARD_NOT_LOGGED_IN


def test_a_key_that_asks_for_its_pin_each_time_signs_the_first_of_several(clerk: Station) -> None:
    clerk.rig.insert(CardName.EVERY_TIME)
    shown = clerk.sign_in()
    signed = clerk.session.sign_all([challenge_input] * 3)
    assert is_signed_by(next(signed), shown.facts.certificate)
    with pytest.raises(YuyueError) as raised:
        next(signed)
    assert raised.value.code is Code.CARD_NOT_LOGGED_IN
    assert clerk.session.asks_each_time


def test_the_pin_that_waits_for_its_one_signature_meets_no_other_card(clerk: Station) -> None:
    clerk.rig.insert(CardName.EVERY_TIME)
    clerk.sign_in()
    seen = clerk.rig.pins_seen()
    clerk.rig.insert(CardName.B)
    assert clerk.sign_code() in (Code.CARD_CHANGED, Code.CARD_NOT_SIGNED)
    assert clerk.rig.pins_seen() == seen
    assert_works(clerk, CardName.B)


@pytest.mark.parametrize(("slot", "other"), [(0, 1), (1, 0)])
def test_another_reader_disturbs_nothing(clerk: Station, slot: int, other: int) -> None:
    clerk.rig.insert(CardName.A, slot)
    shown = clerk.sign_in()
    clerk.rig.insert(CardName.B, other)
    for _ in range(3):
        assert is_signed_by(clerk.sign(CardName.A), shown.facts.certificate)
    clerk.rig.remove(other)
    for _ in range(3):
        assert is_signed_by(clerk.sign(CardName.A), shown.facts.certificate)
    assert clerk.session.unlocked is shown
    clerk.rig.insert(CardName.B, other)
    clerk.rig.remove(slot)
    clerk.wait_for(SIGNED_IN, ABSENT, PRESENT)
    assert_works(clerk, CardName.B)


def test_a_reader_service_that_dies_ends_the_login_and_is_found_again(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    clerk.sign_in()
    clerk.rig.kill_service()
    clerk.wait_for(SIGNED_IN, ABSENT)
    assert clerk.sign_code() in (Code.CARD_ABSENT, Code.CARD_DRIVER_FAILED)
    clerk.rig.start_service()
    clerk.rig.insert(CardName.A)
    clerk.wait_for(PRESENT)
    assert_works(clerk, CardName.A)


@pytest.mark.parametrize("death", [signal.SIGSEGV, signal.SIGKILL])
def test_a_card_process_that_dies_is_begun_anew_without_its_login(clerk: Station, death: signal.Signals) -> None:
    clerk.rig.insert(CardName.A)
    clerk.sign_in()
    dead = clerk.client.process_id
    assert dead is not None
    seen = clerk.rig.pins_seen()
    os.kill(dead, death)
    clerk.wait_for(SIGNED_IN, ABSENT, PRESENT)
    assert clerk.client.process_id not in (None, dead)
    assert clerk.sign_code() is Code.CARD_NOT_LOGGED_IN
    assert clerk.rig.pins_seen() == seen, "no PIN is replayed"
    assert_works(clerk, CardName.A)


def test_changing_the_pin_on_a_real_card(clerk: Station) -> None:
    clerk.rig.insert(CardName.A)
    shown = clerk.sign_in()
    clerk.session.change_pin(RIGHT_PIN, "87654321", shown).result(30)
    assert clerk.session.state is PRESENT
    assert clerk.unlock_code(clerk.look()) is Code.PIN_WRONG
    assert is_signed_by((clerk.sign_in("87654321"), clerk.sign())[1], shown.facts.certificate)


def test_what_every_failure_says_names_what_became_of_the_declaration() -> None:
    for code in (Code.CARD_CHANGED, Code.CARD_NOT_SIGNED, Code.CARD_SIGNATURE_WRONG):
        assert "没有发出" in str(words(code))
