"""A TLS proxy on loopback before the gateway that spoils one exchange after the other as it is told."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from tests.chaos.exchanges import Answer, Log, Request, read_request
from tests.chaos.faults import Aim, Fault, Kind

LATE_S, HELD_S = 2.5, 2.0
"""The longest time by which a request comes late or is held up."""
RETRY_AFTER_S = 1
UPSTREAM_S = 40.0
"""Longer than any long poll."""
PAGE = "<!DOCTYPE html><html><body>上网请先登录 <a href='/welcome'>登录</a></body></html>".encode()
ELSEWHERE = "/welcome"

_ON_CONNECTION = frozenset({Kind.CUT_BEFORE_TLS, Kind.CUT_IN_REQUEST})

_NEVER_FORWARDED = frozenset({Kind.REQUEST_LOST, Kind.REQUEST_LATE, Kind.BUSY})
_SHORT_OF_AN_ANSWER = frozenset({Kind.REQUEST_LOST, Kind.REQUEST_LATE, Kind.ANSWER_LOST})
_IN_ITS_PLACE = frozenset({Kind.SERVER_ERROR, Kind.REDIRECT, Kind.PORTAL})
"""Somebody else answers: one half of these come after the gateway has done its work, the others in its place."""


@dataclass(eq=False)
class Armed:
    """A fault that waits for its exchange."""

    fault: Fault
    is_spent: bool = False


class FaultProxy:
    """Listens where clients look for the gateway, and speaks to the real one; `log` knows what passed.

    Without an armed fault everything passes as it is.
    """

    def __init__(self, identity: Path, authority: Path) -> None:
        """`identity`: PEM with key and certificate to serve with; `authority`: PEM that the gateway is trusted by."""
        self._serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._serving.load_cert_chain(identity)
        self._trust = ssl.create_default_context(cafile=str(authority))
        self.gateway_port = 0
        self.log = Log()
        self._happened = threading.Condition()
        self._armed: deque[Armed] = deque()
        self._is_cable_out = False
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut_all()

    @property
    def address(self) -> str:
        """What clients know as the gateway."""
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def spoil(self, fault: Fault, patience_s: float) -> bool:
        """Arm a fault and wait until it struck; answers whether it did in time, else it is taken back.

        Where what it waits for does not come, it takes what comes.
        """
        armed = Armed(fault)
        with self._happened:
            self._armed.append(armed)
            if not self._happened.wait_for(lambda: armed.is_spent, patience_s / 2):
                armed.fault = replace(fault, aim=Aim.ANY)
                self._happened.wait_for(lambda: armed.is_spent, patience_s / 2)
            if not armed.is_spent:
                self._armed.remove(armed)
        return armed.is_spent

    @contextlib.contextmanager
    def cable_out(self) -> Iterator[None]:
        """Nobody gets through until the end of the block; what is under way is cut."""
        self._is_cable_out = True
        self._cut_all()
        try:
            yield
        finally:
            self._is_cable_out = False

    def _cut_all(self) -> None:
        with self._happened:
            opened = list(self._open)
        for each in opened:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    def _take(self, fits: Callable[[Fault], bool]) -> Fault | None:
        with self._happened:
            found = next((armed for armed in self._armed if fits(armed.fault)), None)
            if found is None:
                return None
            self._armed.remove(found)
            found.is_spent = True
            self._happened.notify_all()
            return found.fault

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._ended.is_set() or self._is_cable_out:
                client.close()
            else:
                self._start(self._serve, client)

    def _serve(self, plain: socket.socket) -> None:
        fault = self._take(lambda fault: fault.kind in _ON_CONNECTION)
        with self._watched(plain):
            if fault is not None and fault.kind is Kind.CUT_BEFORE_TLS:
                plain.recv(1 + int(fault.share * 300))
                _reset(plain)
                return
            try:
                secure = self._serving.wrap_socket(plain, server_side=True)
            except OSError:
                return
            with self._watched(secure), contextlib.suppress(OSError):
                if fault is not None:
                    secure.recv(1 + int(fault.share * 1500))
                    _reset(secure)
                    return
                while self._exchange(secure):
                    pass

    def _exchange(self, client: ssl.SSLSocket) -> bool:
        """One request and its answer; answers whether the connection goes on."""
        request = read_request(client)
        if request is None:
            return False
        with self.log.noting(request) as note:
            fault = self._take(lambda fault: fault.kind not in _ON_CONNECTION and request.fits(fault.aim))
            answer = self._forward(request) if fault is None else self._spoilt(request, fault)
            note(fault.kind if fault else None, answer)
        if answer is None:
            _reset(client)
            return False
        content = answer.encoded()
        if fault is not None and fault.kind is Kind.ANSWER_TRUNCATED:
            client.sendall(content[: int(fault.share * len(content))])
            return False
        client.sendall(content)
        return True

    def _spoilt(self, request: Request, fault: Fault) -> Answer | None:
        """What the client gets of a spoilt exchange, None for a connection that is cut."""
        if fault.kind is Kind.REQUEST_DELAYED:
            self._ended.wait(fault.share * HELD_S)
        elif fault.kind is Kind.REQUEST_DOUBLED:
            self._forward(request)
        elif fault.kind is Kind.REQUEST_LATE:
            self._start(self._deliver_late, request, fault.share * LATE_S)
        does_reach = fault.kind not in _NEVER_FORWARDED and (fault.kind not in _IN_ITS_PLACE or fault.share < 0.5)
        answer = self._forward(request) if does_reach else None
        if fault.kind in _SHORT_OF_AN_ANSWER:
            return None
        return self._foreign(fault.kind) or answer

    def _foreign(self, kind: Kind) -> Answer | None:
        """What somebody else answers in the gateway's place, None where nobody does."""
        match kind:
            case Kind.BUSY:
                return Answer(429, (("Retry-After", str(RETRY_AFTER_S)),), b"")
            case Kind.SERVER_ERROR:
                return Answer(500, (("Content-Type", "text/html"),), b"<h1>Internal Server Error</h1>")
            case Kind.REDIRECT:
                return Answer(302, (("Location", self.address + ELSEWHERE),), b"")
            case Kind.PORTAL:
                return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), PAGE)
        return None

    def _deliver_late(self, request: Request, after_s: float) -> None:
        self._ended.wait(after_s)
        self._forward(request)

    def _forward(self, request: Request) -> Answer | None:
        """The gateway's answer, None where it does not answer."""
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.gateway_port, timeout=UPSTREAM_S, context=self._trust
        )
        try:
            connection.request(request.method, request.target, request.body or None, dict(request.headers))
            if connection.sock is not None:
                with self._watched(connection.sock):
                    got = connection.getresponse()
                    return Answer(got.status, tuple(got.getheaders()), got.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return None

    @contextlib.contextmanager
    def _watched(self, opened: socket.socket) -> Iterator[None]:
        with self._happened:
            self._open.add(opened)
        try:
            yield
        finally:
            with self._happened:
                self._open.discard(opened)
            opened.close()

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        threading.Thread(target=run, args=arguments, daemon=True).start()


def _reset(opened: socket.socket) -> None:
    """The other side is told that the connection is gone, not that it has ended."""
    socket.socket.setsockopt(opened, socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    opened.close()
