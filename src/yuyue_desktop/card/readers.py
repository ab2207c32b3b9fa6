"""What the reader service (PC/SC) says of readers, as it happens; knows no driver, no PIN, and touches no card.

A swap too quick to be seen as an absence still moves a reader's count of changes: presence and count are what is told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yuyue_desktop.domain.card import ReaderSurvey, ServiceState

try:  # an extra: without it the driver is asked for its slots at intervals
    from smartcard import scard
except ImportError:
    scard = None

RETRY_S = 1.0
"""How long to wait before a reader service that is away is tried again."""

_LOOK_AGAIN_MS = 10_000
"""Nothing is missed meanwhile: changes end the waiting at once, this is for what no event tells of."""

_NEW_READERS = "\\\\?PnP?\\Notification"
_COUNT_AT_BIT = 16


@dataclass(frozen=True, slots=True)
class ReaderState:
    """One reader: whether a card is in it, and how often that changed since the service saw it first."""

    has_card: bool
    changes: int


Readers = dict[str, ReaderState]
"""Every reader by its name."""


def any_card(readers: Readers | None) -> bool:
    """Whether any reader has a card in it."""
    return any(state.has_card for state in (readers or {}).values())


def is_use_ended(before: Readers, now: Readers, in_use: str) -> bool:
    """Whether a card that was in use can no longer be taken to be in its reader.

    Args:
        before, now: readers then and now.
        in_use: name of the card's reader as the driver gives it (64 characters at most), empty where it isn't known.
    """
    known = [name for name in before if in_use and name.startswith(in_use)]
    looked_at = known or [name for name, state in before.items() if state.has_card]
    return any(before[name].has_card and before[name] != now.get(name) for name in looked_at)


class ReaderWatch:
    """Tells every change of the readers, on a thread of its own; no readers while the service is away.

    The thread ends with the process.
    """

    def __init__(self) -> None:
        self._tell: Callable[[Readers], None] = lambda _readers: None
        self._readers: Readers | None = None
        self._is_live = False

    @property
    def is_live(self) -> bool:
        """Whether the service answers now."""
        return self._is_live

    @property
    def is_supported(self) -> bool:
        """Whether this program can speak to a reader service at all."""
        return scard is not None

    def start(self, tell: Callable[[Readers], None]) -> None:
        """Begin to watch, where it can be watched. `tell` may not block."""
        self._tell = tell
        if self.is_supported:
            threading.Thread(target=self._watch, name="readers", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            error, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if error == scard.SCARD_S_SUCCESS:
                try:
                    self._follow(context)
                finally:
                    scard.SCardReleaseContext(context)
            self._is_live = False
            self._note({})
            pause.wait(RETRY_S)

    def _follow(self, context: Any) -> None:
        """Until the service is away."""
        flags: dict[str, int] = {}
        while True:
            names = _reader_names(context)
            if names is None:
                return
            self._is_live = True
            flags = {name: flags.get(name, scard.SCARD_STATE_UNAWARE) for name in names}
            asked = [*flags.items(), (_NEW_READERS, len(names) << _COUNT_AT_BIT)]
            error, states = scard.SCardGetStatusChange(context, _LOOK_AGAIN_MS, asked)
            if error == scard.SCARD_E_TIMEOUT:
                continue
            if error == scard.SCARD_E_UNKNOWN_READER:
                continue  # one was unplugged since they were listed
            if error != scard.SCARD_S_SUCCESS:
                return
            flags = {name: state & ~scard.SCARD_STATE_CHANGED for name, state, _ in states if name in flags}
            self._note({name: _state(state) for name, state in flags.items()})

    def _note(self, readers: Readers) -> None:
        if readers != self._readers:
            self._readers = readers
            self._tell(readers)


def survey_readers() -> ReaderSurvey:
    """Ask the service once; blocks as long as it does."""
    if scard is None:
        return ReaderSurvey(ServiceState.NOT_ASKED)
    error, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if error != scard.SCARD_S_SUCCESS:
        return ReaderSurvey(ServiceState.AWAY)
    try:
        names = _reader_names(context)
        if names is None:
            return ReaderSurvey(ServiceState.AWAY)
        return ReaderSurvey(ServiceState.RUNNING, tuple(names), _with_card(context, names))
    finally:
        scard.SCardReleaseContext(context)


def _with_card(context: Any, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    asked = [(name, scard.SCARD_STATE_UNAWARE) for name in names]
    error, states = scard.SCardGetStatusChange(context, 0, asked)
    if error != scard.SCARD_S_SUCCESS:
        return ()  # a reader was unplugged since they were listed
    return tuple(name for name, state, _ in states if _state(state).has_card)


def _reader_names(context: Any) -> list[str] | None:
    """Names of the readers there are, None where the service is away."""
    error, names = scard.SCardListReaders(context, [])
    if error == scard.SCARD_S_SUCCESS:
        return list(names)
    return [] if error == scard.SCARD_E_NO_READERS_AVAILABLE else None


def _state(flags: int) -> ReaderState:
    """Who else uses the card (INUSE, EXCLUSIVE) changes all the time and is nobody's business."""
    return ReaderState(bool(flags & scard.SCARD_STATE_PRESENT), flags >> _COUNT_AT_BIT)
