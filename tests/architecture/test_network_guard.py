"""The guard that keeps tests on this machine stops what would leave it and nothing else."""

from __future__ import annotations

import socket

import pytest

from tests.network_guard import NetworkForbidden


@pytest.mark.parametrize("host", ["192.0.2.1", "198.51.100.7", "203.0.113.9", "10.0.0.1", "0.0.0.0"])  # noqa: S104
def test_a_connection_to_another_machine_fails(host: str) -> None:
    with socket.socket() as client, pytest.raises(NetworkForbidden):
        client.connect((host, 443))


def test_looking_up_another_machines_name_fails() -> None:
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo("example.invalid", 443)


def test_a_datagram_to_another_machine_fails() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sender, pytest.raises(NetworkForbidden):
        sender.sendto(b"", ("192.0.2.1", 9))


def test_loopback_works() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(("localhost", server.getsockname()[1]), timeout=5)
        connection, _ = server.accept()
        connection.close()
        assert client.recv(1) == b""
        client.close()
