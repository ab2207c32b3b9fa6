"""The envelope: what a card signed opens, what anybody changed does not."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from tests.wire.factories import NOW, Signer, authority, card, p256_key, rsa_key, sm2_pair, submission
from yuyue_desktop.domain.application import SIGNED_STEPS, Step
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import envelope, signatures
from yuyue_desktop.wire.envelope import JwsCodec

CODEC = JwsCodec()
GATEWAY = "https://localhost:8443"
LEGACY_UNTIL = date(2026, 12, 31)


@dataclass(frozen=True)
class Kind:
    """A card with its authority and one algorithm of its key."""

    ca: Signer
    card: Signer
    algorithm: SignatureAlgorithm

    def sign(self, signing_input: bytes) -> str:
        signature = self.card.sign(self.algorithm, signing_input)
        return CODEC.finish(signing_input, signature, self.card.certificate)

    def submission(self, step: Step = Step.DECLARE) -> str:
        return self.sign(CODEC.signing_input(submission(step), self.card.certificate, self.algorithm))

    def forged(self, header: bytes, payload: bytes, algorithm: SignatureAlgorithm | None = None) -> str:
        """Signed by the card all right, whatever it says."""
        signing_input = urlsafe_b64encode(header) + b"." + urlsafe_b64encode(payload)
        signature = self.card.sign(algorithm or self.algorithm, signing_input)
        return (signing_input + b"." + urlsafe_b64encode(signature)).decode()

    def parts(self) -> tuple[bytes, bytes]:
        header, payload, _ = self.submission().encode().split(b".")
        return urlsafe_b64decode(header), urlsafe_b64decode(payload)


def _kinds() -> dict[SignatureAlgorithm, Kind]:
    ca = authority()
    rsa_card, ec_card = card(ca, rsa_key()), card(ca, p256_key())
    sm2_ca, sm2_card = sm2_pair()
    return {
        SignatureAlgorithm.RS256: Kind(ca, rsa_card, SignatureAlgorithm.RS256),
        SignatureAlgorithm.PS256: Kind(ca, rsa_card, SignatureAlgorithm.PS256),
        SignatureAlgorithm.ES256: Kind(ca, ec_card, SignatureAlgorithm.ES256),
        SignatureAlgorithm.SM2_SM3: Kind(sm2_ca, sm2_card, SignatureAlgorithm.SM2_SM3),
    }


KINDS = _kinds()
EC_JWS = KINDS[SignatureAlgorithm.ES256].submission(Step.CANCEL)
SM2_JWS = KINDS[SignatureAlgorithm.SM2_SM3].submission(Step.CANCEL)
RSA_JWS = KINDS[SignatureAlgorithm.RS256].submission(Step.CANCEL)


@pytest.fixture(params=list(KINDS), ids=str)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def code(jws: str, kind: Kind, legacy_until: date | None = None) -> Code:
    with pytest.raises(YuyueError) as caught:
        envelope.open_submission(jws, [kind.ca.certificate], NOW, legacy_until)
    return caught.value.code


@pytest.mark.parametrize("step", SIGNED_STEPS)
def test_what_a_card_signed_opens(kind: Kind, step: Step) -> None:
    opened = envelope.open_submission(kind.submission(step), [kind.ca.certificate], NOW)
    assert opened == (submission(step), kind.card.certificate)


def test_a_signed_challenge_opens(kind: Kind) -> None:
    content = CODEC.challenge_input(GATEWAY, "nonce", kind.card.certificate, kind.algorithm, NOW)
    challenge, certificate = envelope.open_challenge(kind.sign(content), [kind.ca.certificate], NOW)
    assert (challenge.gateway, challenge.challenge, challenge.signed_at) == (GATEWAY, "nonce", NOW)
    assert certificate == kind.card.certificate


def test_the_signing_input_is_the_same_every_time(kind: Kind) -> None:
    made = {CODEC.signing_input(submission(), kind.card.certificate, kind.algorithm) for _ in range(3)}
    assert len(made) == 1


# cryptography warns of some of the certificates that tampering makes, and reads them all the same.
tampering = pytest.mark.filterwarnings("ignore::UserWarning")


@tampering
@given(st.sampled_from([EC_JWS, SM2_JWS, RSA_JWS]), st.data())
def test_any_changed_character_is_refused(jws: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(jws) - 1))
    other = data.draw(st.characters(max_codepoint=255).filter(lambda character: character != jws[at]))
    trusted = [found.ca.certificate for found in KINDS.values()]
    with pytest.raises(YuyueError):
        envelope.open_submission(jws[:at] + other + jws[at + 1 :], trusted, NOW)


@tampering
@given(st.sampled_from([EC_JWS, SM2_JWS, RSA_JWS]), st.data())
def test_any_flipped_bit_of_what_is_encoded_is_refused(jws: str, data: st.DataObject) -> None:
    parts = [urlsafe_b64decode(part) for part in jws.encode().split(b".")]
    which = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, len(parts[which]) - 1))
    flipped = bytearray(parts[which])
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    parts[which] = bytes(flipped)
    trusted = [found.ca.certificate for found in KINDS.values()]
    with pytest.raises(YuyueError):
        envelope.open_submission(b".".join(urlsafe_b64encode(part) for part in parts).decode(), trusted, NOW)


@given(st.text(max_size=200))
def test_any_text_is_refused_in_order(text: str) -> None:
    assert code(text, KINDS[SignatureAlgorithm.ES256]) is Code.SUBMISSION_MALFORMED


def test_every_length_of_a_cut_envelope_is_refused() -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    for length in range(len(EC_JWS)):
        with pytest.raises(YuyueError):
            envelope.open_submission(EC_JWS[:length], [kind.ca.certificate], NOW)


@pytest.mark.parametrize("jws", [EC_JWS, SM2_JWS, RSA_JWS], ids=["ec", "sm2", "rsa"])
def test_a_certificate_of_a_version_that_does_not_exist_is_refused(jws: str) -> None:
    header, payload, signature = (urlsafe_b64decode(part) for part in jws.encode().split(b"."))
    content = json.loads(header)
    certificate = base64.b64decode(content["x5c"][0]).replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x0a", 1)
    content["x5c"] = [base64.b64encode(certificate).decode()]
    parts = (json.dumps(content, separators=(",", ":")).encode(), payload, signature)
    changed = b".".join(urlsafe_b64encode(part) for part in parts).decode()
    assert code(changed, KINDS[SignatureAlgorithm.ES256]) is Code.CERTIFICATE_INVALID


def test_a_challenge_is_no_submission_nor_the_other_way_round() -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    content = CODEC.challenge_input(GATEWAY, "nonce", kind.card.certificate, kind.algorithm, NOW)
    assert code(kind.sign(content), kind) is Code.SUBMISSION_MALFORMED
    with pytest.raises(YuyueError):
        envelope.open_challenge(EC_JWS, [kind.ca.certificate], NOW)


@pytest.mark.parametrize("name", ["none", "HS256", "RS512", "ES384", "EdDSA", "rs256", ""])
def test_algorithms_that_are_not_ours_are_refused(name: str) -> None:
    kind = KINDS[SignatureAlgorithm.RS256]
    header, payload = kind.parts()
    assert code(kind.forged(header.replace(b"RS256", name.encode()), payload), kind) is Code.SUBMISSION_MALFORMED


@pytest.mark.parametrize("claimed", [SignatureAlgorithm.ES256, SignatureAlgorithm.SM2_SM3, SignatureAlgorithm.RS1])
def test_the_certificates_key_decides_the_algorithm_not_the_header(claimed: SignatureAlgorithm) -> None:
    kind = KINDS[SignatureAlgorithm.RS256]
    header, payload = kind.parts()
    jws = kind.forged(header.replace(b'"RS256"', f'"{claimed}"'.encode()), payload, claimed)
    assert code(jws, kind) is Code.SIGNATURE_INVALID


def test_an_old_card_with_rs1_passes_only_as_legacy() -> None:
    ca = authority()
    valid = (datetime(2021, 1, 1), datetime(2031, 1, 1))
    old = Kind(ca, card(ca, rsa_key(1024), valid=valid), SignatureAlgorithm.RS1)
    jws = old.submission()
    assert envelope.open_submission(jws, [ca.certificate], NOW, LEGACY_UNTIL)[0] == submission()
    assert code(jws, old) is Code.CERTIFICATE_INVALID
    recent = Kind(ca, card(ca, rsa_key(), valid=(datetime(2023, 1, 1), valid[1])), SignatureAlgorithm.RS1)
    assert code(recent.submission(), recent, LEGACY_UNTIL) is Code.SIGNATURE_INVALID


@pytest.mark.parametrize(
    "change",
    [
        lambda header: {**header, "crit": ["b64"], "b64": False},
        lambda header: {**header, "jwk": {}},
        lambda header: {**header, "x5c": []},
        lambda header: {**header, "x5c": header["x5c"] * 2},
        lambda header: {**header, "x5c": header["x5c"][0]},
        lambda header: {**header, "typ": "JWT"},
        lambda header: {key: header[key] for key in ("x5c", "typ", "alg")},
        lambda header: {key: header[key] for key in ("alg", "typ")},
    ],
)
def test_no_other_header_is_read(change: object) -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    header, payload = kind.parts()
    assert callable(change)
    changed = json.dumps(change(json.loads(header)), separators=(",", ":")).encode()
    assert code(kind.forged(changed, payload), kind) is Code.SUBMISSION_MALFORMED


def test_a_signed_payload_that_is_not_canonical_is_refused() -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    header, payload = kind.parts()
    assert code(kind.forged(header, payload + b" "), kind) is Code.SUBMISSION_MALFORMED


def test_an_envelope_over_the_limit_is_refused_unread() -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    assert code("a" * (envelope.MOST_JWS_BYTES + 1), kind) is Code.SUBMISSION_MALFORMED


def test_a_certificate_of_another_authority_is_refused() -> None:
    kind = KINDS[SignatureAlgorithm.ES256]
    other = Kind(authority("Other"), kind.card, kind.algorithm)
    assert code(EC_JWS, other) is Code.CERTIFICATE_INVALID


def test_a_wrong_signature_is_not_finished(kind: Kind) -> None:
    signing_input = CODEC.signing_input(submission(), kind.card.certificate, kind.algorithm)
    other = next(found for found in KINDS.values() if found.card.certificate != kind.card.certificate)
    right = kind.card.sign(kind.algorithm, signing_input)
    for signature, certificate in (
        (kind.card.sign(kind.algorithm, signing_input + b"x"), kind.card.certificate),
        (right[:-1], kind.card.certificate),
        (b"", kind.card.certificate),
        (right, other.card.certificate),
    ):
        with pytest.raises(YuyueError) as caught:
            CODEC.finish(signing_input, signature, certificate)
        assert caught.value.code is Code.CARD_SIGNATURE_WRONG


def test_the_codec_reads_the_card() -> None:
    certificate = KINDS[SignatureAlgorithm.SM2_SM3].card.certificate
    assert CODEC.holder(certificate).holder == "王芳"


def test_algorithms_are_those_of_the_key() -> None:
    accepted = {kind.algorithm: signatures.accepted_algorithms(kind.card.certificate, NOW) for kind in KINDS.values()}
    rsa = {SignatureAlgorithm.RS256, SignatureAlgorithm.PS256}
    assert accepted == {
        SignatureAlgorithm.RS256: rsa,
        SignatureAlgorithm.PS256: rsa,
        SignatureAlgorithm.ES256: {SignatureAlgorithm.ES256},
        SignatureAlgorithm.SM2_SM3: {SignatureAlgorithm.SM2_SM3},
    }
