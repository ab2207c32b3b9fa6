"""What is found of reader service, readers and card in a real reader service (B12)."""

from __future__ import annotations

import pytest

from tests.card.check import Checked, checked
from tests.card.rig.cards import CardName
from tests.card.rig.rig import OPENSC, CardRig
from tests.card.rig.station import wait_until
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.services.card_findings import CardPart, Standing

pytestmark = pytest.mark.card_rig

FINE, WARNING, FAILED, UNKNOWN = Standing


def wait_for(way: Checked, part: CardPart, code: Code | None, standing: Standing) -> None:
    """A reader service takes a moment to take notice of what a hand does."""

    def holds() -> bool:
        found = way.findings()[part]
        return (found.code, found.standing) == (code, standing)

    wait_until(holds)


def test_each_part_by_turns(rig: CardRig) -> None:
    with checked(DriverRoute(OPENSC), rig.environment) as way:
        wait_for(way, CardPart.CARD, Code.CARD_ABSENT, FAILED)
        found = way.findings()
        assert found[CardPart.SERVICE].standing is found[CardPart.READER].standing is FINE
        assert found[CardPart.READER].said.startswith("接着 2 个：Virtual PCD")
        rig.insert(CardName.A)
        wait_for(way, CardPart.CERTIFICATE, None, FINE)
        assert set(way.standings().values()) == {FINE}
        assert rig.pins_seen() == 0
        rig.kill_service()
        wait_for(way, CardPart.SERVICE, Code.READER_SERVICE_AWAY, FAILED)
        assert way.standings()[CardPart.CARD] is UNKNOWN
        rig.start_service(has_readers=False)
        wait_for(way, CardPart.READER, Code.READER_MISSING, FAILED)
        assert way.standings()[CardPart.SERVICE] is FINE
        assert way.standings()[CardPart.CARD] is UNKNOWN
        rig.start_service()
        wait_for(way, CardPart.CARD, Code.CARD_ABSENT, FAILED)
