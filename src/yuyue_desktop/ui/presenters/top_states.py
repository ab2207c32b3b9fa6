"""What the top bar says: time, link, outbox, card; a plain function of what is true now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from yuyue_desktop.domain.card import CardHolder, CardState
from yuyue_desktop.domain.events import CardChanged, Event, LinkChanged
from yuyue_desktop.services.certificate_days import certificate_warning
from yuyue_desktop.ui.shell.top_bar import TopBarStates

NUMBER_END = 4
_STATE_WORDS = {
    CardState.ABSENT: "没有卡",
    CardState.PRESENT: "卡在位，未登录",
    CardState.SIGNED_IN: "卡在位，已登录",
    CardState.SIGNING: "卡正在签名",
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is true of link and card; `trouble` says why a card that is in can't be read."""

    is_online: bool = True
    card: CardState = CardState.ABSENT
    holder: CardHolder | None = None
    trouble: str = ""

    def after(self, event: Event) -> Conditions:
        """What is true after an event."""
        if isinstance(event, LinkChanged):
            return replace(self, is_online=event.is_up)
        if isinstance(event, CardChanged):
            is_same = event.state in (CardState.SIGNED_IN, CardState.SIGNING)
            return replace(self, card=event.state, holder=self.holder if is_same else None, trouble="")
        return self


def top_bar_states(
    conditions: Conditions, now: datetime, waiting: int, *, is_practice: bool, is_clock_known: bool
) -> TopBarStates:
    """The top bar at a moment; `waiting` counts open outbox items."""
    real_clock = "网关时间" if is_clock_known and conditions.is_online else "推算时间"
    clock = "练习时间" if is_practice else real_clock
    warning = certificate_warning(conditions.holder, now.date())
    return TopBarStates(
        time=f"{clock} {now.month}月{now.day}日 {now:%H:%M}",
        is_online=conditions.is_online,
        waiting=waiting,
        card=_card_words(conditions, warning, is_practice=is_practice),
        card_shorter=_card_words(conditions, warning, is_practice=is_practice, is_short=True),
        card_said=_card_said(conditions, warning),
        is_card_fine=conditions.card in (CardState.SIGNED_IN, CardState.SIGNING) and not warning,
    )


def _card_words(conditions: Conditions, warning: str, *, is_practice: bool, is_short: bool = False) -> str:
    """What of the card is most pressing goes after whose it is; short, only where it is pressing."""
    holder, state = conditions.holder, conditions.card
    if holder is None or state is CardState.ABSENT:
        return conditions.trouble or _STATE_WORDS[state]
    whose = f"{holder.holder} …{holder.card_number[-NUMBER_END:]}"
    by_state = {CardState.PRESENT: "未登录", CardState.SIGNING: "正在签名"}
    more = by_state.get(state) or warning or ("" if is_short else f"证书至 {holder.valid_to}")
    return " · ".join(part for part in (f"{'练习卡 ' if is_practice else ''}{whose}", more) if part)


def _card_said(conditions: Conditions, warning: str) -> str:
    """All that is known of the card."""
    holder = conditions.holder
    if holder is None or conditions.card is CardState.ABSENT:
        return conditions.trouble or _STATE_WORDS[conditions.card]
    parts = (
        _STATE_WORDS[conditions.card],
        f"卡号 {holder.card_number}",
        f"持卡人 {holder.holder}",
        holder.company_name,
        f"证书至 {holder.valid_to}",
        warning,
    )
    return "\n".join(part for part in parts if part)
