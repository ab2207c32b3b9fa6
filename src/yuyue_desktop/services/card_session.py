"""The card in use: which one it is, whether its login stands, and signatures by exactly that card (S3, S4, B15)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from yuyue_desktop.domain.card import CardFacts, CardHolder, CardState, LoginSpan, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.ports import CardPort, Codec, Publish
from yuyue_desktop.domain.session import Session, Way

SigningInput = Callable[[bytes, SignatureAlgorithm], bytes]
"""Makes the bytes to sign from the card's certificate (DER) and the algorithm it will use."""

ASKED_AT_ONCE = 16
"""How many signatures the card process is asked for at once; a slow card makes them within one call's time limit."""


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
        self._under_way = 0  # who signs with the login that stands

    @property
    def state(self) -> CardState:
        """What was published last."""
        return self._state

    @property
    def asks_each_time(self) -> bool:
        """Whether the card logged in to last wants its PIN for each signature."""
        return self._span is LoginSpan.ONE_SIGNATURE

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
        """A finished JWS, as `sign_all` makes them; several workers may ask at once."""
        [jws] = self.sign_all((make_input,), card_number)
        return jws

    def sign_all(
        self, make_inputs: Sequence[SigningInput], card_number: str | None = None
    ) -> Generator[str, None, None]:
        """Finished JWS by the unlocked card in their order, each as soon as it is made; blocks: belongs on a worker.

        After the first that fails none is made. What was not taken counts as not signed: `close` ends it
        before its end.

        Args:
            make_inputs: make the bytes to sign.
            card_number: the card that must be in place (S3), None for any.

        Raises:
            YuyueError: CARD_NOT_LOGGED_IN, CARD_MISMATCH, CARD_CHANGED, CARD_SIGNATURE_WRONG, CARD_NOT_SIGNED, or
                what CardPort.read fails with. Where the card wants its PIN for each signature, CARD_NOT_LOGGED_IN
                after the first.
        """
        on_show = self.unlocked
        if on_show is None:
            self._look_for(card_number)
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        self._require_number(on_show, card_number)
        yield from self._sign_all(on_show, make_inputs)

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

    def _sign_all(self, on_show: CardOnShow, make_inputs: Sequence[SigningInput]) -> Generator[str, None, None]:
        with self._guard:
            self._require_unlocked(on_show)
            self._under_way += 1
            self._tell(CardState.SIGNING)
        try:
            for signing_input, signature in self._asked(on_show, make_inputs):
                yield self._codec.finish(signing_input, signature.result(), on_show.facts.certificate)
        except YuyueError as error:
            self._failed(on_show)
            raise _as_not_signed(error) from None
        finally:
            self._signed(on_show)

    def _asked(self, on_show: CardOnShow, make_inputs: Sequence[SigningInput]) -> Iterator[tuple[bytes, Future[bytes]]]:
        """Inputs with their signatures to come. The card is asked for the next ones before the last are looked at."""
        facts, asked = on_show.facts, deque[tuple[bytes, Future[bytes]]]()
        algorithm = facts.algorithms[0]
        for begin in range(0, len(make_inputs), ASKED_AT_ONCE):
            some = [make(facts.certificate, algorithm) for make in make_inputs[begin : begin + ASKED_AT_ONCE]]
            with self._guard:
                self._require_unlocked(on_show)
            asked.extend(zip(some, self._card.sign(facts.generation, algorithm, some), strict=True))
            while len(asked) > ASKED_AT_ONCE:
                yield asked.popleft()
        yield from asked

    def _signed(self, on_show: CardOnShow) -> None:
        with self._guard:
            if self._unlocked is not on_show:
                return  # pulled or locked meanwhile, which was told
            self._under_way -= 1
            if self.asks_each_time:
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

    def _require_unlocked(self, on_show: CardOnShow) -> None:
        """Under the guard: that the login still stands with which somebody began to sign. Raises CARD_CHANGED."""
        if self._unlocked is not on_show:
            raise YuyueError(Code.CARD_CHANGED)

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
