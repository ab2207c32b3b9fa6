"""Connections whose sockets can be shut from another thread, and whom they trust; knows no path and no message."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Sequence
from typing import Any

import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_auth_from_url
from urllib3.connection import HTTPSConnection

IDLE_S = 3.0
"""A connection idle for longer is not used again: servers drop them after 5 s, and a send must not meet that moment."""


def pinned_trust(authorities: Sequence[bytes]) -> ssl.SSLContext:
    """Trust in these certificate authorities (DER) and no other."""
    context = ssl.create_default_context(cadata=b"".join(authorities))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def system_trust() -> ssl.SSLContext:
    """Trust as the operating system has it."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class OpenSockets:
    """The sockets in use, so that a call under way can be broken off; safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def add(self, opened: socket.socket) -> None:
        """Keep an eye on a socket, as long as somebody uses it."""
        with self._lock:
            self._sockets.add(opened)

    def shut(self) -> None:
        """Shut all of them: whoever reads or writes one fails at once."""
        with self._lock:
            opened = list(self._sockets)
        for each in opened:
            # SSLSocket.shutdown would take the TLS state from under the reading thread; the plain one does not.
            # A socket that is closed already needs no shutting.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)


def _watched_class(sockets: OpenSockets) -> type[HTTPSConnection]:
    """A connection class that enters its sockets in `sockets`."""

    class WatchedConnection(HTTPSConnection):
        """A connection that can be shut in each of its phases but name look-up and TCP connect."""

        used_s = 0.0
        opening: socket.socket | None = None

        def _new_conn(self) -> socket.socket:
            plain = super()._new_conn()
            # The TLS handshake takes the descriptor out of the plain socket; a duplicate stays reachable meanwhile.
            self.opening = plain.dup()
            sockets.add(self.opening)
            return plain

        def connect(self) -> None:
            try:
                super().connect()
            finally:
                if self.opening is not None:
                    self.opening.close()
                    self.opening = None
            if isinstance(self.sock, socket.socket):
                sockets.add(self.sock)

        def getresponse(self) -> Any:
            response = super().getresponse()
            self.used_s = time.monotonic()
            return response

        @property
        def is_connected(self) -> bool:
            return super().is_connected and time.monotonic() - self.used_s < IDLE_S

    return WatchedConnection


class WatchedAdapter(HTTPAdapter):
    """requests' door to the network with watched sockets and exactly the given trust."""

    def __init__(self, trust: ssl.SSLContext, sockets: OpenSockets) -> None:
        self._trust = trust
        self._connection_class = _watched_class(sockets)
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        """Make the pools with our trust."""
        super().init_poolmanager(*sizes, **options, ssl_context=self._trust)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make a proxy's pools with our trust."""
        return super().proxy_manager_for(proxy, **options, ssl_context=self._trust)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """The proxy's password in UTF-8: requests would fail at a Chinese one."""
        user, password = get_auth_from_url(proxy)
        if not user:
            return {}
        return {"Proxy-Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}

    def cert_verify(self, conn: Any, *_: Any) -> None:
        """Demand a certificate, and add nothing: requests would load its own bundle into our pinned trust here."""
        conn.cert_reqs = "CERT_REQUIRED"

    def get_connection_with_tls_context(self, *request: Any, **options: Any) -> Any:
        """The pool for a request, making watched connections."""
        pool: Any = super().get_connection_with_tls_context(*request, **options)
        pool.ConnectionCls = self._connection_class
        return pool
