"""Each system call of a send fails in its turn, or its process ends there: after the next sync it is sent once (B2)."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.pdfs import make_pdf
from tests.gateway.clerk import attachment, new_application
from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.store.parts import LIMIT_S, NOW, PERSON, OpenStore
from tests.syscalls.sending_program import Sender
from tests.syscalls.test_save import EFFECTS, assert_told
from tests.syscalls.tracing import Ended, Injection, run_traced
from yuyue_desktop.domain.application import Status, Step
from yuyue_desktop.domain.outbox import ItemId, ItemState, OutboxItem
from yuyue_desktop.domain.submission import Submission
from yuyue_practice.models import SubmissionRow
from yuyue_practice.seed import DECLARANT

__all__ = ["fresh_office", "start_office"]

NETWORK = ("socket", "connect", "sendto", "recvfrom", "read", "write")
DISK = ("openat", "pwrite64", "fsync", "fdatasync", "ftruncate", "flock")
CALLS = NETWORK + DISK
SAMPLE = 10
"""So many of all in the ordinary run."""
CARD_NUMBER = "8600000000001"
TRIES = 50


class Sending:
    """An office, and for each send a store of its own with one declaration in its outbox."""

    def __init__(self, folder: Path, running: RunningOffice) -> None:
        self._folder, self._running = folder, running
        self._card = running.card(CARD_NUMBER)
        self._number = 0

    def run(self, inject: Injection | None) -> Ended:
        """One send that is disturbed, a second program that is not, and a look at what customs has then."""
        self._number += 1
        folder = self._folder / f"store{self._number}"
        item = self._enqueue(folder)
        address, ca_file = self._running.office.address, self._running.ca_file
        ended = run_traced("tests.syscalls.sending_program", [folder, address, ca_file, item.id], CALLS, inject)
        again = OpenStore(folder)
        try:
            again.reader.check()
            assert self._send_again(again, item.id) == ItemState.DONE
            record = again.read(item.application_id)
            assert record.status is Status.DECLARED
            assert len(again.reader.receipts(item.application_id)) == 1
        finally:
            again.close()
        assert self._submissions(item) == [item.id]
        return ended

    def _send_again(self, store: OpenStore, item_id: ItemId) -> str:
        authority = self._running.office.authorities.gateway.identity.certificate
        sender = Sender(store.file, self._running.office.address, authority)
        try:
            return sender.send(item_id, TRIES)
        finally:
            sender.close()

    def _enqueue(self, folder: Path) -> OutboxItem:
        content = make_pdf([3000 + self._number])
        file = attachment(content)
        application = replace(new_application(), attachments=(file,))
        store = OpenStore(folder)
        store.writer.put_attachment(file.sha256, content).result(LIMIT_S)
        record = store.save(application)
        made = Submission(
            ItemId(str(uuid.uuid4())),
            self._running.office.address,
            Step.DECLARE,
            application.id,
            record.revision,
            NOW,
            DECLARANT,
            application,
            attachments=application.attachments,
        )
        jws = self._card.submission(made)
        waiting = ItemState.WAITING
        item = OutboxItem(made.id, application.id, Step.DECLARE, PERSON, jws, (file.sha256,), waiting, NOW)
        store.enqueue(item, record.revision)
        store.close()
        return item

    def _submissions(self, item: OutboxItem) -> list[str]:
        with self._running.office.database.reading() as session:
            rows = session.query(SubmissionRow).filter(SubmissionRow.application_id == item.application_id)
            return [row.id for row in rows]


@pytest.fixture
def sending(tmp_path: Path, start_office: StartOffice) -> Sending:
    return Sending(tmp_path, start_office())


def _sweep(sending: Sending, sample: int | None) -> None:
    whole = sending.run(None)
    assert whole.said == {"outcome": "done"}
    assert whole.calls["connect"] > 0
    assert whole.calls["fdatasync"] + whole.calls["fsync"] > 0
    numbered = [(call, count) for call in CALLS for count in range(1, whole.calls[call] + 1)]
    effects = {call: ("EIO", "SIGKILL") if call in NETWORK else EFFECTS for call in CALLS}
    injections = [Injection(call, count, effect) for call, count in numbered for effect in effects[call]]
    chosen = injections if sample is None else random.Random(2).sample(injections, sample)  # noqa: S311
    interrupted = 0
    for inject in chosen:
        ended = sending.run(inject)
        assert_told(ended, inject)
        interrupted += ended.said is None or ended.said["outcome"] != "done"
    assert interrupted, "nothing that was injected had any effect"


def test_some_calls_of_a_send_fail(sending: Sending) -> None:
    _sweep(sending, SAMPLE)


@pytest.mark.long
def test_every_call_of_a_send_fails(sending: Sending) -> None:
    _sweep(sending, None)
