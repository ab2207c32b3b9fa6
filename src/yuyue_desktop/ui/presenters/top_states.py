"""What the top bar says: time, link, outbox, card; a plain function of what is true now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.events import CardChanged, Event, LinkChanged
from yuyue_desktop.ui.shell.top_bar import TopBarStates

NUMBER_END = 4
_CARD_WORDS = {
    CardState.ABSENT: "没有卡",
    CardState.PRESENT: "卡在位，未登录",
    CardState.SIGNING: "卡正在签名",
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is true of link and card."""

    is_online: bool = True
    card: CardState = CardState.ABSENT
    card_number: str = ""

    def after(self, event: Event) -> Conditions:
        """What is true after an event."""
        if isinstance(event, LinkChanged):
            return replace(self, is_online=event.is_up)
        if isinstance(event, CardChanged):
            return replace(self, card=event.state)
        return self


def top_bar_states(
    conditions: Conditions, now: datetime, waiting: int, *, is_practice: bool, is_clock_known: bool
) -> TopBarStates:
    """The top bar at a moment; `waiting` counts open outbox items."""
    real_clock = "网关时间" if is_clock_known and conditions.is_online else "推算时间"
    clock = "练习时间" if is_practice else real_clock
    return TopBarStates(
        time=f"{clock} {now.month}月{now.day}日 {now:%H:%M}",
        is_online=conditions.is_online,
        waiting=waiting,
        card=_card_words(conditions, is_practice=is_practice),
        is_card_fine=conditions.card in (CardState.SIGNED_IN, CardState.SIGNING),
    )


def _card_words(conditions: Conditions, *, is_practice: bool) -> str:
    if conditions.card is CardState.SIGNED_IN:
        kind = "练习卡" if is_practice else "卡在位"
        return f"{kind} …{conditions.card_number[-NUMBER_END:]}"
    return _CARD_WORDS[conditions.card]
