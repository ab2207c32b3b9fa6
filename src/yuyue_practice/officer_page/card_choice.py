"""Which practice cards the desk may put into the reader, and putting one in; knows no HTML."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_practice.card_desk import prepare_card
from yuyue_practice.models import AccountRow, CardRow
from yuyue_practice.office import Office
from yuyue_practice.registry.companies import company_name


@dataclass(frozen=True, slots=True)
class CardInReach:
    """A card: `pin` is empty until it has been made."""

    number: str
    holder: str
    company: str
    pin: str
    is_in: bool


def cards_in_reach(office: Office, session: Session) -> tuple[CardInReach, ...]:
    """The cards that accounts are bound to, made or not, and all others that were made, by number."""
    inside = office.reader.card_number()
    pins = {card.number: card.pin for card in office.cards.cards()}
    accounts = session.scalars(select(AccountRow).where(AccountRow.card_number.is_not(None)))
    found = {str(row.card_number): (row.person_name, row.customs_code) for row in accounts}
    cards = session.scalars(select(CardRow).where(CardRow.number.in_(pins)))
    found |= {row.number: (row.holder, row.customs_code) for row in cards}
    return tuple(
        CardInReach(number, holder, company_name(session, code), pins.get(number, ""), number == inside)
        for number, (holder, code) in sorted(found.items())
    )


def put_in(office: Office, number: str) -> None:
    """Put a card into the reader, making it where an account is bound to it but nobody made it; empty takes it out.

    Raises:
        YuyueError: CARD_UNKNOWN; CARD_DRIVER_MISSING or CARD_DRIVER_FAILED, SoftHSM2 is not there or fails.
    """
    with office.database.reading() as session:
        user = session.scalar(select(AccountRow.user).where(AccountRow.card_number == number))
    is_made = number in {card.number for card in office.cards.cards()}
    if user is not None and not is_made:
        prepare_card(office, user=user, company="", holder="", number="", pin="")
    office.reader.put_in(office.cards, number or None)
