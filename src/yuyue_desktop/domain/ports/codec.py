"""The form in which a submission is signed and sent."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from yuyue_desktop.domain.card import CardHolder, SignatureAlgorithm
from yuyue_desktop.domain.submission import Submission


class Codec(Protocol):
    """Reads certificates and makes the envelope's JWS; pure, quick, safe in any thread."""

    def holder(self, certificate: bytes) -> CardHolder:
        """What a DER certificate says of its card. Raises YuyueError(CARD_CERTIFICATE_UNKNOWN)."""
        ...

    def signing_input(self, submission: Submission, certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
        """The exact bytes for the card to sign: deterministic in its arguments."""
        ...

    def challenge_input(
        self, gateway: str, challenge: str, certificate: bytes, algorithm: SignatureAlgorithm, now: datetime
    ) -> bytes:
        """The exact bytes for the card to sign when it signs in (S1)."""
        ...

    def finish(self, signing_input: bytes, signature: bytes, certificate: bytes) -> str:
        """The finished JWS. Raises YuyueError(CARD_SIGNATURE_WRONG) unless the certificate's key made the signature."""
        ...
