"""Several programs on one store: each hears what the others commit, and one at a time sends (decision 014)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest

from tests.store.parts import KEY, LIMIT_S, NOW, PERSON, OpenStore, accepted, make_application, make_item
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.events import ApplicationChanged, Event, OutboxChanged, ReceiptArrived, SaveFailed
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.store import news
from yuyue_desktop.store.connection import open_for_writing, transaction
from yuyue_desktop.store.migrations import STEPS, migrate, version
from yuyue_desktop.store.opening import open_store
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.seat import LEASE_S, SenderSeat
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.store.watch import StoreWatch
from yuyue_desktop.store.writer import StoreThread

SEAT_HOLDER = """
import sys
from pathlib import Path
from yuyue_desktop.store.connection import open_for_writing
from yuyue_desktop.store.seat import SenderSeat
file = Path(sys.argv[1])
assert SenderSeat(file.parent, "child").take(open_for_writing(file, bytes.fromhex(sys.argv[2])))
print("taken", flush=True)
sys.stdin.read()
"""


class Wall:
    """The machine's clock, as set."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Heard:
    """What a watch publishes, from its own thread."""

    events: list[Event] = field(default_factory=list)
    happened: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, event: Event) -> None:
        with self.happened:
            self.events.append(event)
            self.happened.notify_all()

    def wait_for(self, condition: Callable[[list[Event]], bool]) -> None:
        with self.happened:
            assert self.happened.wait_for(lambda: condition(self.events), LIMIT_S), self.events


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OpenStore]:
    opened = OpenStore(tmp_path)
    yield opened
    opened.close()


@contextmanager
def watching(file: Path, program: str) -> Iterator[Heard]:
    heard = Heard()
    watch = StoreWatch(file, KEY, publish=heard.publish, program=program)
    watch.start()
    try:
        yield heard
    finally:
        watch.stop()


def test_what_one_program_commits_the_others_hear_once_and_in_order(store: OpenStore) -> None:
    clock = store.clock
    another = StoreThread(store.file, KEY, publish=lambda _: None, clock=clock, program="another")
    sync = SyncConnection(store.file, KEY, publish=lambda _: None, clock=clock, program="another")
    with watching(store.file, "") as heard, watching(store.file, "another") as own:
        record = another.save_draft(make_application(), PERSON, NOW).result(LIMIT_S)
        item = make_item(record.id)
        another.enqueue(item, record.revision).result(LIMIT_S)
        sync.claim(item.id)
        sync.finish(item.id, accepted(record.id, cursor=7))
        refused = user_error(Code.PORT_NOT_A_PORT, code="0000")
        sync.draft_refused(record.id, refused)
        heard.wait_for(lambda events: SaveFailed in map(type, events))
        store.save(make_application())
        own.wait_for(bool)
    kinds = list(dict.fromkeys(map(type, heard.events)))
    assert kinds == [ApplicationChanged, OutboxChanged, ReceiptArrived, SaveFailed]
    assert {event.application_id for event in heard.events if isinstance(event, ReceiptArrived)} == {record.id}
    (told,) = (event.error for event in heard.events if isinstance(event, SaveFailed))
    assert (told.code, told.params, told.blame) == (refused.code, refused.params, refused.blame)
    assert [type(event) for event in own.events] == [ApplicationChanged]
    sync.close()
    another.close()


def test_what_was_committed_before_a_watch_began_is_no_news(store: OpenStore) -> None:
    store.save(make_application())
    with watching(store.file, "another") as heard:
        later = store.save(make_application())
        heard.wait_for(bool)
    assert heard.events == [ApplicationChanged(later.id)]


def test_news_of_a_rolled_back_commit_is_none_and_only_the_newest_are_kept(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "KEPT", 3)
    connection = open_for_writing(store.file, KEY)
    for _ in range(5):
        store.save(make_application())
    with pytest.raises(LookupError):
        _write_and_fail(connection)
    number, events = news.after(connection, 0, "x")
    assert (number, len(events)) == (news.last(connection), 3)
    connection.execute('INSERT INTO news (program, event) VALUES (\'y\', \'{"kind": "of tomorrow", "id": "a"}\')')
    assert news.after(connection, number, "x") == (number + 1, [])
    connection.close()


def _write_and_fail(connection: apsw.Connection) -> None:
    with transaction(connection):
        news.note(connection, "x", [ApplicationChanged(make_application().id)])
        raise LookupError


def test_one_program_at_a_time_sends(store: OpenStore) -> None:
    others = [SyncConnection(store.file, KEY, publish=lambda _: None, clock=store.clock, program=name) for name in "ab"]
    first, second = others
    for _ in range(3):
        assert first.begin_sending()
        assert not second.begin_sending()
        first.end_sending()
        assert second.begin_sending()
        assert not first.begin_sending()
        second.end_sending()
    for sync in others:
        sync.close()


def test_a_sender_that_was_killed_leaves_its_seat_and_its_item_at_once(store: OpenStore) -> None:
    item = store.enqueue(make_item(store.save(make_application()).id))
    child = subprocess.Popen(
        [sys.executable, "-c", SEAT_HOLDER, str(store.file), KEY.hex()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline() == b"taken\n"
    store.sync.claim(item.id)
    assert not store.sync.begin_sending()
    assert store.state(item.id) is ItemState.SENDING
    child.kill()
    child.communicate(timeout=LIMIT_S)
    assert store.sync.begin_sending()
    assert store.state(item.id) is ItemState.UNKNOWN
    store.sync.end_sending()


def test_what_another_program_sends_is_left_to_it_when_the_store_is_opened(store: OpenStore) -> None:
    item = store.enqueue(make_item(store.save(make_application()).id))
    assert store.sync.begin_sending()
    store.sync.claim(item.id)
    open_store(store.file, KEY, NOW, "another").close()
    assert store.state(item.id) is ItemState.SENDING
    store.sync.end_sending()
    open_store(store.file, KEY, NOW, "another").close()
    assert store.state(item.id) is ItemState.UNKNOWN


class Seats:
    """Two programs' seats on one store under one clock."""

    def __init__(self, store: OpenStore) -> None:
        self.wall = Wall()
        self.connections = [open_for_writing(store.file, KEY) for _ in range(2)]
        self.seats = [SenderSeat(store.file.parent, name, self.wall) for name in ("a", "b")]

    def take(self, which: int) -> bool:
        return self.seats[which].take(self.connections[which])

    def leave(self, which: int) -> None:
        self.seats[which].leave(self.connections[which])

    def close(self) -> None:
        for connection in self.connections:
            connection.close()


@pytest.fixture
def seats(store: OpenStore) -> Iterator[Seats]:
    opened = Seats(store)
    yield opened
    opened.close()


def test_a_sender_that_hangs_loses_its_turn_when_its_lease_ends(seats: Seats) -> None:
    assert seats.take(0)
    seats.wall.now_s += LEASE_S - 1
    assert not seats.take(1)
    seats.wall.now_s += 2
    assert seats.take(1)
    seats.leave(0)  # it wakes up and ends what it was at
    assert not seats.take(0)
    seats.leave(1)
    assert seats.take(0)
    seats.leave(0)


def test_a_clock_that_was_put_back_holds_nobody_up(seats: Seats) -> None:
    assert seats.take(0)
    seats.wall.now_s -= 1_000_000
    assert seats.take(1)
    seats.leave(1)
    seats.leave(0)


def test_a_seat_in_use_writes_seldom(seats: Seats) -> None:
    changes = []
    for _ in range(3):
        assert seats.take(0)
        seats.leave(0)
        changes.append(seats.connections[0].total_changes())
    assert changes[0] == changes[2]


def test_two_programs_may_open_an_older_store_at_once(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    first, second = open_for_writing(file, KEY), open_for_writing(file, KEY)
    migrate(first, STEPS[:1])

    def slow(connection: apsw.Connection) -> None:
        """The second program looked at the schema before the first had taken this step."""
        connection.execute("CREATE TABLE once (a)")

    steps = (*STEPS[:1], slow)
    taken: list[BaseException | None] = []

    def run(connection: apsw.Connection) -> None:
        try:
            migrate(connection, steps)
            taken.append(None)
        except BaseException as error:  # noqa: BLE001 - told by the assertion
            taken.append(error)

    threads = [threading.Thread(target=run, args=(connection,)) for connection in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_S)
    assert taken == [None, None]
    assert version(second) == 2
    first.close()
    second.close()


def test_a_reader_sees_what_another_program_saved(store: OpenStore) -> None:
    another = Reader(store.file, KEY)
    record = store.save(make_application())
    assert another.record(record.id) == record
    another.close()
