"""Makes a practice card, makes it known to customs and binds its account: the whole of handing out a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.cards import PracticeCard
from yuyue_practice.models import AccountRow
from yuyue_practice.office import Office
from yuyue_practice.registry.companies import company_name
from yuyue_practice.seed import DECLARANT

PIN = "88888888"
"""Of a practice card whose PIN nobody chose; it is shown wherever the card is."""
DEFAULT_USER = "yunling"


@dataclass(frozen=True, slots=True)
class PreparedCard:
    """A card and how to load it; a card behind the client control is loaded by nobody."""

    number: str
    pin: str
    module: str
    environment: Mapping[str, str]

    @classmethod
    def of(cls, card: PracticeCard) -> Self:
        """A card of the folder."""
        return cls(card.number, card.pin, str(card.module_path or ""), card.environment)


def prepare_card(office: Office, *, user: str, company: str, holder: str, number: str, pin: str) -> PreparedCard:
    """Hand out a card. Without user and company it is for the practice declarant's first account.

    The card takes the number that the account is bound to already, else a new one; the account is bound to it.

    Raises:
        YuyueError: CALL_UNUSABLE, no such account, or the number is taken; COMPANY_UNKNOWN; CARD_DRIVER_MISSING or
            CARD_DRIVER_FAILED, SoftHSM2 is not there or fails.
    """
    with office.database.reading() as session:
        account = session.get(AccountRow, user or (DEFAULT_USER if not company else ""))
        if account is None and (user or not company):
            raise user_error(Code.CALL_UNUSABLE, reason=f"没有账号 {user}")
        company = company or (account.customs_code if account else DECLARANT)
        holder = holder or (account.person_name if account else "练习持卡人")
        number = number or (account.card_number if account else None) or _free_number(office)
        name = company_name(session, company)
    if not name:
        raise user_error(Code.COMPANY_UNKNOWN, customs_code=company)
    card = _make(office, number, name, holder, pin or PIN)
    office.add_card(number, company, holder, office.cards.certificate(number), account.user if account else None)
    if not office.reader.card_number():
        office.reader.put_in(office.cards, number)
    return PreparedCard.of(card)


def _make(office: Office, number: str, company_name: str, holder: str, pin: str) -> PracticeCard:
    try:
        return office.cards.new_card(number, company_name, holder, pin)
    except FileExistsError:
        return office.cards.card(number)
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason=f"卡号 {number} 用不了") from error


def _free_number(office: Office) -> str:
    taken = {card.number for card in office.cards.cards()}
    return next(number for serial in range(101, 10_000) if (number := f"86{serial:011d}") not in taken)
