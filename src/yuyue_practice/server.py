"""Serves an office over HTTPS on loopback; knows no resource."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import uvicorn
from litestar import Litestar
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
STOP_WITHIN_S = 2
LOOK_EVERY_S = 0.02


# On Windows SO_REUSEADDR would let two programs have one port.
_NOBODY_ELSES = getattr(socket, "SO_EXCLUSIVEADDRUSE", 0) if sys.platform == "win32" else socket.SO_REUSEADDR


def bound_socket(port: int) -> socket.socket:
    """A listening place on loopback; port 0 takes any that is free. Raises OSError where it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, _NOBODY_ELSES, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise
    return listening


def address_of(listening: socket.socket) -> str:
    """The address that clients know and signed submissions carry."""
    return f"https://{HOST}:{listening.getsockname()[1]}"


class Server:
    """One HTTPS server on a socket; `identity` is a PEM file with key and certificate.

    `on_stopping` is called before open calls are waited for, to end those that wait themselves.
    """

    def __init__(
        self,
        app: Litestar,
        listening: socket.socket,
        identity: Path,
        on_stopping: Callable[[], None] = lambda: None,
    ) -> None:
        self._listening = listening
        config = uvicorn.Config(
            app,
            ssl_certfile=identity,
            ssl_keyfile=identity,
            log_level="warning",
            access_log=False,
            http="h11",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=STOP_WITHIN_S,
            server_header=False,
            date_header=False,
        )
        # Configuring has just given uvicorn's loggers their handlers.
        logging.getLogger("uvicorn.error").addFilter(_is_a_fault)
        self._server = _Announcing(config)
        self._server.on_stopping = on_stopping

    def serve(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop`; `on_ready` is called once it listens. In the main thread Ctrl+C and SIGTERM stop too."""
        self._server.on_ready = on_ready
        self._server.run(sockets=[self._listening])

    def start(self) -> None:
        """Serve in a thread of its own; returns once it listens."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self.serve, args=(ready.set,), name="gateway", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """Stop; returns at once where `serve` runs elsewhere, else when the thread is gone."""
        self._server.should_exit = True
        if hasattr(self, "_thread"):
            self._thread.join()


def _is_a_fault(record: logging.LogRecord) -> bool:
    """What a client leaves open is cut when the office closes: nothing went wrong."""
    return "timeout graceful shutdown exceeded" not in str(record.msg)


class _Announcing(uvicorn.Server):
    on_ready: Callable[[], None]
    on_stopping: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.on_stopping()
        # uvicorn closes these a second time, after which asyncio can neither ask nor end them any more.
        closing = {connection for connection in self._connections() if connection.transport.is_closing()}
        _end_answered(closing)
        ending = asyncio.create_task(self._end_all_but(closing))
        await super().shutdown(sockets)
        ending.cancel()

    async def _end_all_but(self, closing: set[H11Protocol]) -> None:
        while True:
            _end_answered(self._connections() - closing)
            await asyncio.sleep(LOOK_EVERY_S)

    def _connections(self) -> set[H11Protocol]:
        return {connection for connection in self.server_state.connections if isinstance(connection, H11Protocol)}


def _end_answered(connections: Iterable[H11Protocol]) -> None:
    """End each connection whose answer is out: an idle client does not answer the end of TLS by itself."""
    for connection in connections:
        if _is_answered(connection):
            connection.transport.abort()


def _is_answered(connection: H11Protocol) -> bool:
    cycle = connection.cycle
    # Before its first request a connection has no cycle, whatever its annotation says.
    return cycle is None or (cycle.response_complete and connection.transport.get_write_buffer_size() == 0)  # type: ignore[redundant-expr]
