"""The adapter of the e-port client control does what every CardPort does, with SM2 and with RSA cards."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from tests.card.control.conftest import COMMAND, Practice
from tests.contracts.card import CARD_A, CARD_B, RIGHT_PIN, WAIT_S, CardContract, Desk, code_of, signing_input
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.routes import ControlRoute, DriverRoute
from yuyue_desktop.domain.card import CardState, LoginSpan, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_practice.eport.faults import Fault
from yuyue_practice.eport.keys import EportKeyType


class TestControlCard(CardContract):
    """The fixture `desk` comes from conftest.py."""

    @pytest.fixture(params=list(EportKeyType))
    def key_type(self, request: pytest.FixtureRequest) -> EportKeyType:
        return EportKeyType(request.param)


def test_each_signature_takes_a_pin_of_its_own(desk: Desk) -> None:
    facts = desk.read()
    assert facts.algorithms == (SignatureAlgorithm.SM2_SM3,)
    span = desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
    assert span is LoginSpan.ONE_SIGNATURE
    content = signing_input(facts, facts.algorithms[0])
    assert desk.port.sign(facts.generation, facts.algorithms[0], [content])[0].result(WAIT_S)
    assert code_of(desk.port.sign(facts.generation, facts.algorithms[0], [content])[0]) is Code.CARD_NOT_LOGGED_IN


def test_a_card_swapped_inside_the_signature_signs_nothing(desk: Desk, practice: Practice) -> None:
    facts = desk.signed_in()
    seen = practice.cards.pins_seen
    practice.control.faults.order(None, "cus-sec_SpcSignDataAsPEM", before=lambda: practice.reader.insert(CARD_B))
    content = signing_input(facts, facts.algorithms[0])
    assert code_of(desk.port.sign(facts.generation, facts.algorithms[0], [content])[0]) is Code.CARD_CHANGED
    assert practice.cards.pins_seen == seen, "the other card saw no PIN"


def test_a_control_that_is_begun_anew_is_found_again_without_its_login(desk: Desk, practice: Practice) -> None:
    facts = desk.signed_in()
    practice.control.stop()
    desk.wait_for(CardState.ABSENT)
    assert code_of(desk.port.read()) is Code.CARD_CONTROL_MISSING
    practice.control.start_again()
    desk.wait_for(CardState.PRESENT)
    again = desk.read()
    assert again.generation > facts.generation
    content = signing_input(again, again.algorithms[0])
    assert code_of(desk.port.sign(again.generation, again.algorithms[0], [content])[0]) is Code.CARD_NOT_LOGGED_IN


def test_a_signature_that_is_not_answered_ends_the_use_of_the_card(desk: Desk, practice: Practice) -> None:
    facts = desk.signed_in()
    practice.control.faults.order(Fault.CUT, "cus-sec_SpcSignDataAsPEM")
    content = signing_input(facts, facts.algorithms[0])
    assert code_of(desk.port.sign(facts.generation, facts.algorithms[0], [content])[0]) is Code.CARD_CONTROL_SILENT
    assert code_of(desk.port.sign(facts.generation, facts.algorithms[0], [content])[0]) is Code.CARD_CHANGED
    assert desk.read().token_serial == CARD_A


def test_another_way_is_taken_while_the_program_runs(practice: Practice, tmp_path: Path) -> None:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = CardClient(command=COMMAND, route=DriverRoute(tmp_path / "none.so"), publish=events.put)
    assert code_of(client.read()) is Code.CARD_DRIVER_MISSING
    client.take_route(ControlRoute(practice.control.address))
    assert events.get(timeout=WAIT_S) == CardChanged(CardState.ABSENT)
    facts = client.read().result(WAIT_S)
    client.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
    client.take_route(DriverRoute(tmp_path / "none.so"))
    content = signing_input(facts, facts.algorithms[0])
    assert code_of(client.sign(facts.generation, facts.algorithms[0], [content])[0]) is Code.CARD_CHANGED
    client.close()


def test_a_pin_too_short_for_an_e_port_card_costs_no_try(desk: Desk, practice: Practice) -> None:
    facts = desk.read()
    assert facts.least_pin_length == len(RIGHT_PIN)
    assert code_of(desk.port.log_in(facts.generation, RIGHT_PIN[:-1])) is Code.PIN_LENGTH
    assert practice.cards.pins_seen == 0
