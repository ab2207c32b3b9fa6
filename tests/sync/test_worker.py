"""The threads: an enqueue goes out while the listener waits, sleep and wake, and a quick end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from tests.fakes.gateway import FakeGateway
from tests.fakes.sync_store import FakeSyncStore
from tests.sync.rig import OWNER, SyncRig
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import LinkChanged
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.sync import bell
from yuyue_desktop.sync.bell import Bell, Waking
from yuyue_desktop.sync.worker import SyncWorker

WAIT_S = 10.0


@dataclass
class Wall:
    """A settable wall clock."""

    now_s: float = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now_s


@dataclass
class WorkerRig:
    """A worker over the fakes."""

    rig: SyncRig = field(default_factory=SyncRig)
    wall: Wall = field(default_factory=Wall)

    def __post_init__(self) -> None:
        self.worker = SyncWorker(
            open_store=self.rig.store.connection,
            sending=self.rig.gateway,
            listening=self.rig.listening,
            clock=self.rig.clock,
            publish=self.rig.events.append,
            jitter=lambda: 0.5,
            wall=self.wall,
        )

    def wait_for(self, state: ItemState, item: object) -> None:
        """Wait until an item has a state."""
        with self.rig.store.changed:
            assert self.rig.store.changed.wait_for(lambda: self.rig.store.items[item].state is state, WAIT_S)  # type: ignore[index]


@pytest.fixture
def running() -> Iterator[WorkerRig]:
    """A worker that serves the owner and whose listener waits in its long poll."""
    rig = WorkerRig()
    rig.worker.start()
    rig.worker.serve(OWNER)
    assert rig.rig.listening.waiting.wait(WAIT_S)
    yield rig
    assert rig.worker.stop()


def test_an_enqueue_is_sent_while_the_listener_waits(running: WorkerRig) -> None:
    item = running.rig.enqueue()
    running.worker.wake()
    running.wait_for(ItemState.DONE, item)
    with running.rig.store.changed:
        assert running.rig.store.changed.wait_for(lambda: running.rig.store.last_cursor > 0, WAIT_S)


def test_stop_ends_a_long_poll(running: WorkerRig) -> None:
    running.rig.events.clear()
    started = time.monotonic()
    assert running.worker.stop()
    assert time.monotonic() - started < WAIT_S / 2
    assert not [event for event in running.rig.events if isinstance(event, LinkChanged)]


def test_stop_does_not_wait_for_a_call_that_can_not_be_broken_off() -> None:
    held, released = threading.Event(), threading.Event()

    class Stuck(FakeGateway):
        """A gateway whose name look-up hangs."""

        def interrupt(self) -> None:
            """Has no effect."""

        def time(self) -> datetime:
            """Hangs."""
            held.set()
            released.wait(WAIT_S)
            raise YuyueError(Code.GATEWAY_UNREACHABLE, is_retried=True)

    rig = WorkerRig()
    rig.worker._sending = Stuck(rig.rig.office)
    rig.worker.start()
    assert held.wait(WAIT_S)
    started = time.monotonic()
    assert not rig.worker.stop()
    assert time.monotonic() - started < WAIT_S / 2
    released.set()
    assert rig.worker.stop()


def test_after_safe_exit_the_outbox_still_goes_out(running: WorkerRig) -> None:
    running.rig.gateway.sign_out()
    running.rig.listening.sign_out()
    item = running.rig.enqueue()
    running.worker.wake()
    running.wait_for(ItemState.DONE, item)


def test_a_store_that_can_not_be_written_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yuyue_desktop.sync.worker.STORE_REST_S", 0.01)
    rig = WorkerRig()
    failures = iter([True, True, False])
    claim = rig.rig.store.claim

    def fail_first(item_id: object) -> object:
        if next(failures, False):
            raise YuyueError(Code.STORE_FULL)
        return claim(item_id)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.rig.store, "claim", fail_first)
    item = rig.rig.enqueue()
    rig.worker.start()
    rig.worker.serve(OWNER)
    rig.wait_for(ItemState.DONE, item)
    assert rig.worker.stop()


def test_a_resume_from_sleep_breaks_off_the_long_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted = threading.Event()

    class Watched(FakeGateway):
        """Tells when it is interrupted."""

        def interrupt(self) -> None:
            """Break off."""
            interrupted.set()
            super().interrupt()

    monkeypatch.setattr(bell, "HEARTBEAT_S", 0.01)
    rig = WorkerRig()
    rig.worker._listening = Watched(rig.rig.office)
    rig.worker.start()
    rig.wall.now_s += bell.RESUME_GAP_S + 1
    assert interrupted.wait(WAIT_S)
    assert rig.worker.stop()


def test_a_bell_tells_why_it_woke() -> None:
    wall = Wall()
    sleeper = Bell(wall)
    assert sleeper.sleep(0.001) is Waking.TIME
    sleeper.ring()
    assert sleeper.sleep(60) is Waking.RING
    assert sleeper.sleep(0.001) is Waking.TIME
    wall.now_s += bell.RESUME_GAP_S + 1
    sleeper.ring()
    assert sleeper.sleep(60) is Waking.RESUME
    sleeper.end()
    assert sleeper.sleep(60) is Waking.TIME


def test_the_store_is_closed_by_the_thread_that_opened_it() -> None:
    rig = WorkerRig()
    opened: list[tuple[str, int]] = []

    class Connection:
        """Notes who opens and closes."""

        def __enter__(self) -> FakeSyncStore:
            opened.append(("open", threading.get_ident()))
            return rig.rig.store

        def __exit__(self, *_: object) -> None:
            opened.append(("close", threading.get_ident()))

    rig.worker._open_store = Connection
    rig.worker.start()
    assert rig.rig.listening.waiting.wait(WAIT_S)
    assert rig.worker.stop()
    threads = {thread for _, thread in opened}
    assert len(threads) == 2
    assert sorted(what for what, _ in opened) == ["close", "close", "open", "open"]
