"""The signature algorithms of cards (JWS names) and whether a certificate's key made a signature; knows no payload."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.wire import certificates, sm2
from yuyue_desktop.wire.certificates import KeyKind


class _Sm2Key:
    """An SM2 key as DER, in the place of joserfc's own keys; private only where a simulated card signs."""

    def __init__(self, public: bytes, private: bytes | None = None) -> None:
        self.public = public
        self.private = private


class _Sm2WithSm3(JWSAlgModel):
    """r and s side by side (64 bytes), identity 1234567812345678; not registered with IANA."""

    name = SignatureAlgorithm.SM2_SM3.value
    description = "SM2 using SM3"

    def check_key(self, key: Any) -> None:
        if not isinstance(key, _Sm2Key):
            raise TypeError("SM2-SM3 takes an SM2 key")

    def sign(self, msg: bytes, key: Any) -> bytes:
        return sm2.sign(key.private, msg)

    def verify(self, msg: bytes, sig: bytes, key: Any) -> bool:
        try:
            return sm2.is_signed_by(key.public, sm2.to_der(sig), msg)
        except ValueError:
            return False


class _RsaWithSha1(JWSAlgModel):
    """What e-port cards of before 2022-08 can do; accepted only where a dated setting allows it."""

    name = SignatureAlgorithm.RS1.value
    description = "RSASSA-PKCS1-v1_5 using SHA-1"
    key_type = "RSA"

    def sign(self, msg: bytes, key: Any) -> bytes:
        private: rsa.RSAPrivateKey = key.get_op_key("sign")
        return private.sign(msg, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303

    def verify(self, msg: bytes, sig: bytes, key: Any) -> bool:
        public: rsa.RSAPublicKey = key.get_op_key("verify")
        try:
            public.verify(sig, msg, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        except InvalidSignature:
            return False
        return True


def _card_registry() -> JWSRegistry:
    """Our own: what joserfc registers for all of its users is not allowed here, and ours is not known there."""
    registry = JWSRegistry(algorithms=[algorithm.value for algorithm in SignatureAlgorithm])
    registered = {name: JWSRegistry.algorithms[name] for name in ("RS256", "PS256", "ES256")}
    registry.algorithms = registered | {model.name: model for model in (_Sm2WithSm3(), _RsaWithSha1())}
    return registry


_REGISTRY = _card_registry()
_SOUND = {
    KeyKind.RSA: frozenset({SignatureAlgorithm.RS256, SignatureAlgorithm.PS256}),
    KeyKind.P256: frozenset({SignatureAlgorithm.ES256}),
    KeyKind.SM2: frozenset({SignatureAlgorithm.SM2_SM3}),
}


def accepted_algorithms(
    certificate: bytes, at: datetime, legacy_until: date | None = None
) -> frozenset[SignatureAlgorithm]:
    """What the receiving side takes from a certificate (DER): its key decides, never what a message says of itself.

    Raises:
        YuyueError: CERTIFICATE_INVALID for a key of another kind.
    """
    kind = certificates.key_kind(certificate)
    is_legacy = kind is KeyKind.RSA and certificates.is_legacy_allowed(certificate, at, legacy_until)
    return _SOUND[kind] | {SignatureAlgorithm.RS1} if is_legacy else _SOUND[kind]


def is_signed_by(certificate: bytes, algorithm: SignatureAlgorithm, signature: bytes, content: bytes) -> bool:
    """Whether the key of a certificate (DER) made a signature over the content with an algorithm.

    Raises:
        YuyueError: CERTIFICATE_INVALID for a key of no known kind.
    """
    kind, key = _key(certificate)
    if algorithm not in _SOUND[kind] and not (kind is KeyKind.RSA and algorithm is SignatureAlgorithm.RS1):
        return False
    return _REGISTRY.get_alg(algorithm.value).verify(content, signature, key)


@lru_cache(maxsize=16)
def _key(certificate: bytes) -> tuple[KeyKind, Any]:
    """Kept, since one card signs many: to read a certificate takes longer than to check a signature."""
    kind = certificates.key_kind(certificate)
    if kind is KeyKind.SM2:
        return kind, _Sm2Key(certificates.public_key_info(certificate))
    key = certificates.public_key(certificate)
    return kind, RSAKey(key, key) if isinstance(key, rsa.RSAPublicKey) else ECKey(key, key)
