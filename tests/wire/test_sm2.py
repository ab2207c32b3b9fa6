"""SM2 signatures against the worked example of GM/T 0003.5 (message digest, identity 1234567812345678)."""

from __future__ import annotations

import pytest

from tests.wire.factories import sm2_pair
from yuyue_desktop.wire import certificates, sm2

KEY = bytes.fromhex(
    "3059301306072a8648ce3d020106082a811ccf5501822d034200"
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SIGNATURE = bytes.fromhex(
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)


def test_the_standards_own_signature_is_right() -> None:
    assert sm2.is_sm2_key(KEY)
    assert sm2.is_signed_by(KEY, sm2.to_der(SIGNATURE), b"message digest")
    assert sm2.to_plain(sm2.to_der(SIGNATURE)) == SIGNATURE


def test_nothing_else_is() -> None:
    assert not sm2.is_signed_by(KEY, sm2.to_der(SIGNATURE), b"message digests")
    assert not sm2.is_signed_by(KEY, sm2.to_der(SIGNATURE[::-1]), b"message digest")
    assert not sm2.is_signed_by(KEY, b"", b"message digest")
    assert not sm2.is_signed_by(KEY[:-1], sm2.to_der(SIGNATURE), b"message digest")
    assert not sm2.is_sm2_key(KEY.replace(bytes.fromhex("811ccf5501822d"), bytes.fromhex("8648ce3d030107")))


@pytest.mark.parametrize("length", [0, 63, 65])
def test_a_plain_signature_has_64_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="64"):
        sm2.to_der(bytes(length))


def test_a_new_key_signs() -> None:
    _, made = sm2_pair()
    assert isinstance(made.key, bytes)
    signature = sm2.sign(made.key, b"content")
    assert sm2.is_signed_by(certificates.public_key_info(made.certificate), sm2.to_der(signature), b"content")
