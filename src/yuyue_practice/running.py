"""Runs an office in the foreground until it is stopped, and writes where it is to be found."""

from __future__ import annotations

import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from yuyue_practice.card_kind import CardKind
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.eport.server import EportControl
from yuyue_practice.gateway import gateway
from yuyue_practice.office import Office, OfficePlan
from yuyue_practice.officer import OfficerMode
from yuyue_practice.profile import write_profile
from yuyue_practice.server import Server, address_of, bound_socket

READY_FILE = "ready.json"
CA_FILE = "gateway-ca.pem"
_PORT_FILE = "port.txt"
_CONTROL_PORT_FILE = "control-port.txt"


class Ready(msgspec.Struct, frozen=True):
    """Where a running office is: written once it listens, gone once it has stopped. Paths are absolute.

    `reader_environment` is what a process that loads SoftHSM2 needs to see the practice reader; `card_control` is where
    the practice client control listens, empty where the cards are SoftHSM2 tokens.
    """

    address: str
    ca_file: str
    pid: int
    officer_url: str
    control_token: str
    reader_environment: dict[str, str]
    card_control: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How the office works: the officer by itself or by hand, and where its cards are.

    `officer_pause_s` is how long an application lies on the desk of the officer that works by itself.
    """

    officer: OfficerMode
    officer_pause_s: float
    card_kind: CardKind = CardKind.FITTING


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told where the office is once it listens; each may be None.

    `ready_file` is written beside the folder's own; `profile_file` is what window and command line start with.
    """

    ready_file: Path | None = None
    profile_file: Path | None = None


def run(folder: Path, port: int, ways: Ways, telling: Telling, address: str = "") -> None:
    """Open the office of a folder and serve until stopped.

    Args:
        folder: keys, database, cards; made where missing.
        port: 0 takes the one used last time where it is free, since signed submissions name the address.
        address: what clients know where something stands before the port, `https://host:port`; empty: the port itself.
        ways: how it works.
        telling: which files tell of it, beside the folder's own `ready.json`.

    Raises:
        OSError: the port is taken.
    """
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    listening = bound_socket(port) if port else _usual_socket(folder / _PORT_FILE)
    is_by_control = ways.card_kind.is_behind_control
    office = Office(
        OfficePlan(
            folder,
            address or address_of(listening),
            ways.officer,
            ways.officer_pause_s,
            are_cards_behind_control=is_by_control,
        )
    )
    # The server is stopped through the application that it serves.
    app = gateway(office, lambda: server.stop())  # noqa: PLW0108
    server: Server = Server(app, listening, office.authorities.server().file, office.bulletin.close)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # The server takes the signal and raises it once more when it has ended; what follows must still be done.
        signal.signal(ending, lambda *_: server.stop())
    files = [folder / READY_FILE, *([telling.ready_file] if telling.ready_file else [])]
    control = _card_control(office, folder)
    ready = _ready(folder, office, control.address if control else "")

    def tell() -> None:
        if telling.profile_file is not None:
            write_profile(telling.profile_file, telling.profile_file.parent.name, msgspec.to_builtins(ready))
        _write_all(files, ready)

    office.start()
    try:
        server.serve(tell)
    finally:
        if control is not None:
            control.stop()
        office.stop()
        for file in files:
            file.unlink(missing_ok=True)


def _card_control(office: Office, folder: Path) -> EportControl | None:
    if not isinstance(office.cards, EportCards):
        return None
    return EportControl(office.reader, office.cards, _usual_socket(folder / _CONTROL_PORT_FILE))


def _usual_socket(file: Path) -> socket.socket:
    """The port used last time where it is free."""
    try:
        return bound_socket(int(file.read_text(encoding="ascii")))
    except (OSError, ValueError):
        listening = bound_socket(0)
        file.write_text(str(listening.getsockname()[1]), encoding="ascii")
        return listening


def _ready(folder: Path, office: Office, card_control: str) -> Ready:
    ca_file = folder / CA_FILE
    certificate = load_der_x509_certificate(office.authorities.gateway.identity.certificate)
    ca_file.write_bytes(certificate.public_bytes(Encoding.PEM))
    officer_url = f"{office.address}/officer?key={office.control_token}"
    environment = office.reader.environment
    return Ready(
        office.address, str(ca_file), os.getpid(), officer_url, office.control_token, environment, card_control
    )


def _write_all(files: list[Path], ready: Ready) -> None:
    for file in files:
        # The token in it is for this account only, and a reader never meets half of it.
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.encode(ready))
        unfinished.replace(file)
