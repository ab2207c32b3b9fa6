"""The card process: the only one that loads a card's driver, told what to do by JSON lines; knows no window.

A driver that hangs or crashes takes this process along and nothing else. The main thread alone calls the driver, a
second one reads requests. Every change and every failure ends the card's session for good: a new generation begins.
"""

from __future__ import annotations

import argparse
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from yuyue_desktop.card.card_driver import CardDriver
from yuyue_desktop.card.core_files import refuse_core_files
from yuyue_desktop.card.in_reader import CardInReader
from yuyue_desktop.card.presence import Presence, ReaderInAFile, SlotPolling
from yuyue_desktop.card.protocol import Notice, Reply, decode_request, encode_answer, encode_survey
from yuyue_desktop.card.readers import Readers, ReaderWatch, survey_readers

EXIT_GRACE_S = 2.0
"""How long a driver may take to let go after the window has closed the pipe."""

PRACTICE_READER = "SOFTHSM2_CONF"
"""Where SoftHSM2 finds the file that stands for the practice reader."""


CONTROL_POLL_S = 0.5
"""How often the client control is asked for the card; it may need some 0.1 s for each of its calls."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the card, and how its coming and going is heard of."""

    driver: CardDriver
    presence: Presence
    watch: ReaderWatch | None = None


class Wake(Enum):
    """Why the driver's thread is woken beside requests."""

    LOOK = auto()
    END = auto()


class Answers:
    """The pipe to the window; written by the driver's thread and the readers' own."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._guard = threading.Lock()

    def send(self, answer: Reply | Notice) -> None:
        """Raises OSError once nobody reads any more."""
        with self._guard:
            self._pipe.write(encode_answer(answer))
            self._pipe.flush()


def serve(
    requests: BinaryIO, answers: Answers, card: CardInReader, interval_s: float, watch: ReaderWatch | None
) -> None:
    """Answer requests until the other side closes its end; must run on the thread that may call the driver.

    The readers are looked at after each change that `watch` tells where there is one, after each interval, and before
    every call.
    """
    waiting: queue.SimpleQueue[bytes | Wake] = queue.SimpleQueue()

    def readers_changed(readers: Readers) -> None:
        card.readers_changed(readers)
        waiting.put(Wake.LOOK)

    threading.Thread(target=_take_lines, args=(requests, waiting.put), daemon=True).start()
    if watch is not None:
        watch.start(readers_changed)
    line: bytes | Wake = Wake.LOOK
    while line is not Wake.END:
        if isinstance(line, bytes):
            request = decode_request(line)
            card.look_before(request.operation)
            answers.send(card.answer(request))
        else:
            card.look()
        try:
            line = waiting.get(timeout=interval_s)
        except queue.Empty:
            line = Wake.LOOK


def _take_lines(requests: BinaryIO, put: Callable[[bytes | Wake], None]) -> None:
    """Only takes them: whatever else this thread did, the driver's would wait for between two signatures."""
    try:
        for line in requests:
            put(line)
    finally:
        put(Wake.END)
    # A driver that hangs would keep this process alive for ever; nobody is left to kill it.
    leaver = threading.Timer(EXIT_GRACE_S, os._exit, args=(1,))
    leaver.daemon = True
    leaver.start()


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves before a driver is loaded: what a driver prints or reads goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if sys.platform == "win32":
        _point_windows_handles_nowhere(nowhere)
    return requests, answers


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _point_windows_handles_nowhere(nowhere: int) -> None:
        """A driver with a C runtime of its own asks Windows, not our runtime, for its standard handles."""
        for standard in (-10, -11):
            ctypes.windll.kernel32.SetStdHandle(standard, ctypes.c_void_p(msvcrt.get_osfhandle(nowhere)))


def _way_by_driver(module: Path) -> Way:
    from yuyue_desktop.card.driver import Driver  # noqa: PLC0415

    driver = Driver(module)
    file = os.environ.get(PRACTICE_READER)
    return Way(driver, ReaderInAFile(driver, Path(file)) if file else SlotPolling(driver), ReaderWatch())


def _way_by_control(address: str) -> Way:
    from yuyue_desktop.card.control.driver import ControlDriver  # noqa: PLC0415
    from yuyue_desktop.card.control.link import ControlLink  # noqa: PLC0415

    driver = ControlDriver(ControlLink(address))
    return Way(driver, SlotPolling(driver, CONTROL_POLL_S))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the card process: `--module PATH | --control ADDRESS [--generation N]`; `--survey` tells of readers."""
    parser = argparse.ArgumentParser(prog="card")
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("--module", type=Path)
    ways.add_argument("--control")
    ways.add_argument("--survey", action="store_true")
    parser.add_argument("--generation", type=int, default=1)
    options = parser.parse_args(arguments)
    refuse_core_files()
    requests, pipe = _own_pipes()
    if options.survey:
        with pipe:
            pipe.write(encode_survey(survey_readers()))
        return 0
    answers = Answers(pipe)
    # What the other way needs is not even loaded.
    way = _way_by_control(options.control) if options.control else _way_by_driver(options.module)
    card = CardInReader(way.driver, way.presence, options.generation, answers.send)
    serve(requests, answers, card, way.presence.interval_s, way.watch)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
