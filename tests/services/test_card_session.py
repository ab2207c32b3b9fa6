"""The card session signs with exactly the card it was unlocked for, and never twice with a PIN (S3, S4, B15)."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from tests.fakes.card import FakeCard, SoftCard, soft_card
from yuyue_desktop.domain.card import CardState, LoginSpan, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import ASKED_AT_ONCE, CardSession, SigningInput
from yuyue_desktop.wire.envelope import JwsCodec

NOW = datetime(2026, 9, 28, 9, 0)


@dataclass
class Desk:
    """A card in a reader, the session over it, and what was published."""

    card: SoftCard
    reader: FakeCard
    session: CardSession
    events: list[Event] = field(default_factory=list)

    @property
    def states(self) -> list[CardState]:
        return [event.state for event in self.events if isinstance(event, CardChanged)]

    def sign(self, number: str | None = None) -> str:
        return self.session.sign(challenge_input, number)


def challenge_input(certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
    return JwsCodec().challenge_input("https://gateway.example", "x" * 32, certificate, algorithm, NOW)


@pytest.fixture
def desk() -> Iterator[Desk]:
    card = soft_card()
    events: list[Event] = []

    def from_reader(event: Event) -> None:
        assert isinstance(event, CardChanged)
        session.heard(event.state)

    reader = FakeCard(from_reader, card)
    with ThreadPoolExecutor(2) as workers:
        session = CardSession(reader, JwsCodec(), workers, events.append)
        yield Desk(card, reader, session, events)


def code_of(error: pytest.ExceptionInfo[YuyueError]) -> Code:
    return error.value.code


def test_look_tells_the_holder_without_a_pin(desk: Desk) -> None:
    assert desk.session.look().result(10).holder.card_number == desk.card.number
    assert desk.card.pins_seen == []


def test_unlocked_card_signs(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    assert desk.sign(desk.card.number).count(".") == 2
    assert desk.states[-2:] == [CardState.SIGNING, CardState.SIGNED_IN]


def test_card_that_is_not_unlocked_asks_for_the_pin(desk: Desk) -> None:
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN


def test_other_card_is_named_before_its_pin_is_asked(desk: Desk) -> None:
    with pytest.raises(YuyueError) as error:
        desk.sign("1234")
    assert code_of(error) is Code.CARD_MISMATCH
    assert dict(error.value.params) == {"inserted": desk.card.number, "bound": "1234"}


def test_swapped_card_does_not_sign(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.reader.insert(soft_card(number="99", pin=desk.card.pin))
    with pytest.raises(YuyueError) as error:
        desk.sign(desk.card.number)
    assert code_of(error) is Code.CARD_MISMATCH
    assert desk.session.unlocked is None


def test_failed_signature_ends_the_login_and_says_that_nothing_went_out(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.reader.fail_next(YuyueError(Code.CARD_DRIVER_FAILED))
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_SIGNED
    assert "没有发出" in str(error_words(error.value))
    assert desk.session.unlocked is None
    assert desk.states[-1] is CardState.PRESENT


def several(number: int) -> list[SigningInput]:
    """Each makes bytes of its own."""

    def numbered(position: int) -> SigningInput:
        challenge = f"{position:032}"
        return lambda certificate, algorithm: JwsCodec().challenge_input(
            "https://gateway.example", challenge, certificate, algorithm, NOW
        )

    return [numbered(position) for position in range(number)]


def position_of(jws: str) -> int:
    payload = jws.split(".")[1]
    return int(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["challenge"])


@pytest.mark.parametrize("number", [0, 1, ASKED_AT_ONCE, ASKED_AT_ONCE + 1, 3 * ASKED_AT_ONCE])
def test_several_are_signed_in_their_order(desk: Desk, number: int) -> None:
    desk.session.unlock(desk.card.pin)
    signed = list(desk.session.sign_all(several(number), desk.card.number))
    assert [position_of(jws) for jws in signed] == list(range(number))
    assert desk.states == [CardState.SIGNED_IN, CardState.SIGNING, CardState.SIGNED_IN]


def test_after_the_first_of_several_that_fails_none_is_signed(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    signed = desk.session.sign_all(several(3 * ASKED_AT_ONCE))
    assert position_of(next(signed)) == 0
    desk.reader.fail_next(YuyueError(Code.CARD_DRIVER_FAILED))
    # What was asked for before the card failed has its signature; what comes then has none.
    taken = [position_of(next(signed)) for _ in range(1, 2 * ASKED_AT_ONCE)]
    assert taken == list(range(1, 2 * ASKED_AT_ONCE))
    with pytest.raises(YuyueError) as error:
        next(signed)
    assert code_of(error) is Code.CARD_NOT_SIGNED
    assert (desk.session.unlocked, desk.states[-1]) == (None, CardState.PRESENT)


def test_several_that_began_before_a_lock_do_not_go_on_with_the_next_login(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    signed = desk.session.sign_all(several(3 * ASKED_AT_ONCE))
    next(signed)
    desk.session.end()
    desk.session.unlock(desk.card.pin)
    with pytest.raises(YuyueError) as error:
        list(signed)
    assert code_of(error) is Code.CARD_CHANGED
    assert desk.states[-1] is CardState.SIGNED_IN, "the login that stands is another one"
    assert desk.sign()


def test_several_that_nobody_takes_to_the_end_leave_the_login(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    signed = desk.session.sign_all(several(3))
    next(signed)
    signed.close()
    assert desk.states == [CardState.SIGNED_IN, CardState.SIGNING, CardState.SIGNED_IN]
    assert desk.sign()


def test_the_card_counts_as_signing_until_the_last_of_several_signatures(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.session.unlock(desk.card.pin)
    together = threading.Barrier(2, timeout=10)
    sign = desk.reader.sign

    def meet(*asked: Any) -> Sequence[Future[bytes]]:
        together.wait()
        return sign(*asked)

    monkeypatch.setattr(desk.reader, "sign", meet)
    with ThreadPoolExecutor(2) as clerks:
        signed = [clerks.submit(desk.sign) for _ in range(2)]
        assert all(one.result(10) for one in signed)
    assert desk.states == [CardState.SIGNED_IN, CardState.SIGNING, CardState.SIGNED_IN]


def test_a_signature_that_fails_late_ends_no_later_login(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.session.unlock(desk.card.pin)
    sign = desk.reader.sign

    def fail_late(*asked: Any) -> Sequence[Future[bytes]]:
        monkeypatch.setattr(desk.reader, "sign", sign)
        desk.reader.pull()
        desk.reader.insert(desk.card)
        desk.session.unlock(desk.card.pin)
        return sign(*asked)

    monkeypatch.setattr(desk.reader, "sign", fail_late)
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_CHANGED
    assert desk.states[-1] is CardState.SIGNED_IN
    assert desk.sign()


def test_a_card_pulled_while_it_signs_leaves_no_login(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)

    def pulled(certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
        desk.reader.pull()
        return challenge_input(certificate, algorithm)

    with pytest.raises(YuyueError) as error:
        desk.session.sign(pulled)
    assert code_of(error) is Code.CARD_CHANGED
    assert desk.states[-1] is CardState.ABSENT
    assert (desk.session.unlocked, desk.session.on_show) == (None, None)


def test_a_pin_typed_for_one_card_is_not_shown_to_another(desk: Desk) -> None:
    shown = desk.session.look().result(10)
    other = soft_card(number="99", pin=desk.card.pin)
    desk.reader.insert(other)
    with pytest.raises(YuyueError) as error:
        desk.session.unlock(desk.card.pin, shown)
    assert code_of(error) is Code.CARD_CHANGED
    assert other.pins_seen == []


def test_a_key_that_asks_each_time_is_logged_in_for_one_signature(desk: Desk) -> None:
    desk.card.login_span = LoginSpan.ONE_SIGNATURE
    desk.session.unlock(desk.card.pin)
    assert desk.sign()
    assert desk.states[-1] is CardState.PRESENT
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN


def test_a_changed_pin_unlocks_and_the_login_before_is_over(desk: Desk) -> None:
    shown = desk.session.unlock(desk.card.pin)
    desk.session.change_pin(desk.card.pin, "87654321", shown).result(10)
    assert desk.states[-1] is CardState.PRESENT
    desk.session.unlock("87654321")
    assert desk.sign()


def test_states_follow_the_card(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.sign()
    desk.reader.pull()
    desk.reader.insert(desk.card)
    desk.session.unlock(desk.card.pin)
    assert desk.states == [
        CardState.SIGNED_IN, CardState.SIGNING, CardState.SIGNED_IN, CardState.ABSENT, CardState.PRESENT,
        CardState.SIGNED_IN,
    ]  # fmt: skip
    assert desk.session.state is CardState.SIGNED_IN


def test_wrong_pin_is_sent_once(desk: Desk) -> None:
    for expected in (Code.PIN_WRONG, Code.PIN_FAILED_BEFORE):
        with pytest.raises(YuyueError) as error:
            desk.session.unlock("00000000")
        assert code_of(error) is expected
    assert desk.card.pins_seen == ["00000000"]
    assert desk.session.unlocked is None


def test_pulled_card_is_locked_at_once(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.session.heard(CardState.ABSENT)
    with pytest.raises(YuyueError) as error:
        desk.sign()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN


def test_end_logs_the_card_out(desk: Desk) -> None:
    desk.session.unlock(desk.card.pin)
    desk.session.end()
    facts = desk.reader.read().result()
    with pytest.raises(YuyueError) as error:
        desk.reader.sign(facts.generation, facts.algorithms[0], [b"x"])[0].result()
    assert code_of(error) is Code.CARD_NOT_LOGGED_IN
