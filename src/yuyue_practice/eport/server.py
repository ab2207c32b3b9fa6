"""Serves the control's websocket on loopback: reads calls, answers them, or answers them badly when told to."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Mapping
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from yuyue_practice.eport.blocks import MARK, Assembly, read_block
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.eport.faults import Fault, Faults
from yuyue_practice.eport.methods import CardDesk, EportReader
from yuyue_practice.server import HOST, bound_socket

LATE_S = 0.5
_HUGE_CHARACTERS = 8 * 1024 * 1024
_DEEP_LEVELS = 100_000
_LISTENING = 16
_REFUSED = {
    Fault.READER_TAKEN: ["[读卡器底层库]打开读卡器失败:错误码：50200", "Err:Custom50200"],
    Fault.CARD_REFUSED: ["非白名单用户或IC卡不合法", "Err:Custom59001"],
}


class EportControl:
    """The control; `faults` make it answer badly, `late_s` is how late late answers are.

    Frames are never logged: they hold PINs.
    """

    def __init__(
        self, reader: EportReader, cards: EportCards, listening: socket.socket | None = None, late_s: float = LATE_S
    ) -> None:
        """Begins to serve on a bound socket, without one at any port that is free."""
        self.faults = Faults()
        self._reader = reader
        self._cards = cards
        self._late_s = late_s
        self._stopping = threading.Event()
        self._listening = listening or bound_socket(0)
        self.port: int = self._listening.getsockname()[1]
        self._silent = logging.Logger("eport-control", logging.CRITICAL)
        self._begin()

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"ws://{HOST}:{self.port}"

    def stop(self) -> None:
        """Close every connection; returns once all are gone."""
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()

    def start_again(self) -> None:
        """Serve at the same port after `stop`: what singlewindow://Restart does to the real control."""
        self._stopping = threading.Event()
        self._listening = bound_socket(self.port)
        self._begin()

    def _begin(self) -> None:
        self._listening.listen(_LISTENING)
        self._server: Server = serve(
            self._talk,
            sock=self._listening,
            compression=None,
            max_size=None,
            ping_interval=None,
            close_timeout=0.5,
            logger=self._silent,
        )
        self._thread = threading.Thread(target=self._server.serve_forever, name="eport-control", daemon=True)
        self._thread.start()

    def _talk(self, connection: ServerConnection) -> None:
        desk, assembly = CardDesk(self._reader, self._cards), Assembly()
        try:
            for frame in connection:
                request = self._request(connection, assembly, str(frame))
                if request is not None:
                    self._answer(connection, desk, request)
        except ConnectionClosed:
            pass  # the client left in the middle, as clients do

    def _request(self, connection: ServerConnection, assembly: Assembly, frame: str) -> Mapping[str, Any] | None:
        """The call that a frame makes, or None as long as blocks are missing or it makes none."""
        if not frame.startswith(MARK):
            return _call(frame)
        is_good_day = self.faults.take("_nextBlock") is not Fault.BAD_BLOCK
        wanted, whole = assembly.add(read_block(frame), is_good_day=is_good_day)
        connection.send(_json({"_id": 0, "_method": "_nextBlock", "_status": "00", "_args": wanted}))
        return _call(whole) if whole is not None else None

    def _answer(self, connection: ServerConnection, desk: CardDesk, request: Mapping[str, Any]) -> None:
        method = str(request["_method"])
        fault = self.faults.take(method)
        if fault is Fault.NO_ANSWER:
            return
        reply = {"_id": request["_id"], "_method": method, "_status": "00"}
        if fault in _REFUSED:
            connection.send(_json(reply | {"_args": {"Result": False, "Data": [], "Error": _REFUSED[fault]}}))
            return
        reply["_args"] = desk.answer(method, request.get("args") or {})
        if fault is None:
            connection.send(_json(reply))
        else:
            self._answer_badly(connection, fault, reply)

    def _answer_badly(self, connection: ServerConnection, fault: Fault, reply: dict[str, Any]) -> None:
        if fault is Fault.LATE:
            self._stopping.wait(self._late_s)
            connection.send(_json(reply))
        elif fault is Fault.CLOSED:
            connection.close()
        elif fault is Fault.CUT:
            connection.socket.sendall(b"\x81\x7e\x01\x00{")  # the head of 256 characters, and one of them
            connection.socket.shutdown(socket.SHUT_RDWR)
        elif fault is Fault.GBK:
            connection.send(_json(reply).encode("gbk"), text=True)
        else:
            connection.send(_bad_frame(fault, reply))


def _bad_frame(fault: Fault, reply: dict[str, Any]) -> str:
    text = _json(reply)
    frames = {
        Fault.OTHER_ID: _json(reply | {"_id": reply["_id"] + 1}),
        Fault.OTHER_METHOD: _json(reply | {"_method": "cus-sec_SpcGetUName"}),
        Fault.NOT_JSON: "数据格式非法",
        Fault.HALF_JSON: text[: len(text) // 2],
        Fault.NO_RESULT: _json({name: value for name, value in reply.items() if name != "_args"}),
        Fault.DEEP: '{"_args":' + "[" * _DEEP_LEVELS,
    }
    return frames[fault] if fault in frames else text.ljust(_HUGE_CHARACTERS)


def _call(frame: str) -> Mapping[str, Any] | None:
    try:
        call = json.loads(frame)
    except ValueError:
        return None
    is_call = isinstance(call, dict) and isinstance(call.get("_id"), int) and isinstance(call.get("_method"), str)
    return call if is_call else None


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
