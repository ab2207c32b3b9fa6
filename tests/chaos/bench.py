"""One chaotic stretch of work: starts gateway, proxy and clerk, inflicts a plan of faults, lets all settle, judges."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from tests.chaos.beside import Beside
from tests.chaos.books import EMPTY, OLDER, Copies, CustomsBooks
from tests.chaos.faults import MOST_COMMITS, OF_NETWORK, OF_PROCESSES, Fault, Kind, plan
from tests.chaos.journal import Journal
from tests.chaos.processes import STARTS_WITHIN_S, ClerkPlace, ClerkProcess, GatewayProcess, are_gone, wait_for
from tests.chaos.proxy import FaultProxy
from tests.chaos.report import Tally
from tests.chaos.verdict import Verdict, from_customs
from tests.cli.company import Company
from tests.documents.pdfs import make_pdf
from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.keys import PASSWORD_FILE
from yuyue_desktop.profiles import PROFILE_FILE, Profile, load_profile
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.vault.password_vault import PasswordVault
from yuyue_practice.card_desk import prepare_card
from yuyue_practice.office import Office, OfficePlan
from yuyue_practice.profile import write_profile
from yuyue_practice.running import CA_FILE
from yuyue_practice.seed import DECLARANT

OFFICER_PAUSE_S = 0.3
STRIKES_WITHIN_S = 3.0
"""How long a fault waits for an exchange that it can spoil."""
LONGEST_LIFE_S, LONGEST_OUTAGE_S, LONGEST_DOWN_S, LONGEST_REFUSAL_S = 6.0, 2.0, 2.0, 2.5
COMMITS_WITHIN_S = 20.0
MOST_TIMES = 5
SETTLES_WITHIN_S = 180.0
AT_REST = (Status.APPROVED, Status.CANCELLED, Status.CLEARED)
PDFS = ([900], [150_000], [60_000] * 8)
"""Pages of the files at hand, by their bytes."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run is done: `age_s` is how old a key must be to be owed, 1 s by B2, more where a busy machine judges.

    `least`: so many faults and so many declarations there must be, however long a busy machine takes for them, within
    `MOST_TIMES` the agreed time.
    """

    seed: int
    work_s: float
    age_s: float = 1.0
    least: int = 0


class Bench:
    """Everything of one run in a folder of its own."""

    def __init__(self, folder: Path, terms: Terms) -> None:
        self._folder = folder
        self._terms = terms
        self.journal = Journal()
        self.tally = Tally()
        self.verdict = Verdict(self.journal, terms.age_s)
        self.lives = 0
        self._is_over = threading.Event()

    def __enter__(self) -> Self:
        office = self._folder / "office"
        opened = Office(OfficePlan(office, "https://127.0.0.1:1"))
        prepared = prepare_card(opened, user="", company="", holder="", number="", pin="")
        self._copies = Copies(office, self._folder / "copies")
        identity = opened.authorities.server().file
        environment = dict(opened.reader.environment)
        authority = _pem(opened.authorities.gateway.identity.certificate, office / CA_FILE)
        opened.database.close()
        books = CustomsBooks(office)
        books.register_declaration()
        books.close()
        for name in (EMPTY, OLDER):
            self._copies.keep(name)
        self.proxy = FaultProxy(identity, authority)
        self.proxy.__enter__()
        company = Company(self._folder / "account", str(self._folder / "pin"), str(self._folder / "password"))
        profile_file = company.profile_folder / PROFILE_FILE
        ready = {
            "address": self.proxy.address,
            "ca_file": str(authority),
            "reader_environment": environment,
            "officer_url": "",
            "card_control": "",
        }
        write_profile(profile_file, "chaos", ready, {"module": prepared.module, "pin": prepared.pin})
        self._place = ClerkPlace(profile_file, secrets.token_bytes(32), self._pdfs(), self._folder / "clerk.log")
        profile = load_profile(profile_file)
        self._store, self._pin = profile.store_file, profile.practice_pin
        self._share_key(company, profile)
        self.beside = Beside(company, self._folder / "files", self._terms.seed, self.journal)
        self._office = office
        self._gateway = GatewayProcess(office, self.proxy.address, OFFICER_PAUSE_S)
        self._gateway.start()
        self.proxy.gateway_port = self._gateway.port
        self._clerk = self._new_clerk()
        assert wait_for(lambda: len(self.journal.declared) > 0, STARTS_WITHIN_S), "nothing goes while all is well"
        self.beside.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.beside.stop()
        self._clerk.kill()
        self.proxy.__exit__()
        self._gateway.stop()

    @property
    def store_file(self) -> Path:
        """The clerk's store."""
        return self._store

    @property
    def key(self) -> bytes:
        """The store's."""
        return self._place.key

    @property
    def pin(self) -> str:
        """Her card's."""
        return self._pin

    @property
    def office_folder(self) -> Path:
        """Where the gateway keeps its books."""
        return self._office

    def work(self) -> None:
        """Let the faults rain for the agreed time; network and processes fail at the same time, each by its plan."""
        began = time.monotonic()
        network = threading.Thread(target=self._follow, args=(OF_NETWORK, began))
        network.start()
        self._follow(OF_PROCESSES, began)
        network.join()

    def settle(self) -> None:
        """No more faults: one more life in which what waits goes out and every receipt comes in."""
        self.beside.stop()
        self._end_life(Kind.CLERK_KILLED)
        self._clerk.order("finish")
        books = CustomsBooks(self._office)
        reader = Reader(self._store, self._place.key)
        try:
            if not wait_for(lambda: _is_settled(reader, books), SETTLES_WITHIN_S, 0.5):
                self.verdict.findings.wrong.append("it does not come to rest")
        finally:
            reader.close()
            books.close()
        self._clerk.order("end")
        if not self._clerk.wait_until_gone(COMMITS_WITHIN_S) or not self._clerk.has_stopped:
            self.verdict.findings.wrong.append("the program does not end in order")
        self._clerk.kill()

    def judge(self) -> int:
        """Compare all that there is; answers how many declarations are at customs."""
        findings = self.verdict.findings
        findings.wrong += self.proxy.log.sins + self.journal.sins + self.beside.sins
        if "Traceback" in self._place.log.read_text(encoding="utf-8"):
            findings.wrong.append(f"the program printed a traceback, see {self._place.log}")
        for kind, came in self.proxy.log.outcomes.items():
            self.tally.came[kind].update(came)
        books = CustomsBooks(self._office)
        reader = Reader(self._store, self._place.key)
        try:
            return self.verdict.at_the_end(reader, books.applications(DECLARANT))
        finally:
            reader.close()
            books.close()

    def _follow(self, kinds: tuple[Kind, ...], began: float) -> None:
        """Inflict each kind once, however long that takes, and go on until the time is over."""
        for number, fault in enumerate(plan(self._terms.seed, kinds)):
            if number >= len(kinds) and self._is_enough(time.monotonic() + fault.pause_s - began):
                return
            self._is_over.wait(fault.pause_s)
            self._inflict(fault)

    def _is_enough(self, worked_s: float) -> bool:
        least, most_s = self._terms.least, self._terms.work_s * MOST_TIMES
        is_all_done = self.tally.total >= least and len(self.journal.declared) >= least
        return worked_s > most_s or (worked_s > self._terms.work_s and is_all_done)

    def _inflict(self, fault: Fault) -> None:
        match fault.kind:
            case Kind.CABLE_OUT:
                with self.proxy.cable_out():
                    self._is_over.wait(fault.share * LONGEST_OUTAGE_S)
                self.tally.note(fault.kind)
            case Kind.GATEWAY_KILLED | Kind.GATEWAY_RESTORED | Kind.GATEWAY_EMPTIED:
                self._kill_gateway(fault)
            case Kind.DISK_REFUSES:
                self._refuse_disk(fault.share * LONGEST_REFUSAL_S)
            case Kind.CLERK_KILLED | Kind.CLERK_KILLED_IN_START:
                self._kill_at_random(fault)
            case Kind.CLERK_KILLED_BEFORE_COMMIT | Kind.CLERK_KILLED_AFTER_COMMIT:
                self._kill_at_commit(fault)
            case _:
                if self.proxy.spoil(fault, STRIKES_WITHIN_S):
                    self.tally.note(fault.kind)

    def _kill_gateway(self, fault: Fault) -> None:
        """End it, put other books into their place perhaps, and start it again."""
        self._gateway.kill()
        if fault.kind is Kind.GATEWAY_KILLED:
            self._copies.keep(OLDER)
            self._is_over.wait(fault.share * LONGEST_DOWN_S)
        else:
            books = CustomsBooks(self._office)
            self.verdict.at_customs(books.applications(DECLARANT))
            books.close()
            self.verdict.forgotten |= self._copies.put_back(EMPTY if fault.kind is Kind.GATEWAY_EMPTIED else OLDER)
        self._gateway.start()
        self.tally.note(fault.kind)

    def _refuse_disk(self, seconds: float) -> None:
        if not self._is_clerk_ready():
            return
        self._clerk.refuse_disk()
        self.journal.disk_refuses(time.monotonic())
        self._is_over.wait(seconds)
        self._clerk.refuse_disk(is_over=True)
        self.tally.note(Kind.DISK_REFUSES)

    def _kill_at_random(self, fault: Fault) -> None:
        if fault.kind is Kind.CLERK_KILLED_IN_START:
            took_s = max(self._clerk.ready_at - self._clerk.started_at, 1.0)
            self._end_life(Kind.CLERK_KILLED)
            self._is_over.wait(fault.share * took_s)
        elif self._is_clerk_ready():
            self._is_over.wait(fault.share * LONGEST_LIFE_S)
        self._end_life(fault.kind)

    def _kill_at_commit(self, fault: Fault) -> None:
        if self._is_clerk_ready():
            when = "before" if fault.kind is Kind.CLERK_KILLED_BEFORE_COMMIT else "after"
            self._clerk.order("kill", when, 1 + int(fault.share * MOST_COMMITS))
            self._clerk.wait_until_gone(COMMITS_WITHIN_S)
        self._end_life(fault.kind)

    def _is_clerk_ready(self) -> bool:
        is_ready = self._clerk.wait_until_ready()
        if not is_ready:
            self.verdict.findings.wrong.append("the program does not start or can't sign in, see the log")
        return is_ready

    def _end_life(self, kind: Kind) -> None:
        """Kill the clerk's program unless it is gone, look at what is left, and start it again."""
        helpers = self._clerk.helpers()
        at = self._clerk.kill()
        if not are_gone(helpers):
            self.verdict.findings.wrong.append("a helper process outlives its program")
        reader = Reader(self._store, self._place.key)
        try:
            self.tally.note(kind, self.verdict.after_a_kill(reader, at))
        finally:
            reader.close()
        self._clerk = self._new_clerk()

    def _new_clerk(self) -> ClerkProcess:
        self.lives += 1
        return ClerkProcess(self._place, f"{self._terms.seed} {self.lives}", self.journal.take)

    def _share_key(self, company: Company, profile: Profile) -> None:
        """Let the company's own system open the clerk's store, and sign in with her card."""
        password = secrets.token_urlsafe(12)
        PasswordVault(profile.folder / PASSWORD_FILE, lambda: password).keep(profile.name, self._place.key)
        for file, secret in ((company.store_password, password), (company.pin, profile.practice_pin)):
            Path(file).write_text(f"{secret}\n", encoding="utf-8")

    def _pdfs(self) -> tuple[Path, ...]:
        files = [self._folder / f"合同{number}.pdf" for number in range(len(PDFS))]
        for file, pages in zip(files, PDFS, strict=True):
            file.write_bytes(make_pdf(pages))
        return tuple(files)


def _pem(authority: bytes, file: Path) -> Path:
    file.write_bytes(load_der_x509_certificate(authority).public_bytes(Encoding.PEM))
    return file


def _is_settled(reader: Reader, books: CustomsBooks) -> bool:
    """Whether nothing waits, the officer has answered everything, and all of that is here."""
    if reader.open_items():
        return False
    customs = books.applications(DECLARANT)
    declared = {each: known for each, known in customs.items() if any(known.declarations)}
    return all(known.status in AT_REST for known in declared.values()) and all(
        from_customs(reader.receipts(ApplicationId(each))) == known.receipts for each, known in customs.items()
    )
