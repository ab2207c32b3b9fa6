"""How long a card's certificate still holds, in words, the louder the nearer its end is; knows no page."""

from __future__ import annotations

from datetime import date

from yuyue_desktop.domain.card import CardHolder
from yuyue_desktop.domain.limits import CERTIFICATE_WARNING_DAYS

EARLY, SOON, LAST = CERTIFICATE_WARNING_DAYS


def days_left(valid_to: str, today: date) -> int:
    """Days until the certificate ends, negative once it has; `valid_to` is an ISO date, valid on it."""
    return (date.fromisoformat(valid_to) - today).days


def certificate_warning(holder: CardHolder | None, today: date) -> str:
    """Empty while the end is far off."""
    if holder is None:
        return ""
    days = days_left(holder.valid_to, today)
    if days < 0:
        return "证书已到期"
    if days == 0:
        return "证书今天到期"
    return f"证书还剩 {days} 天" if days <= EARLY else ""


def certificate_advice(days: int) -> str:
    """What to do about it, empty while the end is far off."""
    if days < 0:
        return "请带卡到电子口岸数据分中心更新，更新前不能申报"
    if days <= LAST:
        return "请今天就去电子口岸数据分中心更新，到期后不能申报"
    if days <= SOON:
        return "请这几天去电子口岸数据分中心更新"
    return "请预约电子口岸数据分中心更新" if days <= EARLY else ""
