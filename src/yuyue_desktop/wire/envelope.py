"""The signed envelope (JWS, RFC 7515): made here for the card to sign, opened here by the gateway; knows no transport.

A JWS is finished at signing and never changes: each of its parts is taken in its one canonical spelling only, so that
no two texts are the same submission.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from yuyue_desktop.domain.card import CardHolder, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire import canonical, certificates, signatures
from yuyue_desktop.wire.canonical import SignInChallenge

MOST_JWS_BYTES = 1024 * 1024
"""Largest finished envelope: what fits one seal; a form with 4000 characters of goods takes some 30 KiB."""

SUBMISSION_TYPE = "yuyue-submission"
SIGN_IN_TYPE = "yuyue-sign-in"
"""JWS `typ`: a signed challenge can't pass for a submission, nor the other way round."""


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    alg: SignatureAlgorithm
    typ: str
    x5c: tuple[bytes]


class JwsCodec:
    """Implements domain.ports.Codec."""

    def holder(self, certificate: bytes) -> CardHolder:
        """What a DER certificate says of its card. Raises YuyueError(CARD_CERTIFICATE_UNKNOWN)."""
        return certificates.holder(certificate)

    def signing_input(self, submission: Submission, certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
        """The exact bytes for the card to sign. Raises YuyueError(SUBMISSION_MALFORMED)."""
        header = _Header(algorithm, SUBMISSION_TYPE, (certificate,))
        return _signing_input(header, canonical.encode(submission))

    def challenge_input(
        self, gateway: str, challenge: str, certificate: bytes, algorithm: SignatureAlgorithm, now: datetime
    ) -> bytes:
        """The exact bytes for the card to sign when it signs in (S1)."""
        header = _Header(algorithm, SIGN_IN_TYPE, (certificate,))
        return _signing_input(header, canonical.encode_challenge(SignInChallenge(gateway, challenge, now)))

    def finish(self, signing_input: bytes, signature: bytes, certificate: bytes) -> str:
        """The finished JWS. Raises YuyueError(CARD_SIGNATURE_WRONG) unless the certificate's key made the signature."""
        header = _decode_header(signing_input.partition(b".")[0])
        if header.x5c != (certificate,) or not _is_signed(header, signing_input, signature):
            raise YuyueError(Code.CARD_SIGNATURE_WRONG)
        return (signing_input + b"." + urlsafe_b64encode(signature)).decode("ascii")


def open_submission(
    jws: str, authorities: Sequence[bytes], at: datetime, legacy_until: date | None = None
) -> tuple[Submission, bytes]:
    """Check a submission as the gateway does and open it.

    Whether it is for this gateway, fresh, new and by the right card is for the caller to judge.

    Args:
        jws: compact form.
        authorities: DER certificates of the card authorities that the gateway trusts.
        at: the gateway's time, China Standard Time.
        legacy_until: last day on which old e-port cards (RS1, RSA-1024) pass; None: never.

    Returns:
        The submission and the certificate (DER) that signed it.

    Raises:
        YuyueError: SUBMISSION_MALFORMED, CERTIFICATE_INVALID, SIGNATURE_INVALID.
    """
    payload, certificate = _open(jws, SUBMISSION_TYPE, authorities, at, legacy_until)
    return canonical.decode(payload), certificate


def open_challenge(
    jws: str, authorities: Sequence[bytes], at: datetime, legacy_until: date | None = None
) -> tuple[SignInChallenge, bytes]:
    """Check a signed sign-in challenge and open it (S1); arguments, answer and errors as `open_submission`.

    Whether the challenge was given out by this gateway and not used yet is for the caller to judge.
    """
    payload, certificate = _open(jws, SIGN_IN_TYPE, authorities, at, legacy_until)
    return canonical.decode_challenge(payload), certificate


def _open(
    jws: str, kind: str, authorities: Sequence[bytes], at: datetime, legacy_until: date | None
) -> tuple[bytes, bytes]:
    signing_input, header, signature = _split(jws)
    if header.typ != kind:
        raise _malformed("typ")
    (certificate,) = header.x5c
    certificates.verify_card_certificate(certificate, authorities, at, legacy_until)
    if header.alg not in signatures.accepted_algorithms(certificate, at, legacy_until):
        raise YuyueError(Code.SIGNATURE_INVALID, {"algorithm": header.alg.value})
    if not _is_signed(header, signing_input, signature):
        raise YuyueError(Code.SIGNATURE_INVALID, {"algorithm": header.alg.value})
    return _decode_part(signing_input.partition(b".")[2]), certificate


def _split(jws: str) -> tuple[bytes, _Header, bytes]:
    if len(jws) > MOST_JWS_BYTES or not jws.isascii():
        raise _malformed("size")
    signing_input, _, signature = jws.encode("ascii").rpartition(b".")
    return signing_input, _decode_header(signing_input.partition(b".")[0]), _decode_part(signature)


def _is_signed(header: _Header, signing_input: bytes, signature: bytes) -> bool:
    return signatures.is_signed_by(header.x5c[0], header.alg, signature, signing_input)


def _signing_input(header: _Header, payload: bytes) -> bytes:
    return urlsafe_b64encode(_encode_header(header)) + b"." + urlsafe_b64encode(payload)


def _encode_header(header: _Header) -> bytes:
    return msgspec.json.encode(header, order="sorted")


def _decode_header(part: bytes) -> _Header:
    encoded = _decode_part(part)
    try:
        header = msgspec.json.decode(encoded, type=_Header)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _malformed("header") from error
    if _encode_header(header) != encoded:
        raise _malformed("header")
    return header


def _decode_part(part: bytes) -> bytes:
    """base64url without padding, in its one spelling only."""
    try:
        content = urlsafe_b64decode(part)
    except ValueError as error:
        raise _malformed("base64url") from error
    if urlsafe_b64encode(content) != part:
        raise _malformed("base64url")
    return content


def _malformed(part: str) -> YuyueError:
    return YuyueError(Code.SUBMISSION_MALFORMED, {"part": part})
