"""The card measured on real parts in one run: rate of signatures, how soon a card is seen, how smooth the window is.

`python -m benchmarks.card`: needs what `dev.py setup` installs, a C compiler included; takes about two minutes.
"""

from __future__ import annotations

import itertools
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.card.rig.cards import CardName
from tests.card.rig.desks import COMMAND, rig_client
from tests.card.rig.rig import CardRig
from tests.card.rig.station import challenge_input, station
from yuyue_desktop.bootstrap import WORKERS
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.wire.envelope import JwsCodec
from yuyue_practice.authority import KeyType, PracticeAuthorities
from yuyue_practice.cards import PracticeCard, PracticeCards

PIN = "12345678"
ROUNDS, ROUND_S = 15, 1.0
MANY = 384
"""So many that the card hardly stands still between one go and the next."""
INSERTIONS = 60
HANG_S = 8.0
TICK_MS = 5
PERCENT = 95


@dataclass(frozen=True)
class Rates:
    """Signatures a second with RSA-2048 on SoftHSM2, by turns."""

    raw: list[float] = field(default_factory=list)
    one_by_one: list[float] = field(default_factory=list)
    by_workers: list[float] = field(default_factory=list)
    in_one_go: list[float] = field(default_factory=list)


def rates(folder: Path) -> Rates:
    """The driver's own rate in C, and that of the session the product signs with, which checks each signature.

    The product asks on its workers: for one signature after another, for one on each worker, or for many in one go, as
    `yuyue declare` does for several files.
    """
    cards = PracticeCards(folder / "cards", PracticeAuthorities(folder / "ca").cards)
    card = cards.new_card("2100000012345", "北京练习进出口有限公司", "王芳", PIN, KeyType.RSA)
    program = folder / "raw_signatures"
    source = Path(__file__).with_name("raw_signatures.c")
    subprocess.run(["gcc", "-O2", "-Wall", "-o", program, source, "-ldl"], check=True)
    client = CardClient(
        command=COMMAND, route=DriverRoute(card.module_path), publish=lambda _event: None, environment=card.environment
    )
    measured = Rates()
    with ThreadPoolExecutor(WORKERS) as workers:
        session = CardSession(client, JwsCodec(), workers, lambda _event: None)
        session.unlock(PIN)
        for _ in range(ROUNDS):
            measured.raw.append(_raw_rate(program, card))
            measured.one_by_one.append(_rate(session, workers, 1))
            measured.by_workers.append(_rate(session, workers, WORKERS))
            measured.in_one_go.append(_rate(session, workers, 1, MANY))
        client.close()
    return measured


def _raw_rate(program: Path, card: PracticeCard) -> float:
    done = subprocess.run(
        [str(program), str(card.module_path), str(ROUND_S)],
        input=f"{PIN}\n",
        text=True,
        capture_output=True,
        check=True,
        env={**os.environ, **card.environment},
    )
    return float(done.stdout)


def _rate(session: CardSession, workers: ThreadPoolExecutor, busy_workers: int, in_one_go: int = 1) -> float:
    begin = time.perf_counter()

    def sign_for_a_while() -> int:
        made = 0
        while time.perf_counter() - begin < ROUND_S:
            made += len(list(session.sign_all([challenge_input] * in_one_go)))
        return made

    made = [workers.submit(sign_for_a_while) for _ in range(busy_workers)]
    return sum(number.result() for number in made) / (time.perf_counter() - begin)


def delays(rig: CardRig) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from the hand at the reader to: the event of insertion, the card read, the event of removal."""
    told: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = rig_client(rig, told.put)
    client.read().exception()
    seen, read, gone = [], [], []
    for _ in range(INSERTIONS):
        begin = time.perf_counter()
        rig.insert(CardName.A)
        _hear(told, CardState.PRESENT)
        seen.append((time.perf_counter() - begin) * 1000)
        while client.read().exception() is not None:
            continue  # it was only just put in: the window asks again too
        read.append((time.perf_counter() - begin) * 1000)
        begin = time.perf_counter()
        rig.remove()
        _hear(told, CardState.ABSENT)
        gone.append((time.perf_counter() - begin) * 1000)
    client.close()
    return seen, read, gone


def _hear(told: queue.SimpleQueue[Event], state: CardState) -> None:
    while told.get(timeout=30) != CardChanged(state):
        continue


def gaps(rig: CardRig) -> list[float]:
    """Milliseconds between two turns of the window's event loop while a signature hangs for HANG_S seconds."""
    bridge, turns = EventBridge(), list[float]()
    owner, waiting = QObject(), QEventLoop()
    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    with station(rig) as clerk, ThreadPoolExecutor(1) as workers:
        rig.insert(CardName.A)
        clerk.sign_in()
        rig.pause_at("SIGN", HANG_S)
        timer.start()
        bridge.when_done(
            workers.submit(clerk.sign), lambda _jws: waiting.quit(), lambda _error: waiting.quit(), whose=owner
        )
        waiting.exec()
        timer.stop()
    bridge.close()
    return [(later - earlier) * 1000 for earlier, later in itertools.pairwise(turns)]


def _row(title: str, values: Sequence[float], unit: str) -> str:
    ordered = sorted(values)
    near_most = ordered[min(len(ordered) - 1, len(ordered) * PERCENT // 100)]
    return f"{title:34} {statistics.median(ordered):8.1f} {near_most:8.1f} {ordered[-1]:8.1f}  {unit}"


def main() -> int:
    """Measure all and print a table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        measured = rates(Path(folder))
    print(f"{'':34} {'median':>8} {f'p{PERCENT}':>8} {'most':>8}")
    print(_row("signatures, SoftHSM2 in C", measured.raw, "a second"))
    for title, ours in (
        ("one after another", measured.one_by_one),
        (f"{WORKERS} at once", measured.by_workers),
        (f"{MANY} in one go", measured.in_one_go),
    ):
        print(_row(f"ours, checked, {title}", ours, "a second"))
        by_turns = [one / other for one, other in zip(ours, measured.raw, strict=True)]
        print(f"{'  against C, median':34} {statistics.median(by_turns):8.2f}")
    with CardRig() as rig:
        seen, read, gone = delays(rig)
        rig.begin_anew()
        turns = gaps(rig)
    print(_row("card put in until it is told", seen, "ms"))
    print(_row("card put in until it is read", read, "ms"))
    print(_row("card pulled until it is told", gone, "ms"))
    print(_row(f"event loop, driver hangs {HANG_S:.0f} s", turns, "ms from turn to turn"))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
