"""The window's side of the card (domain.ports.CardPort): watches its process and begins it anew; loads no driver.

After each new beginning nobody is logged in: a PIN lives in one call and is never sent a second time by itself.
"""

from __future__ import annotations

import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from yuyue_desktop.card.child import CardProcess, ProcessEnded
from yuyue_desktop.card.protocol import Notice, Operation, Reply, Request
from yuyue_desktop.card.refused_pins import RefusedPins
from yuyue_desktop.card.routes import Route
from yuyue_desktop.card.watchdog import Limit, Watchdog
from yuyue_desktop.domain.card import CardFacts, CardState, LoginSpan, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.domain.ports import FailedPins, Publish

_T = TypeVar("_T")

# OpenSC would otherwise answer for another card with the PIN of the former one, or show a former certificate.
_OPENSC_WITHOUT_PIN_CACHE = (
    "app default {\n  framework pkcs15 {\n    use_pin_caching = false;\n    use_file_caching = no;\n  }\n}\n"
)

_STEADY_S = 10.0
"""A process that lived this long was no failed start."""

_LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long a call may take before the card process is killed, in seconds.

    `start_s` is added until the process has said anything: it is loaded from a slow disk, past a virus scanner.
    """

    start_s: float = 10.0
    read_s: float = 5.0
    log_in_s: float = 20.0
    sign_s: float = 60.0
    """For all the signatures that are asked for at once."""


class CardClient:
    """Implements domain.ports.CardPort with a process of its own for the card, started at the first call.

    Publishes CardChanged: PRESENT for each card put in, ABSENT for each pulled and for each end of the process.

    Args:
        command: starts the card process; the route's arguments and `--generation` are added.
        route: the way to the card.
        publish: takes events from any thread.
        environment: added to the process's own, such as a driver's configuration.
        limits: watchdog times.
        failed_pins: what earlier runs know of refused PINs, None where none is asked.
    """

    def __init__(
        self,
        *,
        command: Sequence[str],
        route: Route,
        publish: Publish,
        environment: Mapping[str, str] | None = None,
        limits: TimeLimits | None = None,
        failed_pins: FailedPins | None = None,
    ) -> None:
        self._command = tuple(command)
        self._route = route
        self._publish = publish
        self._surroundings = _Surroundings(environment or {})
        self._limits = limits or TimeLimits()
        self._calls = ThreadPoolExecutor(max_workers=1, thread_name_prefix="card")
        self._ids = itertools.count(1)
        self._guard = threading.Lock()
        self._asking = threading.Lock()  # calls are limited in the order in which they reach the process
        self._process: CardProcess | None = None
        self._facts: CardFacts | None = None
        self._generation = 0
        self._is_present = False
        self._refused_pins = RefusedPins(failed_pins)
        self._watchdog = Watchdog()
        self._restarts = _Restarts()
        self._restart_timer: threading.Timer | None = None
        self._is_closed = False

    @property
    def process_id(self) -> int | None:
        """The card process's id while it runs."""
        process = self._process
        return process.pid if process else None

    def read(self) -> Future[CardFacts]:
        """What can be read without a PIN. Fails as CardPort.read."""
        return self._submit(self._read)

    def log_in(self, generation: int, pin: str) -> Future[LoginSpan]:
        """Unlock the card of that generation. Fails as CardPort.log_in."""
        return self._submit(lambda: self._log_in(generation, pin))

    def change_pin(self, generation: int, pin: str, new_pin: str) -> Future[None]:
        """Give the card of that generation another PIN. Fails as CardPort.change_pin."""
        return self._submit(lambda: self._change_pin(generation, pin, new_pin))

    def sign(
        self, generation: int, algorithm: SignatureAlgorithm, signing_inputs: Sequence[bytes]
    ) -> Sequence[Future[bytes]]:
        """Sign with the card of that generation. Fails as CardPort.sign.

        Asked at once, past the calls that wait for an answer: with several under way the card never waits for the one
        who asked for the signature before. Blocks while the card process reads nothing.
        """
        signatures = [Future[bytes]() for _ in signing_inputs]
        request = Request(
            next(self._ids), Operation.SIGN, generation, algorithm=algorithm, signing_inputs=tuple(signing_inputs)
        )
        try:
            self._require_open()
            self._current(generation)
            reply = self._ask(request, self._limits.sign_s)
        except YuyueError as error:
            _hand_over(Reply(request.id, error=error), signatures)
        else:
            reply.add_done_callback(lambda reply: _hand_over(_told(reply), signatures))
        return signatures

    def log_out(self) -> Future[None]:
        """End the card's login (S6)."""
        return self._submit(self._log_out)

    def take_route(self, route: Route) -> None:
        """Reach the card another way from the next call on; its process begins anew, as after a card was pulled."""
        with self._guard:
            self._route = route
            process, self._facts = self._process, None
        self._publish(CardChanged(CardState.ABSENT))
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Stop the card process; returns once it is gone."""
        with self._guard:
            if self._is_closed:
                return
            self._is_closed = True
            process, timer = self._process, self._restart_timer
        if timer is not None:
            timer.cancel()
        if process is not None:
            process.stop()
        self._calls.shutdown()
        self._watchdog.close()
        self._surroundings.clear()

    def _read(self) -> CardFacts:
        facts = None
        try:
            facts = self._call(Request(next(self._ids), Operation.READ), self._limits.read_s).facts
        finally:
            with self._guard:
                self._facts = facts
                self._generation = max(self._generation, facts.generation if facts else 0)
        if facts is None:
            raise YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "no facts"})
        return facts

    def _log_in(self, generation: int, pin: str) -> LoginSpan:
        facts = self._current(generation)
        _require_length(facts, pin)
        return self._call_with_pin(Request(next(self._ids), Operation.LOG_IN, generation, pin), facts).login_span

    def _change_pin(self, generation: int, pin: str, new_pin: str) -> None:
        facts = self._current(generation)
        for one in (pin, new_pin):
            _require_length(facts, one)
        request = Request(next(self._ids), Operation.CHANGE_PIN, generation, pin, new_pin=new_pin)
        self._call_with_pin(request, facts)
        self._refused_pins.note_changed(facts.token_serial, new_pin)

    def _call_with_pin(self, request: Request, facts: CardFacts) -> Reply:
        serial, pin = facts.token_serial, request.pin
        self._refused_pins.require_untried(serial, pin)
        try:
            reply = self._call(request, self._limits.log_in_s)
        except YuyueError as error:
            if error.code is Code.PIN_WRONG:
                self._refused_pins.add(serial, pin)
            raise
        self._refused_pins.note_accepted(serial)
        return reply

    def _log_out(self) -> None:
        if self._process is not None:
            self._call(Request(next(self._ids), Operation.LOG_OUT), self._limits.read_s)

    def _current(self, generation: int) -> CardFacts:
        """What was read of the card of that generation. Raises CARD_CHANGED when that is no longer the one in use."""
        facts = self._facts
        if facts is None or facts.generation != generation or self._process is None:
            raise YuyueError(Code.CARD_CHANGED)
        return facts

    def _call(self, request: Request, limit_s: float) -> Reply:
        reply = _told(self._ask(request, limit_s))
        if reply.error is not None:
            raise reply.error
        return reply

    def _ask(self, request: Request, limit_s: float) -> Future[Reply]:
        process = self._running()
        start_s = 0.0 if process.has_spoken else self._limits.start_s
        limit = Limit(start_s + limit_s + self._route.patience_s, process.kill)
        with self._asking:
            self._watchdog.begin(limit)
            reply = process.send(request)
        reply.add_done_callback(lambda _reply: self._watchdog.end(limit))
        return reply

    def _running(self) -> CardProcess:
        with self._guard:
            self._require_open()
            if self._process is None:
                self._process = self._start()
            return self._process

    def _require_open(self) -> None:
        if self._is_closed:
            raise YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "closed"})

    def _start(self) -> CardProcess:
        first_generation = self._generation + 1
        command = (*self._command, *self._route.arguments(), "--generation", str(first_generation))
        self._restarts.begun()
        try:
            return CardProcess(command, self._surroundings.environment(), self._notice, self._ended)
        except OSError as error:
            raise YuyueError(Code.CARD_DRIVER_FAILED, {"reason": type(error).__name__}) from error

    def _notice(self, notice: Notice) -> None:
        with self._guard:
            self._generation = max(self._generation, notice.generation)
            if self._facts is not None and self._facts.generation != notice.generation:
                self._facts = None
        if self._is_present:
            self._set_present(is_present=False)
        if notice.is_present:
            self._set_present(is_present=True)

    def _ended(self) -> None:
        """The process is gone: so is the login, and the card's number with it. Unless asked to, it begins anew."""
        self._set_present(is_present=False)
        with self._guard:
            self._process = None
            self._facts = None
            if not self._is_closed:
                self._restart_timer = threading.Timer(self._restarts.pause_s(), lambda: self._submit(self._running))
                self._restart_timer.daemon = True
                self._restart_timer.start()

    def _set_present(self, *, is_present: bool) -> None:
        if is_present != self._is_present:
            self._is_present = is_present
            self._publish(CardChanged(CardState.PRESENT if is_present else CardState.ABSENT))

    def _submit(self, work: Callable[[], _T]) -> Future[_T]:
        with self._guard:
            if not self._is_closed:
                return self._calls.submit(work)
        refused: Future[_T] = Future()
        refused.set_exception(YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "closed"}))
        return refused


def _told(reply: Future[Reply]) -> Reply:
    """What was answered, once it is; the end of the card process is an answer too."""
    try:
        return reply.result()
    except ProcessEnded:
        return Reply(0, error=YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "ended"}))


def _hand_over(reply: Reply, signatures: Sequence[Future[bytes]]) -> None:
    """Give each its signature; those the card did not come to fail with what stopped it."""
    for signature, made in zip(signatures, reply.signatures, strict=False):
        signature.set_result(made)
    for signature in signatures[len(reply.signatures) :]:
        signature.set_exception(reply.error or YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "no signature"}))


def _require_length(facts: CardFacts, pin: str) -> None:
    """Never sent with a wrong length: some cards count it as a try. Raises PIN_LENGTH."""
    if not facts.least_pin_length <= len(pin) <= facts.most_pin_length:
        raise user_error(Code.PIN_LENGTH, least=facts.least_pin_length, most=facts.most_pin_length)


class _Surroundings:
    """The environment of card processes, and the file that it names; made at the first of them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def environment(self) -> dict[str, str]:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="yuyue-card-")
        opensc = Path(self._folder.name) / "opensc.conf"
        opensc.write_text(_OPENSC_WITHOUT_PIN_CACHE, encoding="ascii")
        return {"OPENSC_CONF": str(opensc), **self._environment}

    def clear(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()


class _Restarts:
    """How long to wait before a process that ended is begun anew: at once the first time, then ever longer."""

    def __init__(self) -> None:
        self._begun_at = 0.0
        self._failures = 0

    def begun(self) -> None:
        self._begun_at = time.monotonic()

    def pause_s(self) -> float:
        lived_s = time.monotonic() - self._begun_at
        self._failures = 0 if lived_s >= _STEADY_S else self._failures + 1
        return 0.0 if self._failures <= 1 else min(2.0 ** (self._failures - 2), _LONGEST_PAUSE_S)
