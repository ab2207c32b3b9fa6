"""Signing in by card and by password, tokens, and what each may do (S1, S2, S6)."""

from __future__ import annotations

import pytest

from tests.gateway.clerk import Clerk, new_application, read, refused
from tests.gateway.conftest import RunningOffice
from tests.gateway.practice_card import new_card
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import CompanyBody, Grant, Refresh
from yuyue_practice.seed import DECLARANT, PASSWORD
from yuyue_practice.sign_in import WRONG_PASSWORDS


@pytest.mark.parametrize("is_rsa", [False, True])
def test_a_card_signs_in_and_the_gateway_says_whose_it_is(by_hand: RunningOffice, is_rsa: bool) -> None:
    grant = by_hand.clerk("yunling", is_rsa=is_rsa).sign_in_with_card()
    assert (grant.person, grant.person_name, grant.bound_card) == ("yunling", "李想", "8600000000001")
    assert (grant.company.customs_code, grant.company.grade) == (DECLARANT, "senior")
    assert not grant.is_receipts_only


def test_a_card_without_account_is_its_own_person(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    clerk.card = by_hand.card("8699", holder="新人")
    grant = clerk.sign_in_with_card()
    assert (grant.person, grant.person_name, grant.bound_card) == ("8699", "新人", "8699")


def test_password_and_card_of_one_account_are_the_same_person(by_hand: RunningOffice) -> None:
    by_card = by_hand.clerk("yunling").sign_in_with_card()
    by_password = by_hand.clerk().sign_in_with_password("yunling", PASSWORD)
    assert by_password.person == by_card.person
    assert by_password.bound_card == by_card.bound_card


def test_a_card_that_customs_does_not_know_is_refused(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    clerk.card = new_card(by_hand.office.authorities.cards, "8600000000077", "练习", "无名")
    assert refused(clerk.try_card(), 403) == "card_unknown"


def test_a_card_of_another_authority_is_refused(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk("yunling")
    clerk.card = new_card(by_hand.office.authorities.gateway, "8600000000001", "练习", "李想")
    assert refused(clerk.try_card(), 403) == "certificate_invalid"


def test_a_challenge_serves_once(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk("yunling")
    assert clerk.card is not None
    challenge = read(clerk.call("POST", "/sessions/challenge"), messages.Challenge).challenge
    body = messages.encode(messages.CardSignIn(clerk.card.challenge(clerk.address, challenge, clerk.now())))
    assert clerk.call("POST", "/sessions/card", data=body).status_code == 200
    assert refused(clerk.call("POST", "/sessions/card", data=body), 422) == "submission_stale"


def test_a_challenge_signed_for_another_gateway_is_refused(by_hand: RunningOffice) -> None:
    assert refused(by_hand.clerk("yunling").try_card("https://elsewhere"), 422) == "wrong_gateway"


def test_wrong_password_and_unknown_user_read_the_same(by_hand: RunningOffice) -> None:
    wrong = by_hand.clerk().try_password("yunling", "wrong")
    unknown = by_hand.clerk().try_password("nobody", "wrong")
    assert refused(wrong, 401) == refused(unknown, 401) == "password_wrong"
    assert wrong.content == unknown.content


def test_too_many_wrong_passwords_close_the_door_for_that_user_only(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    for _ in range(WRONG_PASSWORDS):
        assert refused(clerk.try_password("yunling", "wrong"), 401) == "password_wrong"
    closed = clerk.try_password("yunling", PASSWORD)
    assert refused(closed, 429) == "sign_in_too_often"
    assert 0 < int(closed.headers["Retry-After"]) <= 300
    assert clerk.try_password("chengjiang", PASSWORD).status_code == 200


def test_an_account_without_card_may_look_up_but_not_act(by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    grant = clerk.sign_in_with_password("yunling-unbound", PASSWORD)
    assert grant.bound_card == ""
    assert read(clerk.call("GET", f"/companies/{DECLARANT}"), CompanyBody).name == "练习 · 云岭花卉进出口公司"
    answer = clerk.try_save(new_application())
    assert refused(answer, 403) == "card_not_bound"
    assert "您无权限操作该数据" in answer.text
    assert refused(clerk.call("GET", "/receipts"), 403) == "card_not_bound"
    assert refused(clerk.call("GET", "/applications?pre_entry_number=YTG202600000000001"), 403) == "card_not_bound"


@pytest.mark.parametrize(
    "path",
    [
        "/receipts",
        f"/companies/{DECLARANT}",
        "/applications",
        "/ports/2210/calendar?from=2026-10-01&to=2026-10-02",
        "/calendars?from=2026-10-01&to=2026-10-02",
    ],
)
def test_without_token_nothing_is_told(by_hand: RunningOffice, path: str) -> None:
    assert refused(by_hand.clerk().call("GET", path), 401) == "sign_in_needed"


def refresh(clerk: Clerk, token: str) -> Grant:
    return read(clerk.call("POST", "/sessions/refresh", data=messages.encode(Refresh(token))), Grant)


def test_a_refresh_token_serves_once_and_fetches_receipts_only(clerk: Clerk) -> None:
    assert clerk.grant is not None
    first = clerk.grant.refresh_token
    clerk.grant = refresh(clerk, first)
    assert clerk.grant.is_receipts_only
    assert clerk.receipts().receipts == []
    assert refused(clerk.try_save(new_application()), 401) == "sign_in_needed"
    again = clerk.call("POST", "/sessions/refresh", data=messages.encode(Refresh(first)))
    assert refused(again, 401) == "sign_in_needed"


def test_safe_exit_revokes_the_token_and_all_that_came_of_it(clerk: Clerk) -> None:
    assert clerk.grant is not None
    signed_in = clerk.grant
    refreshed = refresh(clerk, signed_in.refresh_token)
    assert clerk.call("DELETE", "/sessions").status_code == 204
    for token in (signed_in.token, refreshed.token):
        answer = clerk.session.get(clerk.address + "/receipts", headers={"Authorization": f"Bearer {token}"})
        assert refused(answer, 401) == "sign_in_needed"
    body = messages.encode(Refresh(refreshed.refresh_token))
    assert refused(clerk.call("POST", "/sessions/refresh", data=body), 401) == "sign_in_needed"


def test_tokens_are_not_readable_in_the_database(clerk: Clerk, by_hand: RunningOffice) -> None:
    assert clerk.grant is not None
    folder = by_hand.ca_file.parent
    content = b"".join(file.read_bytes() for file in folder.glob("office.sqlite*"))
    assert b"yunling" in content
    assert clerk.grant.token.encode() not in content
    assert PASSWORD.encode() not in content
