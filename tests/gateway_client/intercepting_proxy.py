"""A company's proxy that ends TLS with a certificate of its own and reads what passes; one connection at a time."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from typing import Self

LIMIT_S = 20.0


class InterceptingProxy:
    """`own` is the TLS it shows clients, `onward` its trust in servers; `read` is what it saw in plain."""

    def __init__(self, own: ssl.SSLContext, onward: ssl.SSLContext) -> None:
        self._own, self._onward = own, onward
        self.read = bytearray()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive()

    @property
    def netloc(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                client.settimeout(LIMIT_S)
                self._intercept(client)

    def _intercept(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        host, _, port = head.split()[1].decode().partition(":")
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with (
            self._own.wrap_socket(client, server_side=True) as inner,
            socket.create_connection((host, int(port)), LIMIT_S) as plain,
            self._onward.wrap_socket(plain, server_hostname=host) as server,
        ):
            request = inner.recv(65536)
            self.read += request
            server.sendall(request)
            while content := server.recv(65536):
                inner.sendall(content)
