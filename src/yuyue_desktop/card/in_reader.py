"""The card in the reader as one generation after another; knows the driver, neither pipes nor the window.

A generation ends with every insertion, removal and failure, and with it everything the driver remembers. The driver is
called on one thread alone; changes of readers are heard on another one, so that a driver that hangs hides no removal.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from yuyue_desktop.card.card_driver import CardDriver, TokenFacts
from yuyue_desktop.card.presence import Presence, Tokens
from yuyue_desktop.card.protocol import Notice, Operation, Reply, Request
from yuyue_desktop.card.readers import Readers, any_card, is_use_ended
from yuyue_desktop.domain.card import CardFacts, PinState
from yuyue_desktop.domain.errors import NO_CARD_CODES, Code, YuyueError, user_error

READ_ATTEMPTS = 6
READ_PAUSE_S = 0.25
"""A card that was just put in may not answer yet."""
LOOK_LASTS_S = 0.05
"""How long a look at the readers is good for signatures that follow one another at once.

No hand pulls a card and puts in another so soon, and what the reader service tells of ends the generation anyway. A
real card takes longer for one signature."""

_T = TypeVar("_T")
_PASSING = (Code.CARD_CHANGED, Code.CARD_DRIVER_FAILED)
_SILENT = NO_CARD_CODES | {Code.CARD_UNREADABLE}
_REFUSED_PIN = (Code.PIN_WRONG, Code.PIN_LOCKED, Code.PIN_LENGTH)
_TRIES_LEFT = {PinState.LAST_TRY: 1, PinState.LOCKED: 0}


class CardInReader:
    """Answers requests about the card that is in the reader now.

    Args:
        generation: number of the first generation.
        notify: takes notices, from either thread.
    """

    def __init__(
        self, driver: CardDriver, presence: Presence, generation: int, notify: Callable[[Notice], None]
    ) -> None:
        self._driver = driver
        self._presence = presence
        self._notify = notify
        self._guard = threading.Lock()
        self._generation = generation
        self._facts: CardFacts | None = None
        self._token: TokenFacts | None = None
        self._is_stale = False
        self._is_pin_proven = False
        self._readers: Readers | None = None
        self._tokens: Tokens | None = None
        self._told: Notice | None = None
        self._look_lasts_until = 0.0

    # readers' own thread

    def readers_changed(self, readers: Readers) -> None:
        """The reader service told of a change. Touches no driver."""
        with self._guard:
            before, self._readers = self._readers, readers
            if before is not None and self._is_disturbed(before, readers):
                self._begin_generation()
                self._tokens = ()  # as far as anybody knows before the driver is asked again
            if self._told is not None:
                self._tell()

    # the driver's thread

    def look(self) -> None:
        """Tell what changed in the readers since the last look."""
        is_anew = self._settle()
        tokens = self._presence.tokens()
        with self._guard:
            before, self._tokens = self._tokens, tokens
            if not is_anew and before is not None and self._is_other(before, tokens):
                self._begin_generation()
            self._tell()
        self._settle()

    def look_before(self, operation: Operation) -> None:
        """Look, so that a swap since the last look does not meet the former card's session."""
        now = time.monotonic()
        if operation is not Operation.SIGN or now > self._look_lasts_until:
            self._look_lasts_until = now + LOOK_LASTS_S if operation is Operation.SIGN else 0.0
            self.look()

    def answer(self, request: Request) -> Reply:
        """Do what is asked; errors are answers too."""
        try:
            return self._do(request)
        except YuyueError as error:
            return Reply(request.id, error=error)

    def _do(self, request: Request) -> Reply:
        if request.operation is Operation.READ:
            return Reply(request.id, facts=self._read())
        if request.operation is Operation.LOG_OUT:
            self._driver.log_out()
            return Reply(request.id)
        facts = self._current(request.generation)
        if request.operation is Operation.SIGN:
            return self._sign(facts, request)
        if request.operation is Operation.LOG_IN:
            return Reply(request.id, login_span=self._with_pin(facts, lambda: self._driver.log_in(request.pin)))
        self._with_pin(facts, lambda: self._driver.change_pin(request.pin, request.new_pin))
        return Reply(request.id)

    def _current(self, generation: int) -> CardFacts:
        with self._guard:
            if self._facts is None or generation != self._generation:
                raise YuyueError(Code.CARD_CHANGED)
            return self._facts

    def _read(self) -> CardFacts:
        with self._guard:
            known = self._facts
        if known is None:
            return self._with_pin_state(self._read_anew())
        try:
            if self._driver.is_logged_in or self._is_there(known):
                return self._with_pin_state(known)
        except YuyueError:
            pass  # the card that was known is silent: what is there now is another generation
        self._fail()
        return self._with_pin_state(self._read_anew())

    def _is_there(self, known: CardFacts) -> bool:
        """Whether the card itself is still the one known, whatever driver and reader remember; ends its login."""
        self._driver.reset()
        try:
            token = self._driver.read()
        except YuyueError as error:
            if not self._may_be_overlooked(error):
                raise
            time.sleep(READ_PAUSE_S)
            self._driver.reset()
            token = self._driver.read()
        return (token.serial, token.certificate) == (known.token_serial, known.certificate)

    def _read_anew(self) -> CardFacts:
        """Raises what the last of several attempts raised."""
        for attempt in range(1, READ_ATTEMPTS + 1):
            self._settle()
            with self._guard:
                generation = self._generation
            try:
                token = self._driver.read()
            except YuyueError as error:
                if attempt == READ_ATTEMPTS or not self._may_pass(error, attempt):
                    raise
                self._fail()
                time.sleep(READ_PAUSE_S)
            else:
                facts = CardFacts(
                    generation,
                    token.serial,
                    token.certificate,
                    token.algorithms,
                    least_pin_length=token.least_pin_length,
                    most_pin_length=token.most_pin_length,
                )
                if self._keep(facts, token):
                    return facts
        raise YuyueError(Code.CARD_CHANGED)

    def _may_pass(self, error: YuyueError, attempt: int) -> bool:
        """Whether a card that can't be read now may be read in a moment."""
        if self._may_be_overlooked(error):
            return attempt == 1
        is_in_reader = any_card(self._readers)
        return error.code in _PASSING or (error.code in _SILENT and is_in_reader)

    def _may_be_overlooked(self, error: YuyueError) -> bool:
        """Only the driver knows of a card, and one that begins while another program writes to the card misses it."""
        return error.code is Code.CARD_ABSENT and not self._readers

    def _keep(self, facts: CardFacts, token: TokenFacts) -> bool:
        with self._guard:
            if self._generation != facts.generation:
                return False
            self._facts, self._token = facts, token
            self._is_pin_proven = False
            return True

    def _with_pin_state(self, facts: CardFacts) -> CardFacts:
        # Drivers go on telling of wrong PINs after the right one.
        state = PinState.FINE if self._is_pin_proven else self._driver.pin_state()
        return replace(facts, pin_state=state, tries_left=_TRIES_LEFT.get(state))

    def _with_pin(self, facts: CardFacts, act: Callable[[], _T]) -> _T:
        """Do what shows the card a PIN, once it is certain that it is this card: a wrong one would lose a try."""
        self._require(facts)
        try:
            done = act()
        except YuyueError as error:
            if error.code in _REFUSED_PIN:
                raise self._after_refused_pin(error, facts) from None
            self._fail()
            raise self._explained(error, facts) from None
        self._is_pin_proven = True
        self._current(facts.generation)  # the card left meanwhile: it is nobody's login
        return done

    def _require(self, facts: CardFacts) -> None:
        try:
            is_there = self._is_there(facts)
        except YuyueError:
            is_there = False
        if not is_there:
            self._fail()
            raise YuyueError(Code.CARD_CHANGED)
        self._current(facts.generation)

    def _after_refused_pin(self, error: YuyueError, known: CardFacts) -> YuyueError:
        """The card's own No is no failure: the same card keeps its generation. Its last No locks it."""
        self._is_pin_proven = False
        try:
            self._require(known)
            left = self._with_pin_state(known).tries_left
        except YuyueError:
            return error
        if error.code is not Code.PIN_WRONG or left is None:
            return error
        return replace(error, params={"tries_left": left}) if left else user_error(Code.PIN_LOCKED)

    def _sign(self, facts: CardFacts, request: Request) -> Reply:
        """One signature after another; between them the readers are looked at as before any call."""
        signatures: list[bytes] = []
        try:
            for content in request.signing_inputs:
                self.look_before(Operation.SIGN)
                self._current(facts.generation)
                try:
                    signature = self._driver.sign(request.algorithm, content)
                except YuyueError as error:
                    if error.code is Code.CARD_NOT_LOGGED_IN:
                        raise
                    self._fail()
                    raise self._explained(error, facts) from None
                self._current(facts.generation)  # the card left while it signed: nothing was signed
                signatures.append(signature)
        except YuyueError as error:
            return Reply(request.id, signatures=tuple(signatures), error=error)
        return Reply(request.id, signatures=tuple(signatures))

    def _explained(self, error: YuyueError, known: CardFacts) -> YuyueError:
        """A driver names no reason for most failures: whether the same card is still there says more."""
        try:
            found = self._read_anew()
        except YuyueError as problem:
            return YuyueError(Code.CARD_CHANGED) if problem.code in NO_CARD_CODES else error
        is_same = (found.token_serial, found.certificate) == (known.token_serial, known.certificate)
        return error if is_same else YuyueError(Code.CARD_CHANGED)

    def _fail(self) -> None:
        with self._guard:
            self._begin_generation()
        self._settle()

    def _settle(self) -> bool:
        """Let the driver forget what an ended generation left; whether there was anything to forget."""
        with self._guard:
            is_stale, self._is_stale = self._is_stale, False
        if is_stale:
            # A driver that can't even begin anew says so at the next call, and is begun anew there.
            with suppress(YuyueError):
                self._driver.reset()
        return is_stale

    # under the guard

    def _begin_generation(self) -> None:
        """Nothing of the session survives: not in the driver, and not under its number."""
        self._generation += 1
        self._facts = None
        self._is_stale = True

    def _is_disturbed(self, before: Readers, now: Readers) -> bool:
        if self._facts is None:
            return True
        return is_use_ended(before, now, self._token.reader if self._token else "")

    def _is_other(self, before: Tokens, now: Tokens) -> bool:
        """With a card in use another one beside it changes nothing."""
        if self._facts is None:
            return before != now
        serial = self._facts.token_serial
        return not {place for place in before if place[1] == serial} <= set(now)

    def _tell(self) -> None:
        notice = Notice(self._generation, bool(self._tokens) or any_card(self._readers))
        if notice != self._told:
            self._told = notice
            self._notify(notice)
