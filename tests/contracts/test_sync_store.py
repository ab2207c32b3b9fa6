"""The sync store's contract, kept by the fake and by the store on the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.sync_store import SyncStoreContract, SyncStoreRig
from tests.fakes.sync_store import FakeSyncStore
from tests.store.parts import LIMIT_S, NOW, PERSON, OpenStore, make_application
from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.outbox import ItemState, OutboxItem


class FakeRig:
    """The store in memory."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.store = FakeSyncStore(publish=self.events.append)

    def add(self, item: OutboxItem) -> OutboxItem:
        self.store.add(item)
        return item

    def add_wanted_draft(self, record: ApplicationRecord) -> None:
        self.store.drafts[record.id] = record

    def delete(self, application_id: ApplicationId) -> None:
        self.store.delete(application_id, PERSON)

    def put_file(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self.store.files[digest] = content
        return digest

    def state(self, item: OutboxItem) -> ItemState:
        return self.store.items[item.id].state


class RealRig:
    """The store on the disk; items come in through the store thread."""

    def __init__(self, folder: Path) -> None:
        self.opened = OpenStore(folder)
        self.store = self.opened.sync
        self.events = self.opened.events

    def add(self, item: OutboxItem) -> OutboxItem:
        record = self.opened.save(make_application(id=item.application_id))
        return self.opened.enqueue(item, record.revision)

    def add_wanted_draft(self, record: ApplicationRecord) -> None:
        self.opened.save(record.application, record.person)
        self.opened.writer.request_remote_save(record.id, record.person, NOW).result(LIMIT_S)

    def delete(self, application_id: ApplicationId) -> None:
        self.opened.writer.delete_draft(application_id, PERSON, NOW).result(LIMIT_S)

    def put_file(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self.opened.writer.put_attachment(digest, content).result(LIMIT_S)
        return digest

    def state(self, item: OutboxItem) -> ItemState:
        return self.opened.state(item.id)


class TestFakeSyncStore(SyncStoreContract):
    """In memory."""

    @pytest.fixture
    def rig(self) -> SyncStoreRig:
        return FakeRig()


class TestSyncConnection(SyncStoreContract):
    """On the disk."""

    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[SyncStoreRig]:
        rig = RealRig(tmp_path)
        yield rig
        rig.opened.close()
