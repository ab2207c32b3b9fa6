"""The server ends quietly and at once, whoever still holds a connection to it."""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.gateway.conftest import RunningOffice
from yuyue_practice.server import HOST, STOP_WITHIN_S

REQUEST = b"GET /time HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: %b\r\n\r\n"


@contextmanager
def answered(running: RunningOffice, connection: bytes) -> Iterator[ssl.SSLSocket]:
    """A client that had its answer and holds its connection, without answering the end of TLS."""
    port = urlsplit(running.office.address).port
    context = ssl.create_default_context(cafile=str(running.ca_file))
    with socket.create_connection((HOST, port)) as raw, context.wrap_socket(raw, server_hostname=HOST) as client:
        client.sendall(REQUEST % connection)
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        yield client


@pytest.mark.parametrize("connection", [b"keep-alive", b"close"])
def test_a_client_that_holds_its_connection_does_not_hold_up_the_end(
    by_hand: RunningOffice, connection: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with answered(by_hand, connection), answered(by_hand, b"keep-alive"):
        before = time.monotonic()
        with caplog.at_level(logging.WARNING):
            by_hand.stop()
        assert time.monotonic() - before < STOP_WITHIN_S
    assert caplog.messages == []
