"""Practice authorities and cards: made once, found again, and taken by the program's own checks."""

from __future__ import annotations

import ssl
import stat
import sys
from datetime import datetime
from pathlib import Path

import pytest

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import certificates, sealing
from yuyue_practice.authority import KeyType, PracticeAuthorities
from yuyue_practice.cards import PracticeCards

FIRST, LAST = datetime(2018, 5, 1), datetime(2049, 12, 31)


@pytest.fixture
def authorities(tmp_path: Path) -> PracticeAuthorities:
    return PracticeAuthorities(tmp_path / "ca")


@pytest.fixture
def cards(authorities: PracticeAuthorities, tmp_path: Path) -> PracticeCards:
    return PracticeCards(tmp_path / "cards", authorities.cards)


def test_everything_is_made_once(authorities: PracticeAuthorities, tmp_path: Path) -> None:
    again = PracticeAuthorities(tmp_path / "ca")
    assert again.cards.identity == authorities.cards.identity
    assert again.gateway.identity == authorities.gateway.identity
    assert authorities.server() == again.server()
    for key_type in KeyType:
        assert authorities.seal_key(key_type) == again.seal_key(key_type)
    assert authorities.cards.identity.certificate != authorities.gateway.identity.certificate


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_private_keys_are_readable_to_their_owner_only(authorities: PracticeAuthorities, tmp_path: Path) -> None:
    authorities.server()
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "ca").iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_client_that_pins_the_gateways_authority_trusts_the_server(
    authorities: PracticeAuthorities, host: str
) -> None:
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_context.load_cert_chain(authorities.server().file)
    client_context = ssl.create_default_context(cadata=authorities.gateway.identity.certificate)
    client_context.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname=host)
    server = server_context.wrap_bio(to_server, to_client, server_side=True)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    with pytest.raises(ssl.SSLWantReadError):
        server.do_handshake()
    client.do_handshake()
    server.do_handshake()
    assert client.version() == "TLSv1.3"


@pytest.mark.parametrize("at", [FIRST, LAST])
@pytest.mark.parametrize("key_type", list(KeyType))
def test_the_gateways_keys_are_sealed_for(authorities: PracticeAuthorities, key_type: KeyType, at: datetime) -> None:
    key = authorities.seal_key(key_type)
    certificates.verify_gateway_certificate(key.certificate, [authorities.gateway.identity.certificate], at)
    sealed = sealing.seal(b"content", key.certificate)
    assert sealing.unseal(sealed, {certificates.fingerprint(key.certificate): key.private_key}) == b"content"


@pytest.mark.parametrize("key_type", list(KeyType))
def test_a_new_card_is_found_again(
    cards: PracticeCards, authorities: PracticeAuthorities, tmp_path: Path, key_type: KeyType
) -> None:
    made = cards.new_card("2100000012345", "北京练习进出口有限公司", "王芳", "12345678", key_type)
    certificate = cards.certificate(made.number)
    holder = certificates.holder(certificate)
    assert (holder.card_number, holder.company_name, holder.holder) == (made.number, "北京练习进出口有限公司", "王芳")
    for at in (FIRST, LAST):
        certificates.verify_card_certificate(certificate, [authorities.cards.identity.certificate], at)
    again = PracticeCards(tmp_path / "cards", authorities.cards)
    assert again.cards() == (made,)
    assert made.pin == "12345678"
    assert "12345678" not in repr(made)
    with pytest.raises(FileExistsError):
        cards.new_card("2100000012345", "另一公司", "李雷", "12345678")


@pytest.mark.parametrize("number", ["../etc", "", "卡", "a b"])
def test_a_number_that_is_no_folder_name_is_refused(cards: PracticeCards, number: str) -> None:
    with pytest.raises(ValueError, match="card number"):
        cards.new_card(number, "公司", "王芳", "12345678")


def test_a_driver_that_makes_no_token_is_told(authorities: PracticeAuthorities, tmp_path: Path) -> None:
    module = tmp_path / "no_driver.so"
    module.write_bytes(b"")
    cards = PracticeCards(tmp_path / "cards", authorities.cards, module)
    with pytest.raises(YuyueError) as caught:
        cards.new_card("1", "公司", "王芳", "12345678")
    assert caught.value.code is Code.CARD_DRIVER_FAILED
    assert cards.cards() == ()
    assert PracticeCards(tmp_path / "cards", authorities.cards).new_card("1", "公司", "王芳", "12345678").number == "1"
