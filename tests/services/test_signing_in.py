"""Signing in by card, by account and offline, and safe exit (S1-S6, B1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes.card import soft_card
from tests.fakes.gateway import Fault
from tests.services.desk import NOW, OWN, PERSON, Desk, code, failure
from tests.store.parts import LIMIT_S
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import CardChanged, SessionChanged
from yuyue_desktop.domain.session import Way

MINUTE, MONTH = timedelta(minutes=1), timedelta(days=30)


def offline(desk: Desk, fault: Fault = Fault.NO_LINK) -> None:
    """The next call meets a fault."""
    desk.gateway.faults.append(fault)


def test_a_card_signs_in_and_its_company_is_known_offline(empty_desk: Desk) -> None:
    session = empty_desk.sign_in()
    assert (session.way, session.person, session.company, session.is_online) == (Way.CARD, PERSON, OWN, True)
    assert empty_desk.session == session
    assert empty_desk.store.reader.company(OWN.customs_code) == OWN
    assert any(isinstance(event, SessionChanged) for event in empty_desk.events)


def test_an_account_signs_in(empty_desk: Desk) -> None:
    assert empty_desk.sign_in_with_password().way is Way.ACCOUNT
    assert empty_desk.card.pins_seen == []


def test_a_wrong_password_is_told(empty_desk: Desk) -> None:
    assert code(lambda: empty_desk.signing_in.with_password(PERSON, "guess")) is Code.PASSWORD_WRONG
    assert empty_desk.signing_in.session is None


def test_an_account_does_not_sign_in_offline(empty_desk: Desk) -> None:
    offline(empty_desk)
    assert code(lambda: empty_desk.signing_in.with_password(PERSON, "secret")) is Code.GATEWAY_UNREACHABLE


def test_a_wrong_pin_asks_no_gateway(empty_desk: Desk) -> None:
    assert code(lambda: empty_desk.signing_in.with_card("00000000")) is Code.PIN_WRONG
    assert empty_desk.gateway.calls == []
    assert empty_desk.signing_in.session is None
    assert empty_desk.card_session.unlocked is None


def test_a_card_that_the_gateway_does_not_know_is_logged_out(empty_desk: Desk) -> None:
    empty_desk.office.cards.clear()
    assert code(lambda: empty_desk.signing_in.with_card(empty_desk.card.pin)) is Code.CARD_UNKNOWN
    assert empty_desk.card_session.unlocked is None
    assert empty_desk.signing_in.session is None


@pytest.mark.parametrize("fault", [Fault.NO_LINK, Fault.BUSY, Fault.PORTAL])
def test_a_card_known_here_signs_in_offline(desk: Desk, fault: Fault) -> None:
    desk.signing_in.sign_out().result(LIMIT_S)
    desk.clock.at = NOW + MONTH
    offline(desk, fault)
    session = desk.sign_in()
    assert not session.is_online
    assert replace(session, is_online=True).company == OWN
    assert desk.card_session.unlocked is not None


def test_after_thirty_days_it_does_not(desk: Desk) -> None:
    desk.signing_in.sign_out().result(LIMIT_S)
    desk.clock.at = NOW + MONTH + MINUTE
    offline(desk)
    assert code(lambda: desk.signing_in.with_card(desk.card.pin)) is Code.GATEWAY_UNREACHABLE
    assert desk.card_session.unlocked is None
    assert desk.signing_in.session is None


def test_an_offline_sign_in_does_not_lengthen_the_thirty_days(desk: Desk) -> None:
    desk.clock.at = NOW + MONTH
    offline(desk)
    desk.sign_in()
    assert desk.signing_in.known_offline_since(desk.card.number) == NOW


def test_a_card_never_seen_here_does_not_sign_in_offline(empty_desk: Desk) -> None:
    offline(empty_desk)
    assert code(lambda: empty_desk.signing_in.with_card(empty_desk.card.pin)) is Code.GATEWAY_UNREACHABLE
    assert empty_desk.card_session.unlocked is None


def test_another_certificate_of_that_number_does_not_sign_in_offline(desk: Desk) -> None:
    desk.signing_in.sign_out().result(LIMIT_S)
    desk.reader.insert(soft_card(desk.card.number, pin=desk.card.pin))
    offline(desk)
    assert code(lambda: desk.signing_in.with_card(desk.card.pin)) is Code.GATEWAY_UNREACHABLE
    assert desk.card_session.unlocked is None


def test_offline_the_card_must_sign_too(desk: Desk) -> None:
    desk.signing_in.sign_out().result(LIMIT_S)
    offline(desk)
    failed = failure(lambda: desk.signing_in.with_card("87654321"))
    assert failed.code is Code.PIN_WRONG


def test_safe_exit_ends_session_login_and_tokens(desk: Desk) -> None:
    assert desk.office.tokens
    assert desk.office.refresh_tokens
    desk.signing_in.sign_out().result(LIMIT_S)
    assert desk.signing_in.session is None
    assert desk.card_session.unlocked is None
    assert desk.office.tokens == set()
    assert desk.office.refresh_tokens == {}
    assert desk.events[-1] == SessionChanged() or desk.events[-2] == SessionChanged()


def test_safe_exit_offline_ends_all_that_is_here(desk: Desk) -> None:
    offline(desk)
    assert code(desk.signing_in.sign_out) is Code.GATEWAY_UNREACHABLE
    assert desk.signing_in.session is None
    assert desk.card_session.unlocked is None


def test_a_card_pulled_while_it_signs_is_not_said_to_be_there(desk: Desk) -> None:
    """S4: the reader's word is the last one, whatever the failed signature meant."""

    def pull(_certificate: bytes, _algorithm: object) -> bytes:
        desk.reader.pull()
        return b"never signed"

    assert code(lambda: desk.workers.submit(desk.card_session.sign, pull)) is Code.CARD_CHANGED
    states = [event.state for event in desk.events if isinstance(event, CardChanged)]
    assert states[-1] is CardState.ABSENT
