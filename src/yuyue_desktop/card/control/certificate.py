"""Which algorithm the card behind a certificate signs with through the control; judges nothing else of it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode

from asn1crypto import algos, x509  # type: ignore[import-untyped]

from yuyue_desktop.domain.card import SignatureAlgorithm

_SM2_CURVE = "1.2.156.10197.1.301"
_SM2_BYTES = 64
_ARMOUR = re.compile(r"-----[A-Z ]+-----|\s")


def decode(text: str) -> bytes:
    """Base64 with or without the lines of PEM around it. Raises ValueError."""
    try:
        return b64decode(_ARMOUR.sub("", text), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


def algorithm(certificate: bytes) -> SignatureAlgorithm:
    """An SM2 key signs with SM3; RSA with SHA-1 where the certificate itself was signed so, as cards before 2022 do.

    Raises:
        ValueError: no certificate, or another kind of key.
    """
    parsed = x509.Certificate.load(certificate, strict=True)
    key = parsed["tbs_certificate"]["subject_public_key_info"]["algorithm"]
    if key["algorithm"].native == "rsa":
        is_old = parsed["signature_algorithm"]["algorithm"].native == "sha1_rsa"
        return SignatureAlgorithm.RS1 if is_old else SignatureAlgorithm.RS256
    if key["algorithm"].native == "ec" and key["parameters"].chosen.dotted == _SM2_CURVE:
        return SignatureAlgorithm.SM2_SM3
    raise ValueError("a key of another kind")


def plain_signature(signing: SignatureAlgorithm, signature: bytes) -> bytes:
    """A signature as JWS wants it: of SM2 r and s side by side, also where the control gives them as DER.

    Raises:
        ValueError: it is neither.
    """
    if signing is not SignatureAlgorithm.SM2_SM3 or len(signature) == _SM2_BYTES:
        return signature
    plain: bytes = algos.DSASignature.load(signature, strict=True).to_p1363()
    return plain
