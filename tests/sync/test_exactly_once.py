"""Whatever the network, the program and the clock do: each item once at the gateway, each receipt once here (B2).

And each draft there as it was saved last, or gone where it was deleted (S21, S28).
"""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.fakes.gateway import Crash, Fault
from tests.sync.rig import COLLEAGUE, OWNER, SyncRig
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemId, ItemState

pytestmark = pytest.mark.thorough

APPLICATIONS = ["a", "b", "c"]
DRAFTS = ["d", "e"]
PEOPLE = [OWNER, COLLEAGUE]


class OutboxMachine(RuleBasedStateMachine):
    """A machine at an office, with everything that can happen to both."""

    @initialize()
    def begin(self) -> None:
        """A first start."""
        self.rig = SyncRig()
        self.order: dict[str, list[ItemId]] = {}
        self.turned_away: set[ItemId] = set()
        self.cancelled_reads = 0
        self.revisions: dict[ApplicationId, int] = {}
        self.deleted: set[ApplicationId] = set()
        self.late: set[ApplicationId] = set()

    @rule(
        application=st.sampled_from(APPLICATIONS),
        owner=st.sampled_from(PEOPLE),
        files=st.lists(st.binary(min_size=1, max_size=2), max_size=2, unique=True),
        latest_s=st.none() | st.integers(0, 600),
        is_turned_away=st.booleans(),
    )
    def enqueue(
        self, application: str, owner: str, files: list[bytes], latest_s: int | None, is_turned_away: bool
    ) -> None:
        """The clerk declares."""
        latest = None if latest_s is None else self.rig.office.now.replace(second=0) + timedelta(seconds=latest_s)
        item = self.rig.enqueue(application, owner=owner, latest=latest, files=tuple(files))
        self.order.setdefault(application, []).append(item)
        if is_turned_away:
            self.turned_away.add(item)
            self.rig.office.turned_away[item] = Code.SIGNATURE_INVALID

    @rule(name=st.sampled_from(DRAFTS), is_sent=st.booleans())
    def keep_draft(self, name: str, is_sent: bool) -> None:
        """The clerk saves a draft, which gets to the gateway at once or waits; a deleted one is saved no more."""
        draft = ApplicationId(name)
        if draft in self.deleted:
            return
        self.revisions[draft] = self.revisions.get(draft, 0) + 1
        self.rig.add_draft(name, self.revisions[draft], reason=str(self.revisions[draft]))
        if is_sent:
            self.rig.store.draft_sent(self.rig.office.save(self.rig.store.drafts[draft]))

    @precondition(lambda self: self.revisions)
    @rule(data=st.data(), fault=st.sampled_from([None, *Fault]), is_turned_away=st.booleans())
    def delete_draft(self, data: st.DataObject, fault: Fault | None, is_turned_away: bool) -> None:
        """The clerk deletes a draft, which meets a fault on its way; the gateway may turn it away."""
        draft = data.draw(st.sampled_from(sorted(self.revisions)))
        if draft in self.deleted:
            return
        self.deleted.add(draft)
        self.rig.delete_draft(draft)
        self.rig.gateway.faults.append(fault)
        if is_turned_away:
            self.rig.office.turned_away[draft] = Code.CARD_NOT_BOUND

    @rule(faults=st.lists(st.sampled_from([None, *Fault]), max_size=4), is_listener=st.booleans())
    def disturb(self, faults: list[Fault | None], is_listener: bool) -> None:
        """The next calls meet faults."""
        (self.rig.listening if is_listener else self.rig.gateway).faults.extend(faults)

    @rule(seconds=st.sampled_from([0, 1, 5, 60, 400]), count=st.integers(1, 4))
    def send(self, seconds: int, count: int) -> None:
        """Time passes and the sender works; only its owner's items move."""
        self.rig.run(seconds)
        for _ in range(count):
            before = len(self.rig.office.processed)
            calls = len(self.rig.gateway.calls)
            with contextlib.suppress(Crash):
                self.rig.engine.tick()
            for item in self.rig.office.processed[before:]:
                assert self.rig.store.items[item].owner == self.rig.engine.owner
            self._check_not_late(self.rig.gateway.calls[calls:])

    @rule()
    def listen(self) -> None:
        """The listener takes a page."""
        with contextlib.suppress(Crash):
            self.rig.listener.listen(0)

    @rule(owner=st.sampled_from([*PEOPLE, ""]))
    def restart(self, owner: str) -> None:
        """The program is killed and starts again, for somebody or nobody."""
        self.rig.restart(owner)

    @rule(owner=st.sampled_from(PEOPLE))
    def hurry(self, owner: str) -> None:
        """Somebody signs in."""
        self.rig.engine.owner = owner
        self.rig.engine.hurry()

    @rule(hours=st.integers(-60, 60))
    def move_clock(self, hours: int) -> None:
        """The gateway's clock is moved."""
        self.rig.office.now += timedelta(hours=hours)

    @precondition(lambda self: bool(self.rig.office.delayed))
    @rule()
    def deliver_late(self) -> None:
        """A request that got lost on the way arrives after all."""
        with contextlib.suppress(Exception):
            before = set(self.rig.office.records)
            self.rig.office.delayed.pop(0)()
            self.late |= (set(self.rig.office.records) - before) & self.deleted

    @invariant()
    def nothing_is_doubled(self) -> None:
        """Each submission is processed at most once."""
        processed = self.rig.office.processed
        assert len(processed) == len(set(processed))

    def teardown(self) -> None:
        """At the end the network heals: everything comes to an end, in order, with all receipts."""
        if not hasattr(self, "rig"):
            return
        for owner in PEOPLE * (1 + max((len(items) for items in self.order.values()), default=0)):
            self.rig.restart(owner)
            self.rig.settle()
        self.rig.listener.listen(0)
        self._check_ends()
        self._check_drafts()
        assert sorted(self.rig.store.kept) == sorted(receipt.cursor for receipt in self.rig.office.receipts)

    def _check_not_late(self, calls: list[str]) -> None:
        if "submit" in calls:
            sent = [item for item in self.rig.store.items.values() if item.attempts and item.latest]
            now = self.rig.office.now.replace(second=0, microsecond=0)
            assert all(item.state is not ItemState.SENDING or now <= item.latest for item in sent if item.latest)

    def _check_ends(self) -> None:
        processed = self.rig.office.processed
        for items in self.order.values():
            is_blocked = False
            arrived = [item for item in processed if item in items]
            late = {item for item in items if self.rig.state(item) is ItemState.TOO_LATE}
            assert [item for item in arrived if item not in late] == [
                i for i in items if i in arrived and i not in late
            ]
            for item in items:
                self._check_end(item, is_blocked=is_blocked)
                is_blocked = is_blocked or item in late

    def _check_drafts(self) -> None:
        """The first save of a draft may come after its deletion, which is then unknown to the gateway."""
        assert self.rig.store.deletions == {}
        for draft, revision in self.revisions.items():
            there = self.rig.office.records.get(draft)
            if draft not in self.deleted:
                assert there is not None
                assert there.revision == revision
            elif draft in self.rig.office.turned_away:
                assert draft in self.rig.store.refusals
            elif draft not in self.late:
                assert there is None

    def _check_end(self, item: ItemId, *, is_blocked: bool) -> None:
        """Ended, unless it is too late, or waits behind one that is."""
        state, is_processed = self.rig.state(item), item in self.rig.office.processed
        if is_blocked:
            assert state is ItemState.WAITING
        elif state is ItemState.REFUSED and not is_processed:
            assert item in self.turned_away
        elif state is not ItemState.TOO_LATE:
            assert state in (ItemState.DONE, ItemState.REFUSED)
            assert is_processed


OutboxMachine.TestCase.settings = settings(max_examples=300, stateful_step_count=30, deadline=None)
TestOutbox = OutboxMachine.TestCase
