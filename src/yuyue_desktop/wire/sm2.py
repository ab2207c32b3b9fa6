"""SM2 signatures with SM3 (GB/T 32918.2) on plain keys; knows no certificate and no JWS."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from tongsuopy.crypto import hashes, serialization  # type: ignore[import-untyped]
from tongsuopy.crypto.asymciphers import ec  # type: ignore[import-untyped]
from tongsuopy.crypto.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm  # type: ignore[import-untyped]

COORDINATE_BYTES = 32
SIGNATURE_BYTES = 2 * COORDINATE_BYTES
# subjectPublicKeyInfo of an uncompressed SM2 point, up to the point itself: id-ecPublicKey on 1.2.156.10197.1.301.
_KEY_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
_KEY_BYTES = len(_KEY_PREFIX) + 1 + 2 * COORDINATE_BYTES


def is_sm2_key(public_key: bytes) -> bool:
    """Whether a DER subjectPublicKeyInfo holds an SM2 key."""
    return public_key.startswith(_KEY_PREFIX) and len(public_key) == _KEY_BYTES


def is_signed_by(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether a key signed the content, under the customary identity `1234567812345678`.

    Args:
        public_key: DER subjectPublicKeyInfo.
        signature: DER SEQUENCE of r and s, as in certificates.
        content: the bytes themselves; SM3 is applied here.
    """
    try:
        key = serialization.load_der_public_key(public_key)
        key.verify(signature, content, ec.ECDSA(hashes.SM3()))
    except (InvalidSignature, InternalError, UnsupportedAlgorithm, ValueError):
        return False
    return True


def sign(private_key: bytes, content: bytes) -> bytes:
    """Sign with a DER PKCS#8 key; answers r and s side by side, 64 bytes."""
    key = serialization.load_der_private_key(private_key, None)
    return to_plain(key.sign(content, ec.ECDSA(hashes.SM3())))


def to_plain(signature: bytes) -> bytes:
    """A DER signature as r and s side by side. Raises ValueError where it is none."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(COORDINATE_BYTES, "big") + s.to_bytes(COORDINATE_BYTES, "big")


def to_der(signature: bytes) -> bytes:
    """r and s side by side as a DER signature. Raises ValueError unless there are 64 bytes."""
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError("an SM2 signature has 64 bytes")
    r = int.from_bytes(signature[:COORDINATE_BYTES], "big")
    s = int.from_bytes(signature[COORDINATE_BYTES:], "big")
    return encode_dss_signature(r, s)
