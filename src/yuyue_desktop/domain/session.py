"""Who is signed in, and what that lets them do (S1-S6); knows no card driver and no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yuyue_desktop.domain.company import Company


class Way(StrEnum):
    """The two ways of signing in."""

    CARD = "card"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Session:
    """A person at work for a company.

    `bound_card` is the card number that the account is bound to, empty where it is bound to none (S2). `is_online` is
    False after an offline sign-in by card (B1). Tokens live in the gateway's spoke, never here.
    """

    way: Way
    person: str
    person_name: str
    company: Company
    bound_card: str
    signed_in_at: datetime
    is_online: bool = True

    @property
    def can_act(self) -> bool:
        """Whether data may be acted on at all; else “您无权限操作该数据” (S2)."""
        return bool(self.bound_card)
