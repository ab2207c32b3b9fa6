"""A card in a real reader service: the adapter through OpenSC does what every CardPort does (B15)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.card.rig.desks import rig_desk
from tests.card.rig.rig import CardRig
from tests.contracts.card import CardContract, Desk

pytestmark = pytest.mark.card_rig


class TestCardInAReader(CardContract):
    @pytest.fixture
    def desk(self, rig: CardRig) -> Iterator[Desk]:
        with rig_desk(rig) as desk:
            yield desk
