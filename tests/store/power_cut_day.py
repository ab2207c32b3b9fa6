"""A day of work on a disk whose power fails again and again: what was told to be kept is there after each cut (B2)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.store.parts import (
    LIMIT_S,
    OpenStore,
    accepted,
    make_application,
    make_attachment,
    make_item,
    make_receipt,
)
from tests.store.power_cut import PowerCutDisk
from yuyue_desktop.domain.application import Application, ApplicationId, Status
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.ports import ReceiptPage

STEPS_PER_CUT = 40
"""One of so many writes, syncs and deletions is a moment at which the power fails."""
ROUNDS = 16
FILE_BYTES = 700_000
"""A few of these bring SQLite to move its log into the database, in the midst of everything."""


@dataclass(frozen=True)
class Cut:
    """A folder as a power cut left it, and what the store had told to be kept by then."""

    folder: Path
    saved: dict[ApplicationId, Application]
    files: dict[str, bytes]
    items: dict[ItemId, ItemState]
    receipts: frozenset[int]


class Day:
    """Does what a clerk's program does with its store, with a restart in it, and takes cuts on the way."""

    def __init__(self, folder: Path, disk: PowerCutDisk, seed: int, rounds: int = ROUNDS) -> None:
        self._rounds = rounds
        self._chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
        self._profile = folder / "profile"
        self._disk = disk
        self.cuts: list[Cut] = []
        self._saved: dict[ApplicationId, Application] = {}
        self._files: dict[str, bytes] = {}
        self._items: dict[ItemId, ItemState] = {}
        self._receipts: set[int] = set()
        disk.on_step = self._look_on

    def run(self) -> None:
        """From the first start to the last save."""
        self._store = OpenStore(self._profile)
        for number in range(self._rounds):
            record = self._store.save(make_application(reason=f"{number} " + "急" * self._chance.randrange(80)))
            self._saved[record.id] = record.application
            if self._chance.random() < 0.5:
                self._declare(record.id, record.revision, number)
            if self._chance.random() < 0.4:
                self._keep_file()
            if number == self._rounds // 2:
                self._store.reopen()
        self._store.close()
        self._disk.on_step = lambda: None

    def _declare(self, application_id: ApplicationId, revision: int, number: int) -> None:
        item = self._store.enqueue(make_item(application_id), revision)
        self._items[item.id] = ItemState.WAITING
        if self._chance.random() < 0.7:
            # Before the call: what is being written may be found as well as what was.
            self._items[item.id] = ItemState.SENDING
            self._store.sync.claim(item.id)
        if self._chance.random() < 0.7:
            self._store.sync.finish(item.id, accepted(application_id, cursor=2 * number + 1))
            self._items[item.id] = ItemState.DONE
            self._receipts.add(2 * number + 1)
            receipt = make_receipt(application_id, 2 * number + 2, status=Status.ACCEPTED)
            self._store.sync.take_receipts(ReceiptPage((receipt,), (), receipt.cursor))
            self._receipts.add(receipt.cursor)

    def _keep_file(self) -> None:
        content = self._chance.randbytes(FILE_BYTES)
        attachment = make_attachment(content)
        self._store.writer.put_attachment(attachment.sha256, content).result(LIMIT_S)
        self._files[attachment.sha256] = content

    def _look_on(self) -> None:
        if self._chance.random() * STEPS_PER_CUT > 1:
            return
        folder = self._profile.with_name(f"cut{len(self.cuts)}")
        self._disk.image(self._profile, folder, self._chance)
        self.cuts.append(
            Cut(folder, dict(self._saved), dict(self._files), dict(self._items), frozenset(self._receipts))
        )


def assert_kept(cut: Cut) -> None:
    """As after the machine has started again, with its own disk."""
    store = OpenStore(cut.folder)
    try:
        store.reader.check()
        for application_id, application in cut.saved.items():
            assert store.read(application_id).application == application
        for sha256, content in cut.files.items():
            assert store.reader.attachment(sha256) == content
        for item_id, state in cut.items.items():
            item = store.reader.item(item_id)
            assert item is not None
            # Further on than it was told is fine: the commit was made and not told yet.
            assert (item.state, item.attempts) in _AT_LEAST[state]
        assert {receipt.cursor for receipt in store.reader.receipts_after(None)} >= cut.receipts
        # And it goes on.
        store.save(make_application())
    finally:
        store.close()


_DONE = {(ItemState.DONE, 0), (ItemState.DONE, 1)}
_CLAIMED = _DONE | {(ItemState.UNKNOWN, 1)}
_AT_LEAST = {ItemState.DONE: _DONE, ItemState.SENDING: _CLAIMED | {(ItemState.WAITING, 0)}}
_AT_LEAST[ItemState.WAITING] = _AT_LEAST[ItemState.SENDING]
