"""What the top bar says of time, link and card (S4, B1)."""

from __future__ import annotations

from datetime import datetime

import pytest

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.events import CardChanged, ClockChanged, LinkChanged
from yuyue_desktop.ui.presenters.top_states import Conditions, top_bar_states

NOW = datetime(2026, 9, 3, 4, 6)
CONDITIONS = Conditions(card=CardState.SIGNED_IN, card_number="8600000006037")


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


@pytest.mark.parametrize(
    ("state", "is_practice", "words", "is_fine"),
    [
        (CardState.ABSENT, False, "没有卡", False),
        (CardState.PRESENT, False, "卡在位，未登录", False),
        (CardState.SIGNED_IN, False, "卡在位 …6037", True),
        (CardState.SIGNED_IN, True, "练习卡 …6037", True),
        (CardState.SIGNING, False, "卡正在签名", True),
    ],
)
def test_what_the_card_does(state: CardState, is_practice: bool, words: str, is_fine: bool) -> None:
    conditions = CONDITIONS.after(CardChanged(state))
    states = top_bar_states(conditions, NOW, 3, is_practice=is_practice, is_clock_known=True)
    assert (states.card, states.is_card_fine, states.waiting) == (words, is_fine, 3)


def test_events_change_what_they_are_of_and_nothing_else() -> None:
    offline = CONDITIONS.after(LinkChanged(is_up=False))
    assert (offline.is_online, offline.card) == (False, CardState.SIGNED_IN)
    assert offline.after(LinkChanged(is_up=True)) == CONDITIONS
    assert CONDITIONS.after(ClockChanged(3.0)) == CONDITIONS
