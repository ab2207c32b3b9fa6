"""The practice office as one object: builds its parts and owns their start and stop; knows no HTTP."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.wire.certificates import fingerprint
from yuyue_practice import life
from yuyue_practice.authority import Identity, KeyType, PracticeAuthorities
from yuyue_practice.bulletin import Bulletin
from yuyue_practice.cards import PracticeCards
from yuyue_practice.clock import OfficeClock
from yuyue_practice.database import Database
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.intake import Intake, Trust
from yuyue_practice.law import CheckPdf
from yuyue_practice.officer import Officer, OfficerMode
from yuyue_practice.reader import Reader
from yuyue_practice.registry import accounts
from yuyue_practice.routine import Routine
from yuyue_practice.seed import seed
from yuyue_practice.sign_in import SignIn

DATABASE_FILE = "office.sqlite"
OFFICER_PAUSE_S = 2.0
"""How long an application lies on the desk of the officer that works by itself, in seconds."""


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """How to open an office: `folder` holds keys and database; `address` as clients know it, `https://host:port`.

    `database_url` None: SQLite in the folder. `control_token` opens the control API and the officer's page.
    `are_cards_behind_control`: new cards are e-port cards behind a practice client control, not SoftHSM2 tokens.
    """

    folder: Path
    address: str
    officer: OfficerMode = OfficerMode.AUTO
    officer_pause_s: float = OFFICER_PAUSE_S
    database_url: str | None = None
    control_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    check_pdf: CheckPdf = field(default=check_pdf)
    are_cards_behind_control: bool = False


class Office:
    """The customs side: clock, register, door, desk."""

    def __init__(self, plan: OfficePlan) -> None:
        plan.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.address = plan.address
        self.control_token = plan.control_token
        self.authorities = PracticeAuthorities(plan.folder / "keys")
        self.cards = _cards(plan, self.authorities)
        self.reader = Reader(plan.folder / "reader")
        self.seal_keys = (self.authorities.seal_key(KeyType.EC), self.authorities.seal_key(KeyType.RSA))
        self.database = Database(plan.database_url or f"sqlite:///{plan.folder / DATABASE_FILE}")
        with self.database.writing() as session:
            seed(session)
        self.clock = OfficeClock(self.database)
        self.bulletin = Bulletin()
        self.officer = Officer(self.database, self.clock, plan.officer, plan.officer_pause_s)
        trust = Trust(_private_keys(self.seal_keys), (self.authorities.cards.identity.certificate,))
        self.intake = Intake(self.database, self.clock, trust, plan.address, plan.check_pdf)
        self.sign_in = SignIn(trust, plan.address)
        self._routine = Routine(self._tick)
        self.database.on_commit(self.bulletin.announce)
        self.database.on_commit(self._routine.wake)

    def start(self) -> None:
        """Begin to work: lapses, and the officer if by itself."""
        self._routine.start()

    def stop(self) -> None:
        """End work and close the database; whoever still waits for receipts is answered at once."""
        self.bulletin.close()
        self._routine.stop()
        self.database.close()

    def settle(self) -> None:
        """Let every application lapse whose time is over (S27); before anything is read."""
        with self.database.reading() as session:
            is_due = bool(life.lapsed(session, self.clock.minute()))
        if is_due:
            with self.database.writing() as session:
                # The clock may have gone back since: it moves in a transaction, too, so that within one it stands.
                life.lapse_overdue(session, self.clock.minute())

    def set_officer(self, mode: OfficerMode) -> None:
        """Let the officer work by itself or by hand from now on."""
        self.officer.mode = mode
        self._routine.wake()

    def add_card(
        self, number: str, customs_code: str, holder: str, certificate: bytes, user: str | None = None
    ) -> None:
        """Make a card known, and bind an account to it where a user is named.

        Raises:
            YuyueError: COMPANY_UNKNOWN; CALL_UNUSABLE, there is no such account; CARD_UNKNOWN, it is another company's.
        """
        with self.database.writing() as session:
            accounts.add_card(session, number, customs_code, holder, certificate)
            if user is not None:
                session.flush()
                accounts.bind_card(session, user, number)

    def _tick(self) -> float | None:
        self.settle()
        return self.officer.work()


def _cards(plan: OfficePlan, authorities: PracticeAuthorities) -> PracticeCards | EportCards:
    if plan.are_cards_behind_control:
        return EportCards(plan.folder / "eport-cards", authorities.cards)
    return PracticeCards(plan.folder / "cards", authorities.cards)


def _private_keys(identities: tuple[Identity, ...]) -> dict[str, bytes]:
    return {fingerprint(identity.certificate): identity.private_key for identity in identities}
