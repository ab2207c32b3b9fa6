"""The card in use: which one it is, whether its login stands, and signatures by exactly that card (S3, S4, B15)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from yuyue_desktop.domain.card import CardFacts, CardHolder, CardState, LoginSpan, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.ports import CardPort, Codec, Publish
from yuyue_desktop.domain.session import Session, Way

SigningInput = Callable[[bytes, SignatureAlgorithm], bytes]
"""Makes the bytes to sign from the card's certificate (DER) and the algorithm it will use."""


@dataclass(frozen=True, slots=True)
class CardOnShow:
    """A card as read without its PIN, with what its certificate says."""

    facts: CardFacts
    holder: CardHolder


class CardSession:
    """The one way of services to the card, and the one who tells its state.

    A login belongs to one insertion (generation): any failure ends it, nothing is ever retried on it. A PIN passes
    through `unlock` or `change_pin` alone and is kept nowhere. States are published in the order in which they hold.
    """

    def __init__(self, card: CardPort, codec: Codec, workers: Executor, publish: Publish) -> None:
        self._card = card
        self._codec = codec
        self._workers = workers
        self._publish = publish
        self._guard = threading.Lock()
        self._changes = 0
        self._state = CardState.ABSENT
        self._on_show: CardOnShow | None = None
        self._unlocked: CardOnShow | None = None
        self._span = LoginSpan.UNTIL_REMOVAL
        self._under_way = 0  # signatures of the login that stands

    @property
    def state(self) -> CardState:
        """What was published last."""
        return self._state

    @property
    def on_show(self) -> CardOnShow | None:
        """The card as it was read since the reader last told of a change, None before that."""
        with self._guard:
            return self._on_show

    @property
    def unlocked(self) -> CardOnShow | None:
        """The card whose login stands, None without one."""
        with self._guard:
            return self._unlocked

    def heard(self, state: CardState) -> None:
        """The reader said that a card was put in or pulled: every login is gone with it (S4)."""
        with self._guard:
            self._changes += 1
            self._on_show = self._unlocked = None
            self._tell(state)

    def look(self, card_number: str | None = None) -> Future[CardOnShow]:
        """Read the card that is in the reader. Fails as CardPort.read, and with CARD_CERTIFICATE_UNKNOWN.

        With the number of the card that must be in place it also fails with CARD_MISMATCH (S3).
        """
        return self._workers.submit(self._look_for, card_number)

    def unlock(self, pin: str, shown: CardOnShow | None = None) -> CardOnShow:
        """Log in to a card; blocks, so it belongs on a worker.

        Args:
            pin: what the person typed for `shown`.
            shown: the card the person saw; no other one is ever shown the PIN. None takes the one in the reader.

        Raises:
            YuyueError: as CardPort.log_in.
        """
        on_show = shown or self._look()
        changes = self._changes
        span = self._card.log_in(on_show.facts.generation, pin).result()
        with self._guard:
            if changes != self._changes:
                raise YuyueError(Code.CARD_CHANGED)
            self._on_show = self._unlocked = on_show
            self._span = span
            self._under_way = 0
            self._tell(CardState.SIGNED_IN)
        return on_show

    def change_pin(self, pin: str, new_pin: str, shown: CardOnShow) -> Future[None]:
        """Give the card that is shown another PIN; its login ends. Fails as CardPort.change_pin."""
        return self._workers.submit(self._change_pin, pin, new_pin, shown)

    def sign(self, make_input: SigningInput, card_number: str | None = None) -> str:
        """A finished JWS by the unlocked card; blocks, so it belongs on a worker. Several workers may do so at once.

        Args:
            make_input: makes the bytes to sign.
            card_number: the card that must be in place (S3), None for any.

        Raises:
            YuyueError: CARD_NOT_LOGGED_IN, CARD_MISMATCH, CARD_CHANGED, CARD_SIGNATURE_WRONG, CARD_NOT_SIGNED, or
                what CardPort.read fails with.
        """
        on_show = self.unlocked
        if on_show is None:
            self._look_for(card_number)
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        self._require_number(on_show, card_number)
        return self._sign(on_show, make_input)

    def end(self) -> None:
        """Forget the login and end it on the card (S6)."""
        with self._guard:
            former, self._unlocked = self._unlocked, None
            if former is not None:
                self._tell(CardState.PRESENT)
        if former is not None:
            self._card.log_out()

    def _change_pin(self, pin: str, new_pin: str, shown: CardOnShow) -> None:
        self.end()
        self._card.change_pin(shown.facts.generation, pin, new_pin).result()

    def _sign(self, on_show: CardOnShow, make_input: SigningInput) -> str:
        facts = on_show.facts
        algorithm = facts.algorithms[0]
        signing_input = make_input(facts.certificate, algorithm)
        with self._guard:
            if self._unlocked is not on_show:
                raise YuyueError(Code.CARD_CHANGED)
            self._under_way += 1
            self._tell(CardState.SIGNING)
        try:
            signature = self._card.sign(facts.generation, algorithm, signing_input).result()
            jws = self._codec.finish(signing_input, signature, facts.certificate)
        except YuyueError as error:
            self._failed(on_show)
            raise _as_not_signed(error) from None
        self._signed(on_show)
        return jws

    def _signed(self, on_show: CardOnShow) -> None:
        with self._guard:
            if self._unlocked is not on_show:
                return  # pulled or locked meanwhile, which was told
            self._under_way -= 1
            if self._span is LoginSpan.ONE_SIGNATURE:
                self._unlocked = None
            elif self._under_way > 0:
                return  # the card goes on signing
            self._tell(CardState.SIGNED_IN if self._unlocked else CardState.PRESENT)

    def _failed(self, on_show: CardOnShow) -> None:
        """After any failure the session on the card counts as over: a swap may hide behind it.

        One of several signatures that fails late ends no login that came after.
        """
        with self._guard:
            if self._unlocked is not on_show and self._unlocked is not None:
                return
            self._unlocked = self._on_show = None
            changes = self._changes

        def presence(read: Future[CardFacts]) -> None:
            """Only the reader knows: the card may have been pulled. What it told meanwhile is newer."""
            with self._guard:
                if changes == self._changes:
                    self._tell(CardState.ABSENT if read.exception() else CardState.PRESENT)

        self._card.read().add_done_callback(presence)

    def _look(self) -> CardOnShow:
        changes = self._changes
        facts = self._card.read().result()
        on_show = CardOnShow(facts, self._codec.holder(facts.certificate))
        with self._guard:
            if changes == self._changes and self._unlocked is None:
                self._on_show = on_show
        return on_show

    def _look_for(self, card_number: str | None) -> CardOnShow:
        on_show = self._look()
        self._require_number(on_show, card_number)
        return on_show

    def _tell(self, state: CardState) -> None:
        """Under the guard, so that no older state is told after a newer one."""
        if state is not self._state:
            self._state = state
            self._publish(CardChanged(state))

    def _require_number(self, on_show: CardOnShow, card_number: str | None) -> None:
        inserted = on_show.holder.card_number
        if card_number is not None and inserted != card_number:
            raise user_error(Code.CARD_MISMATCH, inserted=inserted, bound=card_number)


def other_card(session: Session, inserted: CardHolder) -> YuyueError | None:
    """What ends a session that was begun by card once another card is in the reader (S3), None while it may go on."""
    if session.way is not Way.CARD or inserted.card_number == session.bound_card:
        return None
    return user_error(Code.CARD_MISMATCH, inserted=inserted.card_number, bound=session.bound_card)


def _as_not_signed(error: YuyueError) -> YuyueError:
    """What a driver can't explain is told as what it means for the declaration: it did not go out."""
    return YuyueError(Code.CARD_NOT_SIGNED, error.params) if error.code is Code.CARD_DRIVER_FAILED else error
