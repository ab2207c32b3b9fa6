"""Keys of practice e-port cards, SM2 as cards have had since 2022 or RSA as before; knows no card and no PIN."""

from __future__ import annotations

from enum import StrEnum

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from tongsuopy.crypto import serialization as sm2_serialization  # type: ignore[import-untyped]
from tongsuopy.crypto.asymciphers import ec as sm2_ec  # type: ignore[import-untyped]

from yuyue_desktop.wire import sm2

_RSA_BITS = 2048


class EportKeyType(StrEnum):
    """Kinds of key that practice e-port cards have."""

    SM2 = "sm2"
    RSA = "rsa"


def new_key(key_type: EportKeyType) -> tuple[bytes, bytes]:
    """A private key (DER PKCS#8) and its public one (DER subjectPublicKeyInfo)."""
    return _new_sm2() if key_type is EportKeyType.SM2 else _new_rsa()


def sign(key_type: EportKeyType, private_key: bytes, content: bytes) -> bytes:
    """What the control answers: r and s side by side of SM2 with SM3, or PKCS#1 v1.5 with SHA-256."""
    if key_type is EportKeyType.SM2:
        return sm2.sign(private_key, content)
    key = serialization.load_der_private_key(private_key, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key.sign(content, padding.PKCS1v15(), hashes.SHA256())


def _new_sm2() -> tuple[bytes, bytes]:
    key = sm2_ec.generate_private_key(sm2_ec.SM2())
    der, no_password = sm2_serialization.Encoding.DER, sm2_serialization.NoEncryption()
    private: bytes = key.private_bytes(der, sm2_serialization.PrivateFormat.PKCS8, no_password)
    public: bytes = key.public_key().public_bytes(der, sm2_serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, public


def _new_rsa() -> tuple[bytes, bytes]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    der, no_password = serialization.Encoding.DER, serialization.NoEncryption()
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, no_password)
    return private, key.public_key().public_bytes(der, serialization.PublicFormat.SubjectPublicKeyInfo)
