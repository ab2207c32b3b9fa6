"""The websocket to the client control: one call at a time, within a time, answered by its own reply; knows no card.

After anything but a proper reply the connection is given up, so that no late answer meets a later call.
"""

from __future__ import annotations

import itertools
import json
import logging
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect

from yuyue_desktop.card.control.blocks import BlockedRequest, is_large
from yuyue_desktop.card.control.refusals import refusal
from yuyue_desktop.domain.errors import Code, YuyueError

CONNECT_S = 1.0
"""A program that listens on this machine takes a connection at once; Windows tries 2 s where none does."""
READER_ENDS_S = 0.5
"""How long the thread that reads from the control has to see that it was hung up on; it needs a moment."""
MOST_BYTES = 256 * 1024
"""The greatest frame that is read: certificates and signatures are a hundredth of it."""
MOST_STRAY_REPLIES = 100

_NEXT_BLOCK = "_nextBlock"


class TimeLimit:
    """How much of the time for one use of the card is left."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left_s(self) -> float:
        """Raises YuyueError(CARD_CONTROL_SILENT) once there is none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise YuyueError(Code.CARD_CONTROL_SILENT)
        return left


class ControlLink:
    """Belongs to one thread.

    Args:
        address: of the control on this machine, `ws://127.0.0.1:61232`.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._ids = itertools.count(1)
        self._open_one = ExitStack()
        self._connection: ClientConnection | None = None
        # Calls hold PINs, and the library would log whole frames to whoever asks for its messages.
        self._no_log = logging.Logger("control", logging.CRITICAL)
        self._no_log.disabled = True

    def call(self, method: str, args: Mapping[str, str], limit: TimeLimit) -> tuple[str, ...]:
        """The `Data` of the control's reply to a call.

        Raises:
            YuyueError: CARD_CONTROL_MISSING, nobody listens; CARD_CONTROL_SILENT, no reply in time;
                CARD_CONTROL_GARBLED, no proper reply; else what the control refused it with.
        """
        call_id = next(self._ids)
        message = json.dumps({"_method": method, "_id": call_id, "args": dict(args)}, ensure_ascii=False)
        try:
            reply = self._exchange(method, call_id, message, limit)
        except YuyueError:
            self.close()
            raise
        except TimeoutError:
            self.close()
            raise YuyueError(Code.CARD_CONTROL_SILENT) from None
        except (OSError, EOFError, WebSocketException) as error:
            # Not chained: some of these carry the frame, and a frame may hold a PIN.
            self.close()
            raise YuyueError(_fault(error)) from None
        if reply.get("Result") is not True:
            raise refusal(_items(reply, "Error"))
        return tuple(str(item) for item in _items(reply, "Data"))

    def close(self) -> None:
        """Give the connection up; the next call makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            _hang_up(connection)
        self._open_one.close()

    def _exchange(self, method: str, call_id: int, message: str, limit: TimeLimit) -> Mapping[str, Any]:
        connection = self._connected(limit)
        blocks = BlockedRequest(message) if is_large(message) else None
        connection.send(blocks.block(0) if blocks else message)
        for _ in range(MOST_STRAY_REPLIES):
            reply = _reply(connection.recv(timeout=limit.left_s(), decode=False))
            if reply.get("_method") == _NEXT_BLOCK and blocks is not None:
                self._send_next(connection, blocks, reply)
            elif reply.get("_method") == method and str(reply.get("_id")) == str(call_id):
                return _args(reply)
        raise YuyueError(Code.CARD_CONTROL_GARBLED)

    def _send_next(self, connection: ClientConnection, blocks: BlockedRequest, reply: Mapping[str, Any]) -> None:
        args = _args(reply)
        wanted = next(iter(_items(args, "Data")), None)
        if not isinstance(wanted, dict) or not blocks.is_mine(wanted.get("guid")):
            raise YuyueError(Code.CARD_CONTROL_GARBLED)
        if wanted.get("finish"):
            return
        if args.get("Result") is not True and not blocks.may_try_again():
            raise YuyueError(Code.CARD_CONTROL_GARBLED)
        try:
            frame = blocks.block(int(wanted.get("next", -1)))
        except (IndexError, ValueError, TypeError):
            raise YuyueError(Code.CARD_CONTROL_GARBLED) from None
        connection.send(frame)

    def _connected(self, limit: TimeLimit) -> ClientConnection:
        if self._connection is not None and self._connection.protocol.state is not State.OPEN:
            self.close()  # the control was begun anew since the last call
        if self._connection is None:
            left_s = limit.left_s()
            place = urlsplit(self._address)
            try:
                reached = socket.create_connection((place.hostname, place.port), min(CONNECT_S, left_s))
            except OSError:
                raise YuyueError(Code.CARD_CONTROL_MISSING) from None
            opening = connect(
                self._address,
                sock=reached,
                compression=None,
                proxy=None,
                open_timeout=left_s,
                ping_interval=None,
                close_timeout=0,
                max_size=MOST_BYTES,
                logger=self._no_log,
            )
            self._connection = self._open_one.enter_context(opening)
        return self._connection


def _hang_up(connection: ClientConnection) -> None:
    """Not politely, a control that hangs would be waited for; but nobody reads any more from what is closed.

    Wine's server ends, with every program in it, where a socket is closed while another thread reads from it.
    """
    with suppress(OSError):  # the other side may have hung up before
        connection.socket.shutdown(socket.SHUT_RDWR)
    connection.recv_events_thread.join(READER_ENDS_S)
    connection.close_socket()


def _fault(error: Exception) -> Code:
    """The other side went away, or it sent what is no answer: then it was this side that closed."""
    is_ours = isinstance(error, ConnectionClosed) and error.sent is not None and not error.rcvd_then_sent
    is_answer = isinstance(error, WebSocketException) and not isinstance(error, ConnectionClosed)
    return Code.CARD_CONTROL_GARBLED if is_ours or is_answer else Code.CARD_CONTROL_SILENT


def _reply(frame: str | bytes) -> dict[str, Any]:
    """The JSON object that a frame is. Raises YuyueError(CARD_CONTROL_GARBLED)."""
    text = frame if isinstance(frame, str) else _text(bytes(frame))
    if text.startswith("{"):
        try:
            reply = json.loads(text)
        except (ValueError, RecursionError):
            reply = None
        if isinstance(reply, dict):
            return reply
    raise YuyueError(Code.CARD_CONTROL_GARBLED)


def _text(frame: bytes) -> str:
    """UTF-8, or GBK where a control passes on what its card's library gave it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return frame.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _args(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    args = reply.get("_args")
    if not isinstance(args, dict):
        raise YuyueError(Code.CARD_CONTROL_GARBLED)
    return args


def _items(args: Mapping[str, Any], name: str) -> list[Any]:
    items = args.get(name) or []
    if not isinstance(items, list):
        raise YuyueError(Code.CARD_CONTROL_GARBLED)
    return items
