"""A card in memory whose certificate the office's card authority issued: signs what the codec gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire.envelope import JwsCodec
from yuyue_practice.authority import Authority

_CODEC = JwsCodec()


@dataclass(frozen=True)
class MemoryCard:
    """A key and its certificate (DER)."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: bytes

    @property
    def algorithm(self) -> SignatureAlgorithm:
        """What the key signs with."""
        return SignatureAlgorithm.RS256 if isinstance(self.key, rsa.RSAPrivateKey) else SignatureAlgorithm.ES256

    def submission(self, submission: Submission) -> str:
        """A finished JWS of a submission."""
        return self.finish(_CODEC.signing_input(submission, self.certificate, self.algorithm))

    def challenge(self, gateway: str, challenge: str, now: datetime) -> str:
        """A finished JWS of a sign-in challenge."""
        return self.finish(_CODEC.challenge_input(gateway, challenge, self.certificate, self.algorithm, now))

    def finish(self, signing_input: bytes) -> str:
        """A JWS with this card's signature over exactly these bytes."""
        return _CODEC.finish(signing_input, self.sign(signing_input), self.certificate)

    def sign(self, content: bytes) -> bytes:
        """A raw JWS signature."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self.key.sign(content, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def new_card(authority: Authority, number: str, company_name: str, holder: str, *, is_rsa: bool = False) -> MemoryCard:
    """A new key with a certificate of the authority."""
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return MemoryCard(key, authority.issue_card(public, number, company_name, holder))
