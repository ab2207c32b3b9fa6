"""A virtual reader's slot: carries APDUs between vpcd and an emulated card; pulls, swaps and stops at a given step."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.card.rig.piv_card import ATR, Command, PivCard, Step

FIRST_PORT = 0x8C7B
"""Where vpcd waits for the card of its first slot; the next slot's port is the next one."""

_POWER_OFF, _POWER_ON, _RESET, _ASK_ATR = 0, 1, 2, 4
_ACCEPT_S = 5.0
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class BadDay:
    """What befalls the card when it is asked for a step the `countdown`-th time: it is pulled, or stands still.

    A card that is swapped is pulled with another one put in at once; one that stands still answers after `pause_s`.
    """

    step: Step
    pause_s: float = 0.0
    swap_for: PivCard | None = None
    countdown: int = 1


class _Pulled(Exception):
    """The card is out before it could answer."""


class VirtualReader:
    """One slot. A hand works it from one thread, the card answers on another."""

    def __init__(self, slot: int) -> None:
        self._port = FIRST_PORT + slot
        self._socket: socket.socket | None = None
        self._answering: threading.Thread | None = None
        self._bad_day: BadDay | None = None
        self._guard = threading.RLock()

    def insert(self, card: PivCard) -> None:
        """Put a card in; raises OSError where the reader service is away."""
        with self._guard:
            self.remove()
            card.reset()
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=_ACCEPT_S)
            self._socket.settimeout(None)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._answering = threading.Thread(target=self._serve, args=(self._socket, card), daemon=True)
            self._answering.start()

    def remove(self) -> None:
        """Pull the card, if there is one."""
        with self._guard:
            connection, self._socket = self._socket, None
            if connection is not None:
                with contextlib.suppress(OSError):  # the service may have hung up before
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()

    def meet(self, bad_day: BadDay | None) -> None:
        """What is to happen at a step; None for nothing."""
        with self._guard:
            self._bad_day = bad_day

    def _serve(self, connection: socket.socket, card: PivCard) -> None:
        with contextlib.suppress(OSError, _Pulled):
            while True:
                answer = self._answer(card, _receive(connection))
                if answer is not None:
                    connection.sendall(struct.pack(">H", len(answer)) + answer)

    def _answer(self, card: PivCard, message: bytes) -> bytes | None:
        if len(message) > 1:
            command = Command.parse(message)
            self._suffer(command)
            return card.answer(command)
        if message[0] in (_POWER_OFF, _POWER_ON, _RESET):
            card.reset()
        return ATR if message[0] == _ASK_ATR else None

    def _suffer(self, command: Command) -> None:
        with self._guard:
            day = self._bad_day
            if day is None or command.step is not day.step or command.is_chained or _asks_only(command):
                return
            if day.countdown > 1:
                self._bad_day = BadDay(day.step, day.pause_s, day.swap_for, day.countdown - 1)
                return
            self._bad_day = None
        if day.pause_s:
            time.sleep(day.pause_s)  # the card itself is slow: nothing to wait for
            return
        self.remove()
        if day.swap_for is not None:
            self.insert(day.swap_for)
        raise _Pulled


def _asks_only(command: Command) -> bool:
    """VERIFY without a PIN only asks how many tries are left."""
    return command.step is Step.VERIFY and not command.data


def _receive(connection: socket.socket) -> bytes:
    (length,) = struct.unpack(">H", _take(connection, 2))
    return _take(connection, length)


def _take(connection: socket.socket, size: int) -> bytes:
    taken = b""
    while len(taken) < size:
        # vpcd writes length and APDU apart: without quick acknowledgements each APDU would cost 40 ms.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connection.recv(size - len(taken))
        if not part:
            raise ConnectionResetError
        taken += part
    return taken


def patiently(attempt: Callable[[], _Result], limit_s: float = _ACCEPT_S) -> _Result:
    """Try until it works: a service that was just started does not listen yet. Raises OSError in the end."""
    end = time.monotonic() + limit_s
    while True:
        try:
            return attempt()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
