"""Seals bytes for a gateway's key (JWE, RFC 7516) and opens them there; knows nothing of what is inside."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import json_b64decode

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import certificates

MOST_SEALED_BYTES = 1024 * 1024
"""Largest content of one seal: an attachment's part, or a finished envelope."""

_ENCRYPTION = "A256GCM"


class _SealRegistry(jwe.JWERegistry):
    """Room for a part of 1 MiB in base64url; joserfc's own 64 KiB would refuse it."""

    max_ciphertext_length = MOST_SEALED_BYTES * 4 // 3 + 4


_REGISTRY = _SealRegistry(algorithms=["RSA-OAEP-256", "ECDH-ES", _ENCRYPTION])


def seal(content: bytes, certificate: bytes) -> str:
    """Seal content so that only the owner of a certificate (DER, RSA or P-256) opens it; `kid` is its fingerprint.

    The certificate is checked by `certificates.verify_gateway_certificate` when it is fetched, not here.

    Raises:
        YuyueError: CERTIFICATE_INVALID for another kind of key; ValueError for more than MOST_SEALED_BYTES.
    """
    if len(content) > MOST_SEALED_BYTES:
        raise ValueError(f"{len(content)} bytes are too many for one seal")
    key = certificates.public_key(certificate)
    is_rsa = isinstance(key, rsa.RSAPublicKey)
    header = {
        "alg": "RSA-OAEP-256" if is_rsa else "ECDH-ES",
        "enc": _ENCRYPTION,
        "kid": certificates.fingerprint(certificate),
    }
    return jwe.encrypt_compact(header, content, _key(key), registry=_REGISTRY)


def unseal(sealed: str, private_keys: Mapping[str, bytes]) -> bytes:
    """Open what was sealed.

    Args:
        sealed: compact JWE.
        private_keys: DER PKCS#8 by key id (`kid`): the fingerprint of the key's certificate.

    Raises:
        YuyueError: SEAL_BROKEN where it was changed, is no seal, or is for none of these keys.
    """
    try:
        private = serialization.load_der_private_key(private_keys[_key_id(sealed)], None)
        content = jwe.decrypt_compact(sealed.encode("ascii"), _key(private), registry=_REGISTRY).plaintext
    except (JoseError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise YuyueError(Code.SEAL_BROKEN) from error
    if content is None:
        raise YuyueError(Code.SEAL_BROKEN)
    return content


def _key_id(sealed: str) -> str:
    header = sealed[: _REGISTRY.max_protected_header_length].partition(".")[0]
    return str(json_b64decode(header.encode("ascii"))["kid"])


def _key(key: object) -> RSAKey | ECKey:
    if isinstance(key, rsa.RSAPublicKey | rsa.RSAPrivateKey):
        return RSAKey(key, key)
    if isinstance(key, ec.EllipticCurvePublicKey | ec.EllipticCurvePrivateKey):
        return ECKey(key, key)
    raise TypeError("neither an RSA nor an EC key")
