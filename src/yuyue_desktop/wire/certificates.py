"""Reads certificates and checks them against pinned authorities at a moment; knows no JWS and no card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from hashlib import sha256
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier, SignatureAlgorithmOID

from yuyue_desktop.domain.card import CardHolder
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import der, sm2

CHINA_STANDARD_TIME = timezone(timedelta(hours=8))
LEGACY_ISSUED_BEFORE = date(2022, 8, 1)
"""RSA-1024 and SHA-1 are known of e-port cards issued before this day only (architecture.md, The envelope)."""

_VERSION_TAG = 0xA0
_SM2_WITH_SM3 = ObjectIdentifier("1.2.156.10197.1.501")
_LEAST_RSA_BITS = 2048
_LEAST_LEGACY_RSA_BITS = 1024
_SOUND_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_Extension = TypeVar("_Extension", bound=x509.ExtensionType)
_KNOWN_EXTENSIONS = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.SubjectAlternativeName)


class KeyKind(Enum):
    """What kind of public key a certificate has."""

    RSA = "RSA"
    P256 = "P-256"
    SM2 = "SM2"


class Flaw(StrEnum):
    """Why a certificate is refused: parameter `reason` of CERTIFICATE_INVALID and GATEWAY_UNTRUSTED."""

    MALFORMED = "malformed"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    USAGE = "usage"
    ISSUER_UNKNOWN = "issuer_unknown"
    SIGNATURE = "signature"
    WEAK = "weak"


class Purpose(Enum):
    """What the owner of a certificate does with its key: the attributes of KeyUsage of which it needs one."""

    SIGN = ("digital_signature", "content_commitment")
    BE_SEALED_FOR = ("key_encipherment", "key_agreement")


def holder(certificate: bytes) -> CardHolder:
    """What a card's certificate (DER) says: card number (serialNumber), company (O), holder (CN), days it is valid.

    Raises:
        YuyueError: CARD_CERTIFICATE_UNKNOWN where it can't be read or lacks one of these.
    """
    try:
        parsed = _load(certificate)
        return CardHolder(
            card_number=_subject(parsed, NameOID.SERIAL_NUMBER),
            company_name=_subject(parsed, NameOID.ORGANIZATION_NAME),
            holder=_subject(parsed, NameOID.COMMON_NAME),
            valid_from=_china_day(parsed.not_valid_before_utc),
            valid_to=_china_day(parsed.not_valid_after_utc),
        )
    except YuyueError as error:
        raise YuyueError(Code.CARD_CERTIFICATE_UNKNOWN, error.params) from error


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a DER certificate, lower-case hex; also the key id (`kid`) of a gateway's key."""
    return sha256(certificate).hexdigest()


def verify_card_certificate(
    certificate: bytes, authorities: Sequence[bytes], at: datetime, legacy_until: date | None = None
) -> None:
    """Check that a card's certificate (DER) was valid at a moment and issued by a pinned authority.

    Args:
        certificate: DER.
        authorities: DER certificates, each trusted by itself; no chain is built beyond them.
        at: China Standard Time.
        legacy_until: last day on which RSA-1024 and SHA-1 pass for certificates issued before LEGACY_ISSUED_BEFORE.

    Raises:
        YuyueError: CERTIFICATE_INVALID with `reason`, a Flaw.
    """
    _verify(certificate, authorities, at, Purpose.SIGN, is_legacy_allowed(certificate, at, legacy_until))


def verify_gateway_certificate(certificate: bytes, authorities: Sequence[bytes], at: datetime) -> None:
    """Check that a gateway's key certificate (DER) is valid at a moment and issued by the authority the profile pins.

    Raises:
        YuyueError: GATEWAY_UNTRUSTED with `reason`, a Flaw.
    """
    try:
        _verify(certificate, authorities, at, Purpose.BE_SEALED_FOR, is_legacy=False)
    except YuyueError as error:
        raise YuyueError(Code.GATEWAY_UNTRUSTED, error.params) from error


def is_legacy_allowed(certificate: bytes, at: datetime, legacy_until: date | None) -> bool:
    """Whether RSA-1024 and SHA-1 pass for this certificate on that day. Raises YuyueError."""
    if legacy_until is None or at.date() > legacy_until:
        return False
    issued = _load(certificate).not_valid_before_utc.astimezone(CHINA_STANDARD_TIME)
    return issued.date() < LEGACY_ISSUED_BEFORE


def key_kind(certificate: bytes) -> KeyKind:
    """What kind of key a DER certificate has. Raises YuyueError(CERTIFICATE_INVALID) for any other."""
    parsed = _load(certificate)
    if sm2.is_sm2_key(_public_key_info(parsed)):
        return KeyKind.SM2
    key = _plain_key(parsed)
    if isinstance(key, rsa.RSAPublicKey):
        return KeyKind.RSA
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return KeyKind.P256
    raise _flaw(Flaw.WEAK)


def public_key(certificate: bytes) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    """The RSA or P-256 key of a DER certificate. Raises YuyueError(CERTIFICATE_INVALID) for any other."""
    key = _plain_key(_load(certificate))
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return key
    raise _flaw(Flaw.WEAK)


def public_key_info(certificate: bytes) -> bytes:
    """The DER subjectPublicKeyInfo of a DER certificate, of an SM2 key too. Raises YuyueError(CERTIFICATE_INVALID)."""
    return _public_key_info(_load(certificate))


def _verify(certificate: bytes, authorities: Sequence[bytes], at: datetime, purpose: Purpose, is_legacy: bool) -> None:
    parsed = _load(certificate)
    _require_valid_at(parsed, at)
    _require_usage(parsed, purpose)
    _require_strength(parsed, certificate, is_legacy)
    issuer = _issuer(parsed, [_load(authority) for authority in authorities])
    _require_valid_at(issuer, at)
    _require_authority(issuer)
    if not _is_issued_by(parsed, issuer):
        raise _flaw(Flaw.SIGNATURE)


def _flaw(flaw: Flaw) -> YuyueError:
    return YuyueError(Code.CERTIFICATE_INVALID, {"reason": flaw.value})


def _load(certificate: bytes) -> x509.Certificate:
    try:
        parsed = x509.load_der_x509_certificate(certificate)
        _ = parsed.extensions, parsed.subject, parsed.issuer
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion) as error:
        raise _flaw(Flaw.MALFORMED) from error
    return parsed


def _plain_key(parsed: x509.Certificate) -> object:
    try:
        return parsed.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _flaw(Flaw.WEAK) from error


def _subject(parsed: x509.Certificate, oid: ObjectIdentifier) -> str:
    attributes = parsed.subject.get_attributes_for_oid(oid)
    value = attributes[0].value if len(attributes) == 1 else ""
    if not isinstance(value, str) or not value.strip():
        raise _flaw(Flaw.MALFORMED)
    return value.strip()


def _china_day(moment: datetime) -> str:
    return moment.astimezone(CHINA_STANDARD_TIME).date().isoformat()


def _require_valid_at(parsed: x509.Certificate, at: datetime) -> None:
    moment = at.replace(tzinfo=CHINA_STANDARD_TIME)
    if moment < parsed.not_valid_before_utc:
        raise _flaw(Flaw.NOT_YET_VALID)
    if moment > parsed.not_valid_after_utc:
        raise _flaw(Flaw.EXPIRED)


def _require_usage(parsed: x509.Certificate, purpose: Purpose) -> None:
    """An end certificate with the key usage it needs and without a critical extension that nobody here understands."""
    usage = _extension(parsed, x509.KeyUsage)
    constraints = _extension(parsed, x509.BasicConstraints)
    unknown = [e for e in parsed.extensions if e.critical and not isinstance(e.value, _KNOWN_EXTENSIONS)]
    is_authority = constraints is not None and constraints.ca
    if usage is None or is_authority or unknown or not any(getattr(usage, name) for name in purpose.value):
        raise _flaw(Flaw.USAGE)


def _require_authority(parsed: x509.Certificate) -> None:
    usage = _extension(parsed, x509.KeyUsage)
    constraints = _extension(parsed, x509.BasicConstraints)
    if constraints is None or not constraints.ca or usage is None or not usage.key_cert_sign:
        raise _flaw(Flaw.USAGE)


def _require_strength(parsed: x509.Certificate, certificate: bytes, is_legacy: bool) -> None:
    if key_kind(certificate) is KeyKind.RSA:
        key = parsed.public_key()
        least = _LEAST_LEGACY_RSA_BITS if is_legacy else _LEAST_RSA_BITS
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size < least:
            raise _flaw(Flaw.WEAK)
    if parsed.signature_algorithm_oid != _SM2_WITH_SM3 and not _has_sound_hash(parsed, is_legacy):
        raise _flaw(Flaw.WEAK)


def _has_sound_hash(parsed: x509.Certificate, is_legacy: bool) -> bool:
    try:
        algorithm = parsed.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return False
    return isinstance(algorithm, _SOUND_HASHES) or (is_legacy and isinstance(algorithm, hashes.SHA1))


def _issuer(parsed: x509.Certificate, authorities: list[x509.Certificate]) -> x509.Certificate:
    """The authority named as issuer; of several with that name (a renewed key) the one whose signature fits."""
    named = [authority for authority in authorities if authority.subject == parsed.issuer]
    if not named:
        raise _flaw(Flaw.ISSUER_UNKNOWN)
    return next((authority for authority in named if _is_issued_by(parsed, authority)), named[0])


def _is_issued_by(parsed: x509.Certificate, issuer: x509.Certificate) -> bool:
    if parsed.signature_algorithm_oid == _SM2_WITH_SM3:
        key = _public_key_info(issuer)
        return sm2.is_sm2_key(key) and sm2.is_signed_by(key, parsed.signature, parsed.tbs_certificate_bytes)
    try:
        if parsed.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1:
            _verify_sha1(parsed, issuer)
        else:
            parsed.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _verify_sha1(parsed: x509.Certificate, issuer: x509.Certificate) -> None:
    """What cryptography no longer does for certificates; reached by those alone that passed as legacy."""
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("not an RSA authority")
    key.verify(parsed.signature, parsed.tbs_certificate_bytes, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303


def _extension(parsed: x509.Certificate, kind: type[_Extension]) -> _Extension | None:
    try:
        return parsed.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _public_key_info(parsed: x509.Certificate) -> bytes:
    """The subjectPublicKeyInfo out of the signed part; cryptography hands out no key that it can't load, as SM2's.

    The order there: [0] version (version 1 has none), serial, algorithm, issuer, validity, subject, key.
    """
    fields = der.fields(parsed.tbs_certificate_bytes)
    return fields[6 if fields[0][0] == _VERSION_TAG else 5]
