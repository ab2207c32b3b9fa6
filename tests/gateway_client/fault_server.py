"""A small real TLS server on loopback that answers each request with scripted bytes, or breaks off where told."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self

from tests.raw_http import read_message

Serve = Callable[[socket.socket, "FaultServer"], None]
"""Serves one accepted plain connection to its end."""


TIME = "Gateway-Time: 2026-09-28T09:00:00\r\n"


def answer(
    body: bytes = b"{}",
    status: str = "200 OK",
    kind: str = "application/json",
    length: int | None = None,
    more: str = TIME,
) -> bytes:
    """An HTTP answer; `length` other than the body's own makes it a truncated one."""
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{more}\r\n".encode() + body


def refusal(code: str, status: str = "400 Bad Request", more: str = "") -> bytes:
    """The contract's Refusal as an answer."""
    body = json.dumps({"code": code, "text": "说明", "params": {}}).encode()
    return answer(body, status, more=more)


def says(*answers: bytes) -> Serve:
    """After the TLS handshake: one answer to each request, then the connection is cut."""

    def serve(plain: socket.socket, server: FaultServer) -> None:
        with server.secured(plain) as secure:
            for content in answers:
                if server.read_request(secure):
                    secure.sendall(content)

    return serve


def hangs_up(plain: socket.socket, _: FaultServer) -> None:
    """The connection is cut before TLS."""
    plain.close()


def stalls_in_handshake(plain: socket.socket, server: FaultServer) -> None:
    """The TLS handshake never goes on."""
    plain.recv(1)
    server.reached.set()
    server.released.wait()
    plain.close()


def stalls_in_answer(plain: socket.socket, server: FaultServer) -> None:
    """The request is read and never answered."""
    with server.secured(plain) as secure:
        server.read_request(secure)
        server.reached.set()
        server.released.wait()


@dataclass
class FaultServer:
    """Serves connections by `script`, one entry each, the last one for all that follow."""

    context: ssl.SSLContext
    script: list[Serve]
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: queue.SimpleQueue[socket.socket] = field(default_factory=queue.SimpleQueue)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        while not self._open.empty():
            with contextlib.suppress(OSError):
                self._open.get().shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    @contextlib.contextmanager
    def secured(self, plain: socket.socket) -> Iterator[ssl.SSLSocket]:
        """The connection after its TLS handshake, closed at the end."""
        with self.context.wrap_socket(plain, server_side=True) as secure:
            self._open.put(secure)
            yield secure

    def read_request(self, secure: ssl.SSLSocket) -> bool:
        """Read one request, head and body; False where the client went away."""
        message = read_message(secure)
        if message is None:
            return False
        head, body = message
        self.requests.append(head + b"\r\n\r\n" + body)
        return True

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            serve = self.script[min(self.connections, len(self.script) - 1)]
            self.connections += 1
            self._start(self._serve, serve, plain)

    def _serve(self, serve: Serve, plain: socket.socket) -> None:
        with contextlib.suppress(OSError), plain:  # the client may cut as well
            serve(plain, self)

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments)
        self._threads.append(thread)
        thread.start()
