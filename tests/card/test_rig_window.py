"""The real window at a real reader service: how soon a card is on the screen, and that it never waits for one (S4)."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.card.rig.cards import RIGHT_PIN, CardName
from tests.card.rig.desks import rig_client
from tests.card.rig.rig import CardRig
from tests.card.rig.station import challenge_input
from tests.services.desk import Desk
from tests.window.bench import Bench
from yuyue_desktop.card.client import TimeLimits
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.wire.envelope import JwsCodec

pytestmark = [pytest.mark.card_rig, pytest.mark.thorough]

CARDS, ON_SCREEN_S = 20, 1.0
HANG_S, LONGEST_MS, TICK_MS = 8.0, 50.0, 5
BATCHES = 3
"""A machine that is busy with other things may take its time: one undisturbed batch shows what the program can."""
KEY_EVERY_MS = 200
LIMITS = TimeLimits(read_s=20.0, log_in_s=20.0, sign_s=60.0)


@dataclass
class AtRig:
    """The window of somebody signed in by account, so that no card ends her session."""

    rig: CardRig
    bench: Bench
    card: CardSession
    qtbot: QtBot

    @property
    def shown(self) -> str:
        """What the top bar says of the card."""
        return self.bench.frame.top_bar.card.text()

    def seconds_until(self, act: Callable[[], None], words: str) -> float:
        """How long after a hand's act the top bar says so."""
        begin = time.perf_counter()
        act()
        self.qtbot.waitUntil(lambda: words in self.shown)
        return time.perf_counter() - begin


@pytest.fixture
def at_rig(rig: CardRig, tmp_path: Path, qtbot: QtBot) -> Iterator[AtRig]:
    desk = Desk(tmp_path)
    desk.sign_in_with_password()
    benches: list[Bench] = []

    def publish(event: Event) -> None:
        if benches:
            benches[0].bridge.publish(event)

    def from_reader(event: Event) -> None:
        assert isinstance(event, CardChanged)
        card.heard(event.state)

    client = rig_client(rig, from_reader, LIMITS)
    desk.card_session = card = CardSession(client, JwsCodec(), desk.workers, publish)
    client.read().exception(LIMITS.read_s)
    benches.append(Bench(desk, qtbot))
    yield AtRig(rig, benches[0], card, qtbot)
    benches[0].close()
    client.close()
    desk.close()


def near_most(values: Sequence[float]) -> float:
    """The 95th of a hundred."""
    return sorted(values)[len(values) * 95 // 100 - 1]


def test_cards_are_on_the_screen_within_a_second(at_rig: AtRig) -> None:
    batches: list[tuple[float, float]] = []
    for _ in range(BATCHES):
        put_in, pulled = [], []
        for place in range(CARDS):
            card = (CardName.A, CardName.B)[place % 2]
            put_in.append(at_rig.seconds_until(partial(at_rig.rig.insert, card), card[-4:]))
            pulled.append(at_rig.seconds_until(at_rig.rig.remove, "没有卡"))
        batches.append((near_most(put_in), near_most(pulled)))
        print(f"on the screen, p95 of {CARDS}: put in {batches[-1][0]:.3f} s, pulled {batches[-1][1]:.3f} s")
        if max(batches[-1]) <= ON_SCREEN_S:
            return
    pytest.fail(f"never within {ON_SCREEN_S} s at p95: {batches}")


def test_the_window_goes_on_while_a_driver_hangs(at_rig: AtRig) -> None:
    """She types on meanwhile; what counts is what the window itself waited, not that the machine let it wait."""
    at_rig.rig.insert(CardName.A)
    at_rig.qtbot.waitUntil(lambda: CardName.A[-4:] in at_rig.shown)
    longest: list[float] = []
    for _ in range(BATCHES):
        sign_in(at_rig)
        longest.append(max(gaps_while_hanging(at_rig)))
        print(f"longest turn of the event loop while the driver hung for {HANG_S:.0f} s: {longest[-1]:.1f} ms")
        if longest[-1] < LONGEST_MS:
            return
    pytest.fail(f"never below {LONGEST_MS} ms: {longest}")


def sign_in(at_rig: AtRig) -> None:
    """Until the reader has told all that it had to tell of the card."""
    while True:
        try:
            at_rig.card.unlock(RIGHT_PIN)
        except YuyueError as error:
            if error.code is not Code.CARD_CHANGED:
                raise
        else:
            return


def gaps_while_hanging(at_rig: AtRig) -> list[float]:
    """Milliseconds from turn to turn of the event loop, less what the thread was ready and had no processor."""
    at_rig.rig.pause_at("SIGN", HANG_S)
    turns: list[tuple[float, float]] = []
    ticks = QTimer(at_rig.bench.window, interval=TICK_MS)
    ticks.timeout.connect(lambda: turns.append((time.perf_counter() * 1000, waited_for_processor_ms())))
    keys = QTimer(at_rig.bench.window, interval=KEY_EVERY_MS)
    field = at_rig.bench.frame.top_bar.search.line
    field.setFocus()
    keys.timeout.connect(lambda: QTest.keyClick(field, Qt.Key.Key_2))
    signing: Future[str] = at_rig.bench.desk.workers.submit(at_rig.card.sign, challenge_input)
    begin = time.perf_counter()
    ticks.start()
    keys.start()
    at_rig.qtbot.waitUntil(signing.done)
    keys.stop()
    ticks.stop()
    assert time.perf_counter() - begin >= HANG_S, "the driver did hang"
    assert signing.result()
    assert len(field.text()) > HANG_S, "she typed on"
    assert at_rig.card.state is CardState.SIGNED_IN
    return [
        (later - earlier) - (waited_later - waited_earlier)
        for (earlier, waited_earlier), (later, waited_later) in itertools.pairwise(turns)
    ]


def waited_for_processor_ms() -> float:
    """What this thread was kept waiting by the machine so far."""
    thread = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    return int(thread.read_text(encoding="ascii").split()[1]) / 1e6
