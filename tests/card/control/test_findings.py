"""What is found of the client control, its reader, its card and the certificate, at a practice control (B12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.card.check import checked
from tests.card.control.conftest import Practice
from tests.contracts.card import CARD_A
from tests.wire.factories import certificate, names, p256_key, rsa_key
from yuyue_desktop.card.routes import ControlRoute
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.services.card_findings import CardPart, Standing
from yuyue_practice.eport.faults import Fault

FINE, WARNING, FAILED, UNKNOWN = Standing
OPEN = "cus-sec_SpcInitEnvEx"


def test_a_card_is_read(practice: Practice) -> None:
    with checked(ControlRoute(practice.control.address), {}) as way:
        assert set(way.standings().values()) == {FINE}
        assert CardPart.MODULE not in way.standings()
        assert practice.cards.pins_seen == 0


def test_an_empty_reader(practice: Practice) -> None:
    practice.reader.pull()
    with checked(ControlRoute(practice.control.address), {}) as way:
        found = way.findings()
    assert found[CardPart.CONTROL].standing is FINE
    assert found[CardPart.READER].code is Code.CARD_RESET_FAILED
    assert "拔出重插" in found[CardPart.READER].said
    assert found[CardPart.CARD].standing is UNKNOWN


@pytest.mark.parametrize(
    ("fault", "part", "code"),
    [
        (Fault.READER_TAKEN, CardPart.READER, Code.CARD_READER_FAILED),
        (Fault.NOT_JSON, CardPart.CONTROL, Code.CARD_CONTROL_GARBLED),
    ],
)
def test_what_stands_in_the_way(practice: Practice, fault: Fault, part: CardPart, code: Code) -> None:
    practice.control.faults.order(fault, OPEN, 1000)
    with checked(ControlRoute(practice.control.address), {}) as way:
        found = way.findings()
    assert (found[part].standing, found[part].code) == (FAILED, code)
    assert [finding.part for finding in found.values() if finding.standing is FAILED] == [part]


def test_a_certificate_that_is_no_cards(practice: Practice, tmp_path: Path) -> None:
    """It names no card: whoever made it, nothing may be signed with it."""
    issuer = p256_key()
    assert isinstance(issuer, ec.EllipticCurvePrivateKey)
    foreign = certificate(names("王芳", serial_number=""), rsa_key(), names("CA"), issuer)
    (tmp_path / "cards" / CARD_A / "certificate.der").write_bytes(foreign)
    with checked(ControlRoute(practice.control.address), {}) as way:
        found = way.findings()
    assert found[CardPart.CARD].standing is FINE
    assert (found[CardPart.CERTIFICATE].standing, found[CardPart.CERTIFICATE].code) == (
        FAILED,
        Code.CARD_CERTIFICATE_UNKNOWN,
    )
