"""The whole way out and back with nothing faked: store file, threads, HTTPS, practice office."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.pdfs import make_pdf
from tests.gateway.clerk import attachment, new_application
from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.gateway.practice_card import MemoryCard
from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, Status, Step
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.ports import SyncStore
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import Tokens
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.store.writer import StoreThread
from yuyue_desktop.sync.worker import SyncWorker
from yuyue_practice.officer import OfficerMode
from yuyue_practice.seed import DECLARANT, PASSWORD

__all__ = ["fresh_office", "start_office"]

USER, CARD_NUMBER = "yunling", "8600000000001"
WAIT_S = 20.0


class Machine:
    """A clerk's machine: store, clients and worker, from start to stop."""

    def __init__(self, folder: Path, key: bytes, running: RunningOffice, card: MemoryCard) -> None:
        self._happened = threading.Condition()
        self.card = card
        self.clock = GatewayClock(self._publish)
        file = folder / "store.db"
        self.writer = StoreThread(file, key, publish=self._publish, clock=self.clock)
        self.reader = Reader(file, key)
        self.tokens = Tokens()
        certificate = running.office.authorities.gateway.identity.certificate
        place = GatewayPlace(running.office.address, (certificate,))
        self.gateway, *both = (HttpGateway(place, self.clock, self.tokens) for _ in range(3))
        self._gateways = (self.gateway, *both)

        @contextlib.contextmanager
        def open_store() -> Iterator[SyncStore]:
            connection = SyncConnection(file, key, publish=self._publish, clock=self.clock)
            try:
                yield connection
            finally:
                connection.close()

        self.worker = SyncWorker(
            open_store=open_store, sending=both[0], listening=both[1], clock=self.clock, publish=self._publish
        )

    def stop(self) -> float:
        """Stop in order; answers how many seconds the worker took."""
        started = time.monotonic()
        assert self.worker.stop()
        took_s = time.monotonic() - started
        for gateway in self._gateways:
            gateway.close()
        self.writer.close()
        self.reader.close()
        return took_s

    def declare(self, application: Application) -> ItemId:
        """Save, sign and enqueue."""
        record = self.writer.save_draft(application, USER, self.clock.now()).result(WAIT_S)
        submission = Submission(
            ItemId(str(uuid.uuid4())),
            self.gateway.address,
            Step.DECLARE,
            application.id,
            record.revision,
            self.gateway.time().replace(microsecond=0),
            DECLARANT,
            application,
            attachments=application.attachments,
        )
        digests = tuple(file.sha256 for file in application.attachments)
        jws = self.card.submission(submission)
        item = OutboxItem(
            submission.id, application.id, Step.DECLARE, USER, jws, digests, ItemState.WAITING, self.clock.now()
        )
        self.writer.enqueue(item, record.revision).result(WAIT_S)
        self.worker.wake()
        return submission.id

    def save_at_gateway(self, application: Application) -> None:
        """暂存."""
        self.writer.save_draft(application, USER, self.clock.now()).result(WAIT_S)
        self.writer.request_remote_save(application.id, USER, self.clock.now()).result(WAIT_S)
        self.worker.wake()

    def number(self, application_id: ApplicationId) -> str:
        """The application's pre-entry number in the store, empty without one."""
        record = self.reader.record(application_id)
        return record.pre_entry_number if record else ""

    def attach(self, content: bytes) -> Attachment:
        """Put a file into the store."""
        self.writer.put_attachment(hashlib.sha256(content).hexdigest(), content).result(WAIT_S)
        return attachment(content)

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        """Wait for something that an event will tell."""
        with self._happened:
            assert self._happened.wait_for(is_true, WAIT_S)

    def status(self, application_id: ApplicationId) -> Status | None:
        """The application's status in the store."""
        record = self.reader.record(application_id)
        return record.status if record else None

    def _publish(self, _: Event) -> None:
        with self._happened:
            self._happened.notify_all()


StartMachine = Callable[[], Machine]


@pytest.fixture
def running(start_office: StartOffice) -> RunningOffice:
    """An office whose officer works by itself."""
    return start_office(OfficerMode.AUTO)


@pytest.fixture
def start_machine(tmp_path: Path, running: RunningOffice) -> StartMachine:
    """Starts the clerk's machine over the same store file; the test stops it."""
    key, card = secrets.token_bytes(32), running.card(CARD_NUMBER)
    (tmp_path / "machine").mkdir()
    return lambda: Machine(tmp_path / "machine", key, running, card)


def test_a_declaration_goes_out_and_its_receipts_come_back(start_machine: StartMachine) -> None:
    machine = start_machine()
    machine.gateway.sign_in_with_password(USER, PASSWORD)
    machine.worker.start()
    machine.worker.serve(USER)
    file = machine.attach(make_pdf([150_000] * 12))
    application = replace(new_application(), attachments=(replace(file, pages=(150_000,) * 12),))
    item = machine.declare(application)
    machine.wait_until(lambda: machine.status(application.id) is Status.APPROVED)
    assert machine.reader.open_items() == ()
    record, kept = machine.reader.record(application.id), machine.reader.item(item)
    assert record is not None
    assert record.pre_entry_number.startswith("YTG2026")
    assert kept is not None
    assert (kept.state, kept.attempts) == (ItemState.DONE, 1)
    cursors = [receipt.cursor for receipt in machine.reader.receipts(application.id)]
    assert len(cursors) == len(set(cursors)) == 3
    assert machine.stop() < 1


def test_what_was_signed_goes_out_after_a_restart_without_sign_in(start_machine: StartMachine) -> None:
    machine = start_machine()
    application = new_application()
    machine.declare(application)
    machine.stop()
    again = start_machine()
    again.worker.serve(USER)
    again.worker.start()
    again.wait_until(lambda: again.status(application.id) is Status.DECLARED)
    assert again.reader.open_items() == ()
    again.stop()


def test_a_draft_is_saved_at_the_gateway_when_asked(start_machine: StartMachine) -> None:
    machine = start_machine()
    machine.gateway.sign_in_with_password(USER, PASSWORD)
    machine.worker.start()
    machine.worker.serve(USER)
    application = new_application()
    machine.save_at_gateway(application)
    machine.wait_until(lambda: machine.number(application.id) != "")
    machine.stop()


def test_a_draft_deleted_offline_is_gone_at_the_gateway_once_it_is_back(
    tmp_path: Path, start_office: StartOffice
) -> None:
    (tmp_path / "machine").mkdir()
    key, office = secrets.token_bytes(32), start_office()
    machine = Machine(tmp_path / "machine", key, office, office.card(CARD_NUMBER))
    machine.gateway.sign_in_with_password(USER, PASSWORD)
    machine.worker.start()
    machine.worker.serve(USER)
    application = new_application()
    machine.save_at_gateway(application)
    machine.wait_until(lambda: machine.number(application.id) != "")
    saved = machine.reader.record(application.id)
    assert saved is not None
    office.stop()
    machine.writer.delete_draft(application.id, USER, machine.clock.now()).result(WAIT_S)
    machine.worker.wake()
    assert machine.reader.journal(application.id)[0].deed is Deed.DELETED
    machine.stop()

    office = start_office()
    again = Machine(tmp_path / "machine", key, office, machine.card)
    asked = ApplicationQuery(pre_entry_number=saved.pre_entry_number)
    again.gateway.sign_in_with_password(USER, PASSWORD)
    (listed,) = again.gateway.query(asked)
    again.worker.serve(USER)
    again.worker.start()
    again.wait_until(lambda: again.reader.journal(application.id)[0].deed is Deed.ACCEPTED)
    assert again.gateway.query(asked) == ()
    again.writer.merge_records([listed]).result(WAIT_S)
    assert again.reader.record(application.id) is None
    assert [record.id for record in again.reader.deleted_drafts(DECLARANT)] == [application.id]
    again.stop()
