"""A real CONNECT proxy on loopback that cuts each connection after so many bytes, whichever way they go."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections import deque
from typing import Self


class CuttingProxy:
    """`budgets`: bytes that the next connections may carry, both ways together; without one as many as they like.

    `sign_in` (`user:password`) is asked of every client unless empty.
    """

    def __init__(self, sign_in: str = "") -> None:
        self._sign_in = sign_in
        self.budgets: deque[int] = deque()
        self.cuts = 0
        self.carried = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            opened = list(self._open)
        for each in opened:
            _shut(each)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()
        for each in opened:
            each.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        if self._sign_in and base64.b64encode(self._sign_in.encode()) not in head:
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            client.close()
            return
        host, _, port = head.split()[1].decode().partition(":")
        server = socket.create_connection((host, int(port)))
        with self._lock:
            self._open += [client, server]
            budget = [self.budgets.popleft()] if self.budgets else None
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        self._start(self._pump, client, server, budget)
        self._pump(server, client, budget)

    def _pump(self, source: socket.socket, target: socket.socket, budget: list[int] | None) -> None:
        with contextlib.suppress(OSError):
            while content := source.recv(65536):
                target.sendall(self._allowed(content, budget))
                if budget is not None and budget[0] <= 0:
                    break
        _shut(source)
        _shut(target)

    def _allowed(self, content: bytes, budget: list[int] | None) -> bytes:
        with self._lock:
            self.carried += len(content)
            if budget is None:
                return content
            allowed = content[: max(budget[0], 0)]
            self.cuts += budget[0] > 0 >= budget[0] - len(content)
            budget[0] -= len(content)
        return allowed

    def _start(self, run: object, *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()


def _shut(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
