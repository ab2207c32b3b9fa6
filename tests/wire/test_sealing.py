"""The seal: only the gateway's key opens it, and only unchanged."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OctKey, RSAKey
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from tests.wire.factories import Signer, authority, card, p256_key, rsa_key, sm2_pair
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import sealing
from yuyue_desktop.wire.certificates import fingerprint

CA = authority()
GATEWAYS = {
    "rsa": card(CA, rsa_key(), usage={"key_encipherment": True}),
    "ec": card(CA, p256_key(), usage={"key_agreement": True}),
}
SEALED = {name: sealing.seal(b"content", gateway.certificate) for name, gateway in GATEWAYS.items()}


def keys(*gateways: Signer) -> dict[str, bytes]:
    return {fingerprint(gateway.certificate): gateway.private_key for gateway in gateways}


ALL_KEYS = keys(*GATEWAYS.values())


def is_broken(sealed: str, private_keys: dict[str, bytes] = ALL_KEYS) -> bool:
    with pytest.raises(YuyueError) as caught:
        sealing.unseal(sealed, private_keys)
    return caught.value.code is Code.SEAL_BROKEN


@pytest.mark.parametrize("name", GATEWAYS)
@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 4096], ids=["none", "one", "1 MiB"])
def test_what_is_sealed_opens(name: str, content: bytes) -> None:
    sealed = sealing.seal(content, GATEWAYS[name].certificate)
    assert sealing.unseal(sealed, ALL_KEYS) == content


def test_no_two_seals_are_alike() -> None:
    assert len({sealing.seal(b"content", GATEWAYS["ec"].certificate) for _ in range(3)}) == 3


def test_more_than_a_part_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="too many"):
        sealing.seal(bytes(sealing.MOST_SEALED_BYTES + 1), GATEWAYS["ec"].certificate)


def test_a_key_that_can_not_be_sealed_for_is_told() -> None:
    with pytest.raises(YuyueError) as caught:
        sealing.seal(b"content", sm2_pair()[0].certificate)
    assert caught.value.code is Code.CERTIFICATE_INVALID


def test_other_keys_do_not_open_it() -> None:
    assert is_broken(SEALED["rsa"], keys(GATEWAYS["ec"]))
    other = card(CA, rsa_key(), usage={"key_encipherment": True})
    assert is_broken(SEALED["rsa"], {fingerprint(GATEWAYS["rsa"].certificate): other.private_key})
    assert is_broken(SEALED["rsa"], {fingerprint(GATEWAYS["rsa"].certificate): GATEWAYS["ec"].private_key})


@given(st.sampled_from(sorted(SEALED)), st.data())
def test_any_flipped_bit_breaks_it(name: str, data: st.DataObject) -> None:
    parts = [urlsafe_b64decode(part) for part in SEALED[name].encode().split(b".")]
    which = data.draw(st.sampled_from([index for index, part in enumerate(parts) if part]))
    at = data.draw(st.integers(0, len(parts[which]) - 1))
    flipped = bytearray(parts[which])
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    parts[which] = bytes(flipped)
    assert is_broken(b".".join(urlsafe_b64encode(part) for part in parts).decode())


@given(st.text(max_size=200))
def test_any_text_is_no_seal(text: str) -> None:
    assert is_broken(text)


@pytest.mark.parametrize("header", ["[" * 2000, "null", "3", "[]", "{}", '{"kid":1}', '{"kid":"x","alg":"dir"}'])
def test_a_strange_header_breaks_it(header: str) -> None:
    assert is_broken(urlsafe_b64encode(header.encode()).decode() + "." + SEALED["rsa"].partition(".")[2])


def test_other_algorithms_are_not_opened() -> None:
    gateway = GATEWAYS["rsa"]
    key = RSAKey.import_key(gateway.private_key)
    kid = fingerprint(gateway.certificate)
    weaker = {"alg": "RSA-OAEP", "enc": "A256GCM", "kid": kid}
    assert is_broken(jwe.encrypt_compact(weaker, b"content", key, algorithms=["RSA-OAEP", "A256GCM"]))
    packed = {"alg": "RSA-OAEP-256", "enc": "A256GCM", "zip": "DEF", "kid": kid}
    assert is_broken(jwe.encrypt_compact(packed, b"content", key, algorithms=["RSA-OAEP-256", "A256GCM", "DEF"]))
    direct = {"alg": "dir", "enc": "A256GCM", "kid": kid}
    assert is_broken(jwe.encrypt_compact(direct, b"content", OctKey.generate_key(256), algorithms=["dir", "A256GCM"]))


def test_an_oversized_seal_is_refused() -> None:
    header, rest = SEALED["rsa"].split(".", 1)
    assert json.loads(urlsafe_b64decode(header.encode()))["enc"] == "A256GCM"
    assert is_broken(f"{header}.{rest}{'A' * (2 * sealing.MOST_SEALED_BYTES)}")
