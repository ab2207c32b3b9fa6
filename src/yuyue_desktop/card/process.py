"""The card process: the only one that loads a card's driver, told what to do by JSON lines; knows no window.

A driver that hangs or crashes takes this process along and nothing else. The main thread alone calls the driver, a
second one reads requests. Every change and every failure ends the card's session for good: a new generation begins.
"""

from __future__ import annotations

import argparse
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from yuyue_desktop.card.driver import Driver
from yuyue_desktop.card.presence import Presence, ReaderInAFile, SlotPolling
from yuyue_desktop.card.protocol import Notice, Operation, Reply, Request, decode_request, encode_answer
from yuyue_desktop.domain.card import CardFacts, PinState
from yuyue_desktop.domain.errors import Code, YuyueError

EXIT_GRACE_S = 2.0
"""How long a driver may take to let go after the window has closed the pipe."""

READ_ATTEMPTS = 5
READ_PAUSE_S = 0.25
"""A card that was just put in may not answer yet."""

PRACTICE_READER = "SOFTHSM2_CONF"
"""Where SoftHSM2 finds the file that stands for the practice reader."""

_REFUSED_PIN = (Code.PIN_WRONG, Code.PIN_LOCKED, Code.PIN_LENGTH)
_TRIES_LEFT = {PinState.LAST_TRY: 1, PinState.LOCKED: 0}


class CardInReader:
    """The card that is in the reader now, as one generation; lives on the driver's thread."""

    def __init__(self, driver: Driver, presence: Presence, generation: int) -> None:
        self._driver = driver
        self._presence = presence
        self._generation = generation
        self._tokens: tuple[tuple[int, str], ...] | None = None
        self._facts: CardFacts | None = None
        self._key_id = b""

    def look(self) -> Notice | None:
        """What to tell the window about the reader, None when nothing changed."""
        tokens = self._presence.tokens()
        if tokens == self._tokens:
            return None
        if self._tokens is not None:
            self._end_generation()
        self._tokens = tokens
        return Notice(self._generation, bool(tokens))

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
        if self._facts is None or request.generation != self._generation:
            raise YuyueError(Code.CARD_CHANGED)
        if request.operation is Operation.LOG_IN:
            self._log_in(request.pin)
            return Reply(request.id)
        return Reply(request.id, signature=self._sign(request))

    def _read(self) -> CardFacts:
        if self._facts is None:
            self._facts = self._read_anew()
        try:
            return self._with_pin_state(self._facts)
        except YuyueError:
            # The card that was known is gone or silent: what is in the reader now is another generation.
            self._end_generation()
            self._facts = self._read_anew()
            return self._with_pin_state(self._facts)

    def _read_anew(self) -> CardFacts:
        for attempt in range(1, READ_ATTEMPTS + 1):
            try:
                token = self._driver.read()
            except YuyueError as error:
                if attempt == READ_ATTEMPTS or error.code not in (Code.CARD_CHANGED, Code.CARD_DRIVER_FAILED):
                    raise
                time.sleep(READ_PAUSE_S)
                self._driver.reset()
            else:
                self._key_id = token.key_id
                return CardFacts(self._generation, token.serial, token.certificate, token.algorithms)
        raise AssertionError("the last attempt answers or raises")

    def _with_pin_state(self, facts: CardFacts) -> CardFacts:
        state = self._driver.pin_state()
        return replace(facts, pin_state=state, tries_left=_TRIES_LEFT.get(state))

    def _log_in(self, pin: str) -> None:
        try:
            self._driver.log_in(pin, self._key_id)
        except YuyueError as error:
            known = self._facts
            self._end_generation()
            if error.code in _REFUSED_PIN and known is not None:
                raise self._after_refused_pin(error, known) from None
            raise

    def _after_refused_pin(self, error: YuyueError, known: CardFacts) -> YuyueError:
        """The card's own No is no failure: the same card, read anew, keeps its generation."""
        try:
            found = self._with_pin_state(self._read_anew())
        except YuyueError:
            return error
        if (found.token_serial, found.certificate) == (known.token_serial, known.certificate):
            self._generation = known.generation
            self._facts = known
        if error.code is Code.PIN_WRONG and found.tries_left is not None:
            return replace(error, params={"tries_left": found.tries_left})
        return error

    def _sign(self, request: Request) -> bytes:
        try:
            return self._driver.sign(request.algorithm, request.signing_input)
        except YuyueError as error:
            if error.code is not Code.CARD_NOT_LOGGED_IN:
                self._end_generation()
            raise

    def _end_generation(self) -> None:
        """Nothing of the session survives: not in the driver, and not under its number."""
        self._generation += 1
        self._facts = None
        # A driver that can't even begin anew says so at the next call, and is begun anew there.
        with suppress(YuyueError):
            self._driver.reset()


def serve(requests: BinaryIO, answers: BinaryIO, card: CardInReader, interval_s: float | None) -> None:
    """Answer requests until the other side closes its end; must run on the thread that may call the driver."""
    waiting: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
    threading.Thread(target=_take_requests, args=(requests, waiting.put), daemon=True).start()
    _send(answers, card.look())
    while True:
        try:
            request = waiting.get(timeout=interval_s)
        except queue.Empty:
            _send(answers, card.look())
            continue
        if request is None:
            return
        # Looked at before every call too: a swap since the last look must not meet the former card's session.
        _send(answers, card.look())
        _send(answers, card.answer(request))


def _take_requests(requests: BinaryIO, put: Callable[[Request | None], None]) -> None:
    try:
        for line in requests:
            put(decode_request(line))
    finally:
        put(None)
    # A driver that hangs would keep this process alive for ever; nobody is left to kill it.
    leaver = threading.Timer(EXIT_GRACE_S, os._exit, args=(1,))
    leaver.daemon = True
    leaver.start()


def _send(answers: BinaryIO, answer: Reply | Notice | None) -> None:
    if answer is not None:
        answers.write(encode_answer(answer))
        answers.flush()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves before a driver is loaded: what a driver prints or reads goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if sys.platform == "win32":
        _point_windows_handles_nowhere(nowhere)
    return requests, answers


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _point_windows_handles_nowhere(nowhere: int) -> None:
        """A driver with a C runtime of its own asks Windows, not our runtime, for its standard handles."""
        for standard in (-10, -11):
            ctypes.windll.kernel32.SetStdHandle(standard, ctypes.c_void_p(msvcrt.get_osfhandle(nowhere)))


def _presence(driver: Driver) -> Presence:
    file = os.environ.get(PRACTICE_READER)
    return ReaderInAFile(driver, Path(file)) if file else SlotPolling(driver)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the card process: `--module PATH [--generation N]`."""
    parser = argparse.ArgumentParser(prog="card")
    parser.add_argument("--module", type=Path, required=True)
    parser.add_argument("--generation", type=int, default=1)
    options = parser.parse_args(arguments)
    requests, answers = _own_pipes()
    driver = Driver(options.module)
    presence = _presence(driver)
    serve(requests, answers, CardInReader(driver, presence, options.generation), presence.interval_s)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
