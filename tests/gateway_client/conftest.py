"""Authorities and certificates of throw-away servers, and gateway clients that trust them."""

from __future__ import annotations

import inspect
import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.gateway_client.fault_server import FaultServer, Serve
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.connections import pinned_trust
from yuyue_desktop.gateway.transport import Transport

DAY = timedelta(days=1)
# As the practice office's certificates: whatever the machine's clock says.
VALID_FROM, VALID_UNTIL = datetime(2018, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)


class Authority:
    """A certificate authority that issues certificates for 127.0.0.1."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = _usage("key_cert_sign", "crl_sign")
        self._certificate = (
            self._builder(self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.der = self._certificate.public_bytes(serialization.Encoding.DER)

    def server_context(self, folder: Path) -> ssl.SSLContext:
        """TLS of a server on 127.0.0.1."""
        key = ec.generate_private_key(ec.SECP256R1())
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        certificate = (
            self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")]), key)
            .add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        path = folder / f"{self._certificate.serial_number}.pem"
        path.write_bytes(_pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def sealing_key(self) -> tuple[bytes, ec.EllipticCurvePrivateKey]:
        """A certificate (DER) to be sealed for, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "seal")]), key)
            .add_extension(_usage("key_agreement"), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        return certificate.public_bytes(serialization.Encoding.DER), key

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(VALID_FROM)
            .not_valid_after(VALID_UNTIL)
        )


def _usage(*granted: str) -> x509.KeyUsage:
    nothing = dict.fromkeys(inspect.signature(x509.KeyUsage).parameters, False)
    return x509.KeyUsage(**nothing | dict.fromkeys(granted, True))


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="session")
def authority() -> Authority:
    """The authority that clients pin."""
    return Authority("pinned")


@pytest.fixture(scope="session")
def server_context(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """TLS of a server that clients trust."""
    return authority.server_context(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def clock() -> GatewayClock:
    """A clock whose news go nowhere."""
    return GatewayClock(lambda _: None)


class StartServer(Protocol):
    """Starts a server that serves by a script."""

    def __call__(self, *script: Serve) -> FaultServer:
        """The running server."""
        ...


@pytest.fixture
def start_server(server_context: ssl.SSLContext) -> Iterator[StartServer]:
    """Servers of one test, stopped at its end."""
    running: list[FaultServer] = []

    def start(*script: Serve) -> FaultServer:
        server = FaultServer(server_context, list(script)).__enter__()
        running.append(server)
        return server

    yield start
    for server in running:
        server.__exit__(None, None, None)


class Connect(Protocol):
    """Makes transports."""

    def __call__(self, address: str, trusted: bytes | None = None) -> Transport:
        """A transport that pins the authority, or another one."""
        ...


@pytest.fixture
def connect(authority: Authority, clock: GatewayClock) -> Iterator[Connect]:
    """Transports of one test, closed at its end."""
    made: list[Transport] = []

    def make(address: str, trusted: bytes | None = None) -> Transport:
        made.append(Transport(address, pinned_trust([trusted or authority.der]), clock))
        return made[-1]

    yield make
    for transport in made:
        transport.close()
