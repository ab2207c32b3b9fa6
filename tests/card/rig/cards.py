"""The cards of the rig: their names, numbers, keys and PINs; the same names on both sides of its pipe."""

from __future__ import annotations

from enum import StrEnum

from tests.card.rig.piv_card import PivCard, Slot
from tests.fakes.card import soft_card

RIGHT_PIN = "12345678"


class CardName(StrEnum):
    """A card by its number."""

    A = "2100000012345"
    B = "2100000099999"
    ON_CURVE = "2100000077777"
    EVERY_TIME = "2100000055555"

    def make(self) -> PivCard:
        """The card, fresh; all have the same PIN, so that a swap could be missed."""
        slot = Slot.EVERY_TIME if self is CardName.EVERY_TIME else Slot.ONCE
        return PivCard(soft_card(self.value, pin=RIGHT_PIN, is_rsa=self is not CardName.ON_CURVE), slot)
