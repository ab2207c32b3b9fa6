"""The card as the client control shows it: read, unlocked for one signature, signed with; knows no generation.

Each use opens the card and closes it right after, and a use that shows the card a PIN first makes sure that it is the
card read last. The control asks for the PIN with each signature, so a log-in reaches to the next signature alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from yuyue_desktop.card.card_driver import SingleUse, TokenFacts
from yuyue_desktop.card.control import certificate as certificates
from yuyue_desktop.card.control.link import ControlLink, TimeLimit
from yuyue_desktop.domain.card import LoginSpan, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import NO_CARD_CODES, Code, YuyueError, user_error

_PREFIX = "cus-sec_Spc"
_NUMBER_PREFIX = "03-"
LEAST_PIN_LENGTH = 8
"""PINs of e-port cards have eight signs (eport-card, PIN): a shorter one is a slip that would cost a try."""
_SOME_TRIES = 2
"""Where the control does not say how many are left after a wrong PIN."""
_STATES = {0: PinState.LOCKED, 1: PinState.LAST_TRY}


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """How long one use of the card may take, in seconds; `look_s` where only its presence is asked."""

    look_s: float = 2.0
    read_s: float = 5.0
    pin_s: float = 20.0
    sign_s: float = 60.0


class ControlDriver:
    """One control. All methods raise YuyueError and belong on one and the same thread.

    Besides what ControlLink raises: CARD_RESET_FAILED, CARD_READER_FAILED, CARD_REFUSED, CARD_NOT_ACCEPTED.
    """

    def __init__(self, link: ControlLink, limits: ControlLimits | None = None) -> None:
        self._link = link
        self._limits = limits or ControlLimits()
        self._seen: tuple[tuple[int, str], ...] = ()
        self._card = ""
        self._single_use = SingleUse()
        self._tries_left: dict[str, int] = {}

    @property
    def is_logged_in(self) -> bool:
        """Whether a PIN is at hand for a signature."""
        return self._single_use.is_waiting

    def tokens(self) -> tuple[tuple[int, str], ...]:
        """The number of the card in the reader, if any.

        A control that is busy says nothing of the card, which counts as still there: no use takes that for granted.
        """
        try:
            with self._opened(self._limits.look_s) as card:
                self._seen = ((0, card.number()),)
        except YuyueError as error:
            if error.code not in (Code.CARD_CONTROL_SILENT, Code.CARD_CONTROL_GARBLED):
                self._seen = ()
        return self._seen

    def read(self) -> TokenFacts:
        """Read the card. Raises CARD_UNREADABLE where its certificate is none or has another kind of key."""
        with self._opened(self._limits.read_s) as card:
            number, text = card.number(), card.ask("GetSignCertAsPEM")
        try:
            certificate = certificates.decode(text)
            algorithm = certificates.algorithm(certificate)
        except ValueError:
            raise YuyueError(Code.CARD_UNREADABLE) from None
        self._card = number
        return TokenFacts(number, certificate, b"", (algorithm,), least_pin_length=LEAST_PIN_LENGTH)

    def pin_state(self) -> PinState:
        """What the card read last said when it last refused a PIN; it says nothing before."""
        left = self._tries_left.get(self._card)
        return PinState.FINE if left is None else _STATES.get(left, PinState.LOW)

    def log_in(self, pin: str) -> LoginSpan:
        """Let the card read last check its PIN, then at hand for one signature. Raises PIN_WRONG, PIN_LOCKED."""
        self.log_out()
        with self._showing_pin(), self._opened(self._limits.pin_s, self._card) as card:
            card.do("VerifyPIN", {"passwd": pin})
        self._single_use.keep(pin)
        return LoginSpan.ONE_SIGNATURE

    def sign(self, algorithm: SignatureAlgorithm, content: bytes) -> bytes:
        """Sign with the card read last; the control hashes by itself. Raises CARD_NOT_LOGGED_IN."""
        pin = self._single_use.take()
        args = {"inData": content.decode("ascii"), "passwd": pin}
        with self._showing_pin(), self._opened(self._limits.sign_s, self._card) as card:
            text = card.ask("SignDataAsPEM", args)
        try:
            return certificates.plain_signature(algorithm, certificates.decode(text))
        except ValueError:
            raise YuyueError(Code.CARD_SIGNATURE_WRONG) from None

    def change_pin(self, pin: str, new_pin: str) -> None:
        """Give the card read last another PIN."""
        self.log_out()
        with self._showing_pin(), self._opened(self._limits.pin_s, self._card) as card:
            card.do("ChangePIN", {"oldPin": pin, "newPin": new_pin})

    def log_out(self) -> None:
        """Forget the PIN that waits for its signature."""
        self._single_use.forget()

    def reset(self) -> None:
        """Forget every use that is under way."""
        self.log_out()
        self._link.close()

    @contextmanager
    def _opened(self, limit_s: float, number: str | None = None) -> Iterator[_OpenCard]:
        """The card, opened and closed again; with a number it must be that one. Raises CARD_CHANGED."""
        card = _OpenCard(self._link, TimeLimit(limit_s))
        card.do("InitEnvEx")
        try:
            if number is not None and card.number() != number:
                raise YuyueError(Code.CARD_CHANGED)
            yield card
        finally:
            # What went wrong before counts; a card that could not be closed is opened anew by the next use.
            with suppress(YuyueError):
                card.do("ClearEnv")

    @contextmanager
    def _showing_pin(self) -> Iterator[None]:
        """Keep in mind what the card says of its tries."""
        if self._tries_left.get(self._card) == 0:
            raise user_error(Code.PIN_LOCKED)
        try:
            yield
        except YuyueError as error:
            if error.code in NO_CARD_CODES:
                raise YuyueError(Code.CARD_CHANGED) from None
            if error.code is Code.PIN_WRONG:
                raise self._refused(error) from None
            raise
        self._tries_left.pop(self._card, None)

    def _refused(self, error: YuyueError) -> YuyueError:
        left = int(error.params.get("tries_left", -1))
        self._tries_left[self._card] = _SOME_TRIES if left < 0 else left
        return error if left else user_error(Code.PIN_LOCKED)


class _OpenCard:
    """The card during one use."""

    def __init__(self, link: ControlLink, limit: TimeLimit) -> None:
        self._link = link
        self._limit = limit

    def do(self, method: str, args: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Call a method of the control; answers its data."""
        return self._link.call(_PREFIX + method, args or {}, self._limit)

    def ask(self, method: str, args: Mapping[str, str] | None = None) -> str:
        """Call a method that answers a text, which may end with a NUL."""
        data = self.do(method, args)
        text = data[0].split("\0")[0].strip() if data else ""
        if not text:
            raise YuyueError(Code.CARD_CONTROL_GARBLED)
        return text

    def number(self) -> str:
        """The card's number without the prefix that some controls give it."""
        return self.ask("GetCardID").removeprefix(_NUMBER_PREFIX)
