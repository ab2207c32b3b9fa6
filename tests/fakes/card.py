"""A card in memory behind domain.ports.CardPort: real keys and certificates, and a hand to put it in and pull it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from yuyue_desktop.domain.card import CardFacts, CardState, LoginSpan, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.ports import Publish

_T = TypeVar("_T")
TRIES = 3
_PIN_STATES = {0: PinState.LOCKED, 1: PinState.LAST_TRY, 2: PinState.LOW, 3: PinState.FINE}


@dataclass
class SoftCard:
    """A card: its key never leaves it, its PIN locks after three wrong ones."""

    number: str
    pin: str
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: bytes
    tries_left: int = TRIES
    pins_seen: list[str] = field(default_factory=list)
    login_span: LoginSpan = LoginSpan.UNTIL_REMOVAL

    @property
    def algorithms(self) -> tuple[SignatureAlgorithm, ...]:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return (SignatureAlgorithm.RS256, SignatureAlgorithm.PS256)
        return (SignatureAlgorithm.ES256,)

    def sign(self, algorithm: SignatureAlgorithm, content: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(self.key.sign(content, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        scheme = pss if algorithm is SignatureAlgorithm.PS256 else padding.PKCS1v15()
        return self.key.sign(content, scheme, hashes.SHA256())


def soft_card(
    number: str = "2100000012345",
    company_name: str = "北京练习进出口有限公司",
    holder: str = "王芳",
    pin: str = "12345678",
    *,
    is_rsa: bool = False,
    issue: Callable[[bytes, str, str, str], bytes] | None = None,
) -> SoftCard:
    """A new card.

    Args:
        issue: signs its certificate, as `yuyue_practice.authority.Authority.issue_card`; by default it is self-signed.
    """
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if issue is not None:
        return SoftCard(number, pin, key, issue(public, number, company_name, holder))
    return SoftCard(number, pin, key, _self_signed(key, number, company_name, holder))


def _self_signed(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, number: str, company_name: str, holder: str
) -> bytes:
    names = {
        NameOID.ORGANIZATION_NAME: company_name,
        NameOID.COMMON_NAME: holder,
        NameOID.SERIAL_NUMBER: number,
    }
    name = x509.Name([x509.NameAttribute(kind, value) for kind, value in names.items()])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(datetime(2018, 1, 1)).not_valid_after(datetime(2050, 12, 31))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class FakeCard:
    """Implements CardPort over SoftCards; everything happens in the calling thread, Futures are done at once."""

    def __init__(self, publish: Publish, card: SoftCard | None = None) -> None:
        self._publish = publish
        self._card = card
        self._generation = 1
        self._read: CardFacts | None = None
        self._is_logged_in = False
        self._failed: set[tuple[str, str]] = set()
        self._next_error: YuyueError | None = None
        self._before_error = 0
        self._is_closed = False

    # what a hand does to the reader

    def insert(self, card: SoftCard) -> None:
        """Put a card in; one that is there is swapped."""
        self.pull()
        self._card = card
        self._publish(CardChanged(CardState.PRESENT))

    def pull(self) -> None:
        """Pull the card out."""
        if self._card is not None:
            self._card = None
            self._end_generation()
            self._publish(CardChanged(CardState.ABSENT))

    def fail_next(self, error: YuyueError, *, after: int = 0) -> None:
        """The next signature after so many fails with this error, as when the driver does: the login is over."""
        self._next_error = error
        self._before_error = after

    # CardPort

    def read(self) -> Future[CardFacts]:
        return self._done(self._read_card)

    def log_in(self, generation: int, pin: str) -> Future[LoginSpan]:
        return self._done(lambda: self._log_in(generation, pin))

    def change_pin(self, generation: int, pin: str, new_pin: str) -> Future[None]:
        return self._done(lambda: self._change_pin(generation, pin, new_pin))

    def sign(
        self, generation: int, algorithm: SignatureAlgorithm, signing_inputs: Sequence[bytes]
    ) -> Sequence[Future[bytes]]:
        signatures: list[Future[bytes]] = []
        for one in signing_inputs:
            if signatures and signatures[-1].exception() is not None:
                signatures.append(signatures[-1])
            else:
                signatures.append(self._done(partial(self._sign, generation, algorithm, one)))
        return signatures

    def log_out(self) -> Future[None]:
        return self._done(self._log_out)

    def close(self) -> None:
        self._is_closed = True
        self._log_out()

    def _read_card(self) -> CardFacts:
        if self._card is None:
            raise YuyueError(Code.CARD_ABSENT)
        card = self._card
        state = _PIN_STATES[card.tries_left]
        self._read = CardFacts(
            self._generation,
            card.number,
            card.certificate,
            card.algorithms,
            state,
            card.tries_left if card.tries_left <= 1 else None,
        )
        return self._read

    def _log_in(self, generation: int, pin: str) -> LoginSpan:
        card = self._show_pin(generation, pin)
        self._is_logged_in = True
        return card.login_span

    def _change_pin(self, generation: int, pin: str, new_pin: str) -> None:
        self._check_length(generation, new_pin)
        card = self._show_pin(generation, pin)
        card.pin = new_pin
        self._failed.discard((card.number, new_pin))
        self._is_logged_in = False

    def _show_pin(self, generation: int, pin: str) -> SoftCard:
        card = self._check_length(generation, pin)
        if (card.number, pin) in self._failed:
            raise user_error(Code.PIN_FAILED_BEFORE)
        if card.tries_left == 0:
            raise user_error(Code.PIN_LOCKED)
        card.pins_seen.append(pin)
        if pin != card.pin:
            card.tries_left -= 1
            self._failed.add((card.number, pin))
            if card.tries_left == 0:
                raise user_error(Code.PIN_LOCKED)
            raise user_error(Code.PIN_WRONG, tries_left=card.tries_left if card.tries_left == 1 else -1)
        card.tries_left = TRIES
        return card

    def _check_length(self, generation: int, pin: str) -> SoftCard:
        card, facts = self._current(generation)
        if not facts.least_pin_length <= len(pin) <= facts.most_pin_length:
            raise user_error(Code.PIN_LENGTH, least=facts.least_pin_length, most=facts.most_pin_length)
        return card

    def _sign(self, generation: int, algorithm: SignatureAlgorithm, signing_input: bytes) -> bytes:
        card, _ = self._current(generation)
        if not self._is_logged_in:
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        if self._next_error is not None:
            self._fail_or_count()
        self._is_logged_in = card.login_span is LoginSpan.UNTIL_REMOVAL
        return card.sign(algorithm, signing_input)

    def _fail_or_count(self) -> None:
        if self._before_error:
            self._before_error -= 1
            return
        error, self._next_error = self._next_error, None
        self._end_generation()
        assert error is not None
        raise error

    def _current(self, generation: int) -> tuple[SoftCard, CardFacts]:
        if self._card is None or self._read is None or generation != self._generation:
            raise YuyueError(Code.CARD_CHANGED)
        return self._card, self._read

    def _log_out(self) -> None:
        self._is_logged_in = False

    def _end_generation(self) -> None:
        self._generation += 1
        self._read = None
        self._is_logged_in = False

    def _done(self, work: Callable[[], _T]) -> Future[_T]:
        future: Future[_T] = Future()
        if self._is_closed:
            future.set_exception(YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "closed"}))
            return future
        try:
            future.set_result(work())
        except YuyueError as error:
            future.set_exception(error)
        return future
