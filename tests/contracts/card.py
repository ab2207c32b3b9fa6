"""What every CardPort does, run on the fake and on the real adapter; each gives a `desk` with a hand at its reader."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from yuyue_desktop.domain.card import CardFacts, CardState, LoginSpan, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import NO_CARD_CODES, Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.ports import CardPort
from yuyue_desktop.wire.envelope import JwsCodec
from yuyue_desktop.wire.signatures import is_signed_by

WAIT_S = 20
RIGHT_PIN = "12345678"
CARD_A, CARD_B = "2100000012345", "2100000099999"
"""Two cards with the same PIN; A is in the reader at first."""


@dataclass
class Desk:
    """A port with its events and a hand: `insert` swaps at once, `pins_seen` counts the PINs that reached a card."""

    port: CardPort
    insert: Callable[[str], None]
    pull: Callable[[], None]
    pins_seen: Callable[[], int]
    events: queue.SimpleQueue[Event] = field(default_factory=queue.SimpleQueue)

    def wait_for(self, state: CardState) -> None:
        """Until the port says that the card came or went."""
        while self.events.get(timeout=WAIT_S) != CardChanged(state):
            continue

    def read(self) -> CardFacts:
        return self.port.read().result(WAIT_S)

    def signed_in(self) -> CardFacts:
        """Read and log in."""
        facts = self.read()
        self.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
        return facts

    def read_next(self) -> CardFacts:
        """Read a card that was just put in: a real reader takes a moment to take it."""
        end = time.monotonic() + WAIT_S
        while True:
            try:
                return self.read()
            except YuyueError as error:
                if error.code not in NO_CARD_CODES or time.monotonic() > end:
                    raise

    def log_in_code(self, pin: str) -> Code:
        """The code that logging in fails with, the card being read again while the reader still tells of its coming."""
        while True:
            code = code_of(self.port.log_in(self.read_next().generation, pin))
            if code is not Code.CARD_CHANGED:
                return code


def code_of(future: Future[Any]) -> Code:
    """The code that a call fails with; fails when it doesn't."""
    error = future.exception(WAIT_S)
    assert isinstance(error, YuyueError), error
    return error.code


def signing_input(facts: CardFacts, algorithm: SignatureAlgorithm) -> bytes:
    return JwsCodec().challenge_input(
        "https://localhost", "challenge", facts.certificate, algorithm, datetime(2026, 9, 28, 9, 0)
    )


class CardContract:
    """Subclasses give a fixture `desk`."""

    def test_a_card_is_read_without_its_pin(self, desk: Desk) -> None:
        facts = desk.read()
        assert JwsCodec().holder(facts.certificate).card_number == CARD_A
        assert facts.algorithms
        assert facts.pin_state is PinState.FINE
        assert desk.read() == facts

    def test_the_certificates_key_signs_after_log_in(self, desk: Desk) -> None:
        facts = desk.signed_in()
        for algorithm in facts.algorithms:
            content = signing_input(facts, algorithm)
            signature = desk.port.sign(facts.generation, algorithm, [content])[0].result(WAIT_S)
            assert JwsCodec().finish(content, signature, facts.certificate).count(".") == 2

    def test_several_are_signed_in_their_order_or_the_first_alone(self, desk: Desk) -> None:
        facts = desk.read()
        span = desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
        algorithm = facts.algorithms[0]
        contents = [signing_input(facts, algorithm) + b"%d" % number for number in range(3)]
        first, *more = desk.port.sign(facts.generation, algorithm, contents)
        assert is_signed_by(facts.certificate, algorithm, first.result(WAIT_S), contents[0])
        if span is LoginSpan.ONE_SIGNATURE:
            assert [code_of(signature) for signature in more] == [Code.CARD_NOT_LOGGED_IN] * 2
        else:
            for content, signature in zip(contents[1:], more, strict=True):
                assert is_signed_by(facts.certificate, algorithm, signature.result(WAIT_S), content)

    def test_nothing_is_signed_without_log_in(self, desk: Desk) -> None:
        facts = desk.read()
        assert code_of(self.sign(desk, facts)) is Code.CARD_NOT_LOGGED_IN

    def test_nothing_is_signed_after_log_out(self, desk: Desk) -> None:
        facts = desk.signed_in()
        desk.port.log_out().result(WAIT_S)
        assert code_of(self.sign(desk, facts)) is Code.CARD_NOT_LOGGED_IN

    def test_a_wrong_pin_is_told_and_never_sent_again(self, desk: Desk) -> None:
        facts = desk.read()
        assert code_of(desk.port.log_in(facts.generation, "00000000")) is Code.PIN_WRONG
        assert desk.pins_seen() == 1
        assert code_of(desk.port.log_in(facts.generation, "00000000")) is Code.PIN_FAILED_BEFORE
        assert desk.pins_seen() == 1

    def test_all_tries_are_back_after_the_right_pin(self, desk: Desk) -> None:
        facts = desk.read()
        for pin in ("00000001", "00000002"):
            assert code_of(desk.port.log_in(facts.generation, pin)) is Code.PIN_WRONG
        desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
        assert desk.read().pin_state is PinState.FINE

    def test_reading_shows_no_pin_to_any_card(self, desk: Desk) -> None:
        desk.signed_in()
        seen = desk.pins_seen()
        for _ in range(3):
            desk.read()
        assert desk.pins_seen() == seen

    def test_the_right_pin_after_a_wrong_one_needs_no_new_reading(self, desk: Desk) -> None:
        facts = desk.read()
        assert code_of(desk.port.log_in(facts.generation, "00000000")) is Code.PIN_WRONG
        desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
        assert self.sign(desk, facts).result(WAIT_S)

    def test_the_last_try_and_the_lock_show_before_the_pin_is_asked(self, desk: Desk) -> None:
        facts = desk.read()
        for pin in ("00000001", "00000002"):
            assert code_of(desk.port.log_in(facts.generation, pin)) is Code.PIN_WRONG
        last = desk.read()
        assert (last.pin_state, last.tries_left) == (PinState.LAST_TRY, 1)
        assert code_of(desk.port.log_in(last.generation, "00000003")) is Code.PIN_LOCKED
        locked = desk.read()
        assert (locked.pin_state, locked.tries_left) == (PinState.LOCKED, 0)
        assert code_of(desk.port.log_in(locked.generation, RIGHT_PIN)) is Code.PIN_LOCKED

    @pytest.mark.parametrize("pin", ["", "123", "1" * 17])
    def test_a_pin_of_impossible_length_is_not_sent(self, desk: Desk, pin: str) -> None:
        facts = desk.read()
        assert code_of(desk.port.log_in(facts.generation, pin)) is Code.PIN_LENGTH
        assert desk.pins_seen() == 0

    def test_a_changed_pin_is_the_one_that_counts(self, desk: Desk) -> None:
        facts = desk.read()
        new_pin = "87654321"
        assert code_of(desk.port.log_in(facts.generation, new_pin)) is Code.PIN_WRONG
        desk.port.change_pin(facts.generation, RIGHT_PIN, new_pin).result(WAIT_S)
        assert code_of(self.sign(desk, facts)) is Code.CARD_NOT_LOGGED_IN
        desk.port.log_in(facts.generation, new_pin).result(WAIT_S)
        assert self.sign(desk, facts).result(WAIT_S)

    def test_changing_the_pin_takes_the_right_one(self, desk: Desk) -> None:
        facts = desk.read()
        assert code_of(desk.port.change_pin(facts.generation, "00000000", "87654321")) is Code.PIN_WRONG
        assert code_of(desk.port.change_pin(facts.generation, "00000000", "87654321")) is Code.PIN_FAILED_BEFORE
        assert code_of(desk.port.change_pin(facts.generation, RIGHT_PIN, "1")) is Code.PIN_LENGTH
        assert desk.pins_seen() == 1
        desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)

    def test_an_empty_reader_is_told(self, desk: Desk) -> None:
        desk.read()
        desk.pull()
        desk.wait_for(CardState.ABSENT)
        assert code_of(desk.port.read()) in NO_CARD_CODES

    def test_a_pulled_card_signs_no_more_even_when_it_comes_back(self, desk: Desk) -> None:
        facts = desk.signed_in()
        desk.pull()
        desk.wait_for(CardState.ABSENT)
        assert code_of(self.sign(desk, facts)) is Code.CARD_CHANGED
        desk.insert(CARD_A)
        desk.wait_for(CardState.PRESENT)
        assert code_of(self.sign(desk, facts)) is Code.CARD_CHANGED
        again = desk.read()
        assert again.generation > facts.generation
        assert code_of(self.sign(desk, again)) is Code.CARD_NOT_LOGGED_IN

    def test_a_card_swapped_at_once_neither_signs_nor_meets_the_pin(self, desk: Desk) -> None:
        facts = desk.signed_in()
        seen = desk.pins_seen()
        desk.insert(CARD_B)
        assert code_of(self.sign(desk, facts)) is Code.CARD_CHANGED
        assert code_of(desk.port.log_in(facts.generation, RIGHT_PIN)) is Code.CARD_CHANGED
        assert desk.pins_seen() == seen
        assert JwsCodec().holder(desk.read_next().certificate).card_number == CARD_B

    def test_a_failed_pin_is_remembered_for_its_own_card_only(self, desk: Desk) -> None:
        assert desk.log_in_code("00000000") is Code.PIN_WRONG
        desk.insert(CARD_B)
        assert desk.log_in_code("00000000") is Code.PIN_WRONG
        desk.insert(CARD_A)
        assert desk.log_in_code("00000000") is Code.PIN_FAILED_BEFORE

    def test_a_closed_port_answers_with_an_error(self, desk: Desk) -> None:
        facts = desk.signed_in()
        desk.port.close()
        assert code_of(self.sign(desk, facts)) is Code.CARD_DRIVER_FAILED
        assert code_of(desk.port.read()) is Code.CARD_DRIVER_FAILED
        desk.port.close()

    @staticmethod
    def sign(desk: Desk, facts: CardFacts) -> Future[bytes]:
        algorithm = facts.algorithms[0]
        return desk.port.sign(facts.generation, algorithm, [signing_input(facts, algorithm)])[0]
