"""The server ends quietly and at once, whoever still holds a connection to it."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.gateway.conftest import RunningOffice
from tests.raw_http import read_message
from yuyue_practice.control.client import READY_FILE, ControlClient
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


def test_an_office_that_ends_in_the_midst_of_its_answer_has_stopped(by_hand: RunningOffice, tmp_path: Path) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(by_hand.office.authorities.server().file)
    ready = tmp_path / READY_FILE

    def end_midway(listener: socket.socket) -> None:
        plain, _ = listener.accept()
        with serving.wrap_socket(plain, server_side=True) as client:
            assert read_message(client) is not None
            client.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nnu")
            ready.unlink()

    with socket.create_server((HOST, 0)) as listener:
        address = f"https://{HOST}:{listener.getsockname()[1]}"
        told = {"address": address, "control_token": "a token", "ca_file": str(by_hand.ca_file)}
        ready.write_text(json.dumps(told), encoding="utf-8")
        office = threading.Thread(target=end_midway, args=(listener,))
        office.start()
        ControlClient(tmp_path).stop()
        office.join()
    assert not ready.exists()


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
