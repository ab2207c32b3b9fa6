"""An office on a real database file behind a real HTTPS server, and clerks of its companies."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from tests.gateway.clerk import Clerk
from tests.gateway.practice_card import MemoryCard, new_card
from yuyue_practice.gateway import gateway
from yuyue_practice.office import DATABASE_FILE, Office, OfficePlan
from yuyue_practice.officer import OfficerMode
from yuyue_practice.registry.companies import company_name
from yuyue_practice.seed import ACCOUNTS, DECLARANT
from yuyue_practice.server import Server, address_of, bound_socket


@dataclass
class RunningOffice:
    """An office that serves."""

    office: Office
    server: Server
    ca_file: Path
    sessions: list[requests.Session] = field(default_factory=list)
    is_stopped: bool = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.office.address.rpartition(":")[2])

    def stop(self) -> None:
        """End it before the test ends."""
        self.is_stopped = True
        self.server.stop()
        self.office.stop()

    def clerk(self, user: str | None = None, *, is_rsa: bool = False) -> Clerk:
        """A clerk with a card in memory that the account is bound to; without `user` somebody without card."""
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self.ca_file)
        self.sessions.append(session)
        clerk = Clerk(self.office.address, session)
        if user is not None:
            _, name, clerk.company, number = next(account for account in ACCOUNTS if account[0] == user)
            clerk.card = self.card(str(number), clerk.company, name, is_rsa=is_rsa)
        return clerk

    def card(self, number: str, company: str = DECLARANT, holder: str = "李想", *, is_rsa: bool = False) -> MemoryCard:
        """A card that the office knows."""
        with self.office.database.reading() as session:
            name = company_name(session, company)
        card = new_card(self.office.authorities.cards, number, name, holder, is_rsa=is_rsa)
        self.office.add_card(number, company, holder, card.certificate)
        return card


StartOffice = Callable[..., RunningOffice]


@pytest.fixture(scope="session")
def fresh_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys, database and practice register as an office makes them at its first opening."""
    folder = tmp_path_factory.mktemp("fresh-office")
    Office(OfficePlan(folder, "https://127.0.0.1:1")).database.close()
    return folder


@pytest.fixture
def start_office(tmp_path: Path, fresh_office: Path) -> Iterator[StartOffice]:
    """Starts an office in the test's own folder; stopped after the test."""
    shutil.copytree(fresh_office, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as database, database:
        # The clock begins with this office, not with the copy.
        database.execute("DELETE FROM settings")
    running: list[RunningOffice] = []

    def start(officer: OfficerMode = OfficerMode.HAND, pause_s: float = 0.05, port: int = 0) -> RunningOffice:
        listening = bound_socket(port)
        office = Office(OfficePlan(tmp_path, address_of(listening), officer, pause_s))
        server = Server(gateway(office), listening, office.authorities.server().file, office.bulletin.close)
        office.start()
        server.start()
        running.append(RunningOffice(office, server, _ca_file(tmp_path, office)))
        return running[-1]

    yield start
    for opened in running:
        for session in opened.sessions:
            session.close()
        if not opened.is_stopped:
            opened.stop()


def _ca_file(folder: Path, office: Office) -> Path:
    certificate = load_der_x509_certificate(office.authorities.gateway.identity.certificate)
    file = folder / "ca.pem"
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def by_hand(start_office: StartOffice) -> RunningOffice:
    """An office whose officer waits for a hand."""
    return start_office()


@pytest.fixture
def clerk(by_hand: RunningOffice) -> Clerk:
    """A clerk of the practice declarant, signed in by card."""
    clerk = by_hand.clerk("yunling")
    clerk.sign_in_with_card()
    return clerk
