"""Any order of saves, deletes, submissions, answers, receipts and restarts leaves what a dictionary would hold."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from tests.store.parts import (
    COMPANY,
    NOW,
    PERSON,
    OpenStore,
    accepted,
    code_of,
    make_application,
    make_item,
    make_receipt,
    refused,
)
from yuyue_desktop.domain.application import Application, ApplicationId, Status, is_earlier
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.domain.receipts import Receipt

pytestmark = pytest.mark.thorough


@dataclass(frozen=True)
class Expected:
    """What an application must be."""

    application: Application
    revision: int = 1
    status: Status = Status.DRAFT
    is_deleted: bool = False
    item: ItemId | None = None


CURSORS = st.integers(1, 50)
NEWS = st.sampled_from([Status.DECLARED, Status.ACCEPTED, Status.APPROVED, Status.RETURNED, Status.CLEARED])


class StoreMachine(RuleBasedStateMachine):
    """Drives the store and a model of it side by side."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="store-model-"))
        self.store = OpenStore(self.folder)
        self.expected: dict[ApplicationId, Expected] = {}
        self.items: dict[ItemId, ItemState] = {}
        self.heard: dict[int, Receipt] = {}
        self.refusals = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(target=ids)
    def create(self) -> ApplicationId:
        application = make_application()
        self.store.save(application)
        self.expected[application.id] = Expected(application)
        return application.id

    @rule(key=ids, text=st.text(max_size=8))
    def save(self, key: ApplicationId, text: str) -> None:
        known = self.expected[key]
        application = replace(known.application, reason=text)
        future = self.store.writer.save_draft(application, PERSON, NOW)
        assert code_of(future) is self._obstacle(known)
        if code_of(future) is None:
            self.expected[key] = replace(known, application=application, revision=known.revision + 1)

    @rule(key=ids)
    def delete(self, key: ApplicationId) -> None:
        known = self.expected[key]
        code = code_of(self.store.writer.delete_draft(key, PERSON, NOW))
        assert code is (None if known.is_deleted else self._obstacle(known))
        self.expected[key] = replace(known, is_deleted=known.is_deleted or code is None)

    @rule(key=ids, stale=st.booleans())
    def enqueue(self, key: ApplicationId, stale: bool) -> None:
        known = self.expected[key]
        item = make_item(key)
        obstacle = self._enqueue_obstacle(known, is_stale=stale)
        assert code_of(self.store.writer.enqueue(item, known.revision - stale)) is obstacle
        if obstacle is None:
            self.items[item.id] = ItemState.WAITING
            self.expected[key] = replace(known, item=item.id)

    @precondition(lambda self: self.items)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        item_id = data.draw(st.sampled_from(list(self.items)))
        possible = self.items[item_id] is ItemState.WAITING
        assert (code_of(self.store.writer.withdraw(item_id)) is None) is possible
        if possible:
            self._end(item_id, ItemState.WITHDRAWN)

    @rule()
    def claim(self) -> None:
        item = self.store.sync.due_item(PERSON, NOW)
        assert (item is None) is not any(state.is_open for state in self.items.values())
        if item is not None:
            assert self.store.sync.claim(item.id).attempts == item.attempts + 1
            self.items[item.id] = ItemState.SENDING

    @precondition(lambda self: ItemState.SENDING in self.items.values())
    @rule(is_accepted=st.booleans(), repeats=st.integers(1, 2), cursor=CURSORS)
    def answer(self, is_accepted: bool, repeats: int, cursor: int) -> None:
        item_id = next(key for key, state in self.items.items() if state is ItemState.SENDING)
        key, known = next((key, known) for key, known in self.expected.items() if known.item == item_id)
        answered = accepted(key, cursor=self._free(cursor)) if is_accepted else refused(key, self._free(cursor))
        for _ in range(repeats):
            self.store.sync.finish(item_id, answered)
        assert answered.receipt is not None
        self.heard[answered.receipt.cursor] = answered.receipt
        self._end(item_id, ItemState.DONE if is_accepted else ItemState.REFUSED)
        if is_accepted and known.status is Status.DRAFT:
            self.expected[key] = replace(self.expected[key], status=Status.DECLARED)

    @precondition(lambda self: ItemState.SENDING in self.items.values())
    @rule()
    def refuse(self) -> None:
        item_id = next(key for key, state in self.items.items() if state is ItemState.SENDING)
        self.store.sync.refuse(item_id, "submission_stale", "", NOW)
        self.refusals += 1
        self._end(item_id, ItemState.REFUSED)

    @rule(key=ids, status=NEWS, cursor=CURSORS)
    def hear(self, key: ApplicationId, status: Status, cursor: int) -> None:
        receipt = make_receipt(key, self._free(cursor), status=status)
        assert self._take(receipt) == 1
        self.heard[receipt.cursor] = receipt
        known = self.expected[key]
        if not is_earlier(status, known.status):
            self.expected[key] = replace(known, status=status, is_deleted=False)

    @precondition(lambda self: self.heard)
    @rule(data=st.data())
    def hear_again(self, data: st.DataObject) -> None:
        assert self._take(self.heard[data.draw(st.sampled_from(sorted(self.heard)))]) == 0

    @rule()
    def restart(self) -> None:
        self.store.reopen()
        self.items = {
            key: ItemState.UNKNOWN if state is ItemState.SENDING else state for key, state in self.items.items()
        }

    @invariant()
    def everything_is_as_expected(self) -> None:
        shown = {key: known for key, known in self.expected.items() if not known.is_deleted}
        for key, known in self.expected.items():
            record = self.store.reader.record(key)
            assert (record is None) is known.is_deleted
            if record is not None:
                assert (record.application, record.revision) == (known.application, known.revision)
                assert record.status is known.status
        drafts = {record.id for record in self.store.reader.drafts(COMPANY)}
        assert drafts == {key for key, known in shown.items() if known.status is Status.DRAFT}
        assert {key: self.store.state(key) for key in self.items} == self.items
        receipts = [receipt.cursor for key in self.expected for receipt in self.store.reader.receipts(key)]
        assert sorted(receipts) == [*range(-self.refusals, 0), *sorted(self.heard)]

    def _free(self, cursor: int) -> int:
        """A number that no receipt has yet; another receipt under a known one means other books (decision 021)."""
        return next(number for number in itertools.count(cursor) if number not in self.heard)

    def _take(self, receipt: Receipt) -> int:
        return self.store.sync.take_receipts(ReceiptPage((receipt,), (), receipt.cursor))

    def _obstacle(self, known: Expected) -> Code | None:
        if known.is_deleted:
            return Code.APPLICATION_UNKNOWN
        if known.status is not Status.DRAFT:
            return Code.STEP_NOT_ALLOWED
        return Code.LOCKED_BY_OUTBOX if known.item else None

    def _enqueue_obstacle(self, known: Expected, *, is_stale: bool) -> Code | None:
        if known.is_deleted:
            return Code.APPLICATION_UNKNOWN
        if known.item:
            return Code.LOCKED_BY_OUTBOX
        if is_stale:
            return Code.REVISION_STALE
        return None if known.status is Status.DRAFT else Code.STEP_NOT_ALLOWED

    def _end(self, item_id: ItemId, state: ItemState) -> None:
        self.items[item_id] = state
        self.expected = {
            key: replace(known, item=None) if known.item == item_id else known for key, known in self.expected.items()
        }


TestStore = StoreMachine.TestCase
TestStore.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
