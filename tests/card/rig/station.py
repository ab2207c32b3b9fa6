"""A clerk at the rig: the card session service over the product's own client, and every state it told; no window."""

from __future__ import annotations

import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.card.rig.cards import RIGHT_PIN
from tests.card.rig.desks import LIMITS, rig_client
from tests.card.rig.rig import CardRig
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.domain.card import CardState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.wire.envelope import JwsCodec

WAIT_S = 30.0
NOW = datetime(2026, 9, 28, 9, 0)


class Station:
    """What a clerk does, told apart from what a hand does at the readers."""

    def __init__(self, rig: CardRig, workers: ThreadPoolExecutor, limits: TimeLimits) -> None:
        self.rig = rig
        self.states: list[CardState] = []
        self._told = threading.Condition()
        self.client: CardClient = rig_client(rig, self._from_reader, limits)
        self.session = CardSession(self.client, JwsCodec(), workers, self._publish)

    def wait_for(self, *states: CardState) -> None:
        """Until these states were told in this order since the last waiting."""
        end = time.monotonic() + WAIT_S
        with self._told:
            for state in states:
                while state not in self.states:
                    assert self._told.wait(end - time.monotonic()), f"{state} was never told, but {self.states}"
                del self.states[: self.states.index(state) + 1]

    def look(self) -> CardOnShow:
        """The card in the reader; one that was just put in takes a moment."""
        end = time.monotonic() + WAIT_S
        while True:
            try:
                return self.session.look().result(WAIT_S)
            except YuyueError as error:
                if error.code is not Code.CARD_ABSENT or time.monotonic() > end:
                    raise

    def sign_in(self, pin: str = RIGHT_PIN) -> CardOnShow:
        """Look, and type the PIN for what is shown; again while the reader still tells of the card's coming."""
        while True:
            try:
                return self.session.unlock(pin, self.look())
            except YuyueError as error:
                if error.code is not Code.CARD_CHANGED:
                    raise

    def sign(self, card_number: str | None = None) -> str:
        return self.session.sign(challenge_input, card_number)

    def sign_code(self) -> Code:
        """The code that a signature fails with."""
        return _code(self.sign)

    def unlock_code(self, shown: CardOnShow, pin: str = RIGHT_PIN) -> Code:
        """The code that the PIN is refused with."""
        return _code(lambda: self.session.unlock(pin, shown))

    def _from_reader(self, event: Event) -> None:
        """As the program wires it."""
        assert isinstance(event, CardChanged)
        self.session.heard(event.state)

    def _publish(self, event: Event) -> None:
        assert isinstance(event, CardChanged)
        with self._told:
            self.states.append(event.state)
            self._told.notify_all()


@contextmanager
def station(rig: CardRig, limits: TimeLimits = LIMITS) -> Iterator[Station]:
    """A station whose card process runs already."""
    with ThreadPoolExecutor(2) as workers:
        made = Station(rig, workers, limits)
        made.client.read().exception(WAIT_S)
        yield made
        made.client.close()


def challenge_input(certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
    """Something to sign."""
    return JwsCodec().challenge_input("https://gateway.example", "x" * 32, certificate, algorithm, NOW)


def is_signed_by(jws: str, certificate: bytes) -> bool:
    """Whether the certificate's key made the signature, found without any of the program's own code."""
    content, _, encoded = jws.rpartition(".")
    signature = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, content.encode(), padding.PKCS1v15(), hashes.SHA256())
    else:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        key.verify(encode_dss_signature(r, s), content.encode(), ec.ECDSA(hashes.SHA256()))
    return True


def wait_until(condition: Callable[[], bool]) -> None:
    """Of what tells nobody that it happened."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def _code(act: Callable[[], object]) -> Code:
    try:
        act()
    except YuyueError as error:
        return error.code
    raise AssertionError("it was not refused")
