"""What the top bar says of time, link and card (S4, B1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from yuyue_desktop.domain.card import CardHolder, CardState
from yuyue_desktop.domain.events import CardChanged, ClockChanged, LinkChanged
from yuyue_desktop.services.certificate_days import certificate_advice
from yuyue_desktop.ui.presenters.top_states import Conditions, top_bar_states
from yuyue_desktop.ui.shell.top_bar import TopBarStates

NOW = datetime(2026, 9, 3, 4, 6)
HOLDER = CardHolder("8600000006037", "中国山货花卉进出口公司", "王芳", "2024-05-18", "2027-05-18")
CONDITIONS = Conditions(card=CardState.SIGNED_IN, holder=HOLDER)


@pytest.mark.parametrize(
    ("is_practice", "is_online", "is_known", "clock"),
    [
        (False, True, True, "网关时间"),
        (False, False, True, "推算时间"),
        (False, True, False, "推算时间"),
        (True, False, False, "练习时间"),
    ],
)
def test_whose_time_it_is(is_practice: bool, is_online: bool, is_known: bool, clock: str) -> None:
    states = top_bar_states(Conditions(is_online=is_online), NOW, 0, is_practice=is_practice, is_clock_known=is_known)
    assert states.time == f"{clock} 9月3日 04:06"
    assert states.is_online is is_online


def shown(conditions: Conditions, *, is_practice: bool = False) -> TopBarStates:
    return top_bar_states(conditions, NOW, 3, is_practice=is_practice, is_clock_known=True)


@pytest.mark.parametrize(
    ("state", "is_practice", "words", "is_fine"),
    [
        (CardState.ABSENT, False, "没有卡", False),
        (CardState.PRESENT, False, "王芳 …6037 · 未登录", False),
        (CardState.SIGNED_IN, False, "王芳 …6037 · 证书至 2027-05-18", True),
        (CardState.SIGNED_IN, True, "练习卡 王芳 …6037 · 证书至 2027-05-18", True),
        (CardState.SIGNING, False, "王芳 …6037 · 正在签名", True),
    ],
)
def test_what_the_card_does(state: CardState, is_practice: bool, words: str, is_fine: bool) -> None:
    states = shown(replace(CONDITIONS, card=state), is_practice=is_practice)
    assert (states.card, states.is_card_fine, states.waiting) == (words, is_fine, 3)


@pytest.mark.parametrize(
    ("valid_to", "warning"),
    [
        ("2026-12-03", ""),
        ("2026-12-02", "证书还剩 90 天"),
        ("2026-09-10", "证书还剩 7 天"),
        ("2026-09-03", "证书今天到期"),
        ("2026-09-02", "证书已到期"),
    ],
)
def test_the_certificates_end_is_said_ahead(valid_to: str, warning: str) -> None:
    states = shown(replace(CONDITIONS, holder=replace(HOLDER, valid_to=valid_to)))
    assert states.card == f"王芳 …6037 · {warning or f'证书至 {valid_to}'}"
    assert states.is_card_fine is not bool(warning)
    assert warning in states.card_said
    assert f"证书至 {valid_to}" in states.card_said


@pytest.mark.parametrize("days", [90, 30, 7, -1])
def test_advice_gets_louder(days: int) -> None:
    assert certificate_advice(days)
    assert certificate_advice(days) != certificate_advice(days + 1)


def test_all_that_is_known_of_the_card_is_at_hand() -> None:
    said = shown(CONDITIONS).card_said
    for part in ("卡在位，已登录", "8600000006037", "王芳", "中国山货花卉进出口公司", "2027-05-18"):
        assert part in said


def test_a_card_that_came_anew_is_nobodys_until_it_was_read() -> None:
    for state in (CardState.PRESENT, CardState.ABSENT):
        assert CONDITIONS.after(CardChanged(state)).holder is None
    assert CONDITIONS.after(CardChanged(CardState.SIGNING)).holder == HOLDER
    unreadable = replace(CONDITIONS.after(CardChanged(CardState.PRESENT)), trouble="读不出卡里的证书")
    assert (shown(unreadable).card, shown(unreadable).is_card_fine) == ("读不出卡里的证书", False)


def test_events_change_what_they_are_of_and_nothing_else() -> None:
    offline = CONDITIONS.after(LinkChanged(is_up=False))
    assert (offline.is_online, offline.card) == (False, CardState.SIGNED_IN)
    assert offline.after(LinkChanged(is_up=True)) == CONDITIONS
    assert CONDITIONS.after(ClockChanged(3.0)) == CONDITIONS
