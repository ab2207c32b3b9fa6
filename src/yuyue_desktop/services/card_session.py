"""The card in use: which one it is, whether its login stands, and signatures by exactly that card (S3, S4, B15)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from yuyue_desktop.domain.card import CardFacts, CardHolder, CardState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.ports import CardPort, Codec, Publish

SigningInput = Callable[[bytes, SignatureAlgorithm], bytes]
"""Makes the bytes to sign from the card's certificate (DER) and the algorithm it will use."""


@dataclass(frozen=True, slots=True)
class CardOnShow:
    """A card as read without its PIN, with what its certificate says."""

    facts: CardFacts
    holder: CardHolder


class CardSession:
    """The one way of services to the card.

    A login belongs to one insertion (generation): any failure ends it, nothing is ever retried on it. The PIN passes
    through `unlock` alone and is kept nowhere.
    """

    def __init__(self, card: CardPort, codec: Codec, workers: Executor, publish: Publish) -> None:
        self._card = card
        self._codec = codec
        self._workers = workers
        self._publish = publish
        self._guard = threading.Lock()
        self._unlocked: CardOnShow | None = None

    @property
    def unlocked(self) -> CardOnShow | None:
        """The card whose login stands, None without one."""
        with self._guard:
            return self._unlocked

    def look(self) -> Future[CardOnShow]:
        """Read the card that is in the reader. Fails as CardPort.read, and with CARD_UNREADABLE."""
        return self._workers.submit(self._look)

    def unlock(self, pin: str) -> CardOnShow:
        """Log in to the card in the reader; blocks, so it belongs on a worker. Raises as CardPort.log_in."""
        on_show = self._look()
        self._card.log_in(on_show.facts.generation, pin).result()
        self._exchange(on_show)
        self._publish(CardChanged(CardState.SIGNED_IN))
        return on_show

    def sign(self, make_input: SigningInput, card_number: str | None = None) -> str:
        """A finished JWS by the unlocked card; blocks, so it belongs on a worker.

        Args:
            make_input: makes the bytes to sign.
            card_number: the card that must be in place (S3), None for any.

        Raises:
            YuyueError: CARD_NOT_LOGGED_IN, CARD_MISMATCH, CARD_CHANGED, CARD_SIGNATURE_WRONG, CARD_DRIVER_FAILED.
        """
        on_show = self.unlocked
        if on_show is None:
            self._require_number(self._look(), card_number)
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        self._require_number(on_show, card_number)
        return self._sign(on_show, make_input)

    def end(self) -> None:
        """Forget the login and end it on the card (S6)."""
        if self._exchange(None) is not None:
            self._publish(CardChanged(CardState.PRESENT))
            self._card.log_out()

    def card_gone(self) -> None:
        """The reader said that the card was pulled or changed: its login is gone with it (S4)."""
        self._exchange(None)

    def _sign(self, on_show: CardOnShow, make_input: SigningInput) -> str:
        facts = on_show.facts
        algorithm = facts.algorithms[0]
        signing_input = make_input(facts.certificate, algorithm)
        self._publish(CardChanged(CardState.SIGNING))
        try:
            signature = self._card.sign(facts.generation, algorithm, signing_input).result()
            jws = self._codec.finish(signing_input, signature, facts.certificate)
        except YuyueError:
            # After any failure the session on the card counts as over (card-session: a swap may hide behind it).
            self._exchange(None)
            self._card.read().add_done_callback(self._publish_presence)
            raise
        self._publish(CardChanged(CardState.SIGNED_IN))
        return jws

    def _publish_presence(self, read: Future[CardFacts]) -> None:
        """After a failure only the reader knows: the card may have been pulled."""
        self._publish(CardChanged(CardState.ABSENT if read.exception() else CardState.PRESENT))

    def _look(self) -> CardOnShow:
        facts = self._card.read().result()
        return CardOnShow(facts, self._codec.holder(facts.certificate))

    def _exchange(self, on_show: CardOnShow | None) -> CardOnShow | None:
        with self._guard:
            former, self._unlocked = self._unlocked, on_show
        return former

    def _require_number(self, on_show: CardOnShow, card_number: str | None) -> None:
        inserted = on_show.holder.card_number
        if card_number is not None and inserted != card_number:
            raise user_error(Code.CARD_MISMATCH, inserted=inserted, bound=card_number)
