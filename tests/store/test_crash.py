"""Killed at any moment, the store has everything it ever said it had (B2)."""

from __future__ import annotations

import random
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.parts import LIMIT_S, NOW, PERSON, OpenStore
from tests.store.said import Said, assert_kept, words_of

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
CRASHES = 30
LONG_CRASHES = 500


def _killed(folder: Path, seed: str) -> Said:
    """What a program said until it was killed in the midst of its work."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    command = [sys.executable, "-m", "tests.store.saving_child", str(folder), seed]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) as child:
        assert child.stdout is not None
        said = b"".join(_until(child.stdout.fileno(), chance.randrange(1, 40), chance.uniform(0, 0.01)))
        child.kill()
        said += child.stdout.read()
    return words_of(said)


def _until(pipe: int, lines: int, longer_s: float) -> Iterator[bytes]:
    """Output of so many lines, then of so much time more."""
    seen = 0
    while seen < lines:
        ready, _, _ = select.select([pipe], [], [], LIMIT_S)
        assert ready, "the program says nothing"
        chunk = _read(pipe)
        seen += chunk.count(b"\n")
        yield chunk
    end = time.monotonic() + longer_s
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            yield _read(pipe)


def _read(pipe: int) -> bytes:
    chunk = open(pipe, "rb", buffering=0, closefd=False).read(65536)  # noqa: SIM115 - a descriptor, not a path
    assert chunk, "the program ended by itself"
    return chunk


def _crash(tmp_path: Path, count: int) -> None:
    said: Said = []
    for number in range(count):
        said += _killed(tmp_path, f"crash {number}")
        store = OpenStore(tmp_path)
        assert_kept(store, said)
        store.close()
    assert {words[0] for words in said} == {"saved", "enqueued", "claimed", "attached", "taken"}


def test_whatever_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    _crash(tmp_path, CRASHES)


@pytest.mark.long
def test_whatever_was_acknowledged_is_there_after_hundreds_of_kills(tmp_path: Path) -> None:
    _crash(tmp_path, LONG_CRASHES)


def test_what_was_left_sending_is_asked_for_first(tmp_path: Path) -> None:
    said = _killed(tmp_path, "a claim")
    seeds = iter(range(99))
    while not any(words[0] == "claimed" for words in said):
        said += _killed(tmp_path, f"a claim {next(seeds)}")
    store = OpenStore(tmp_path)
    due = store.sync.due_item(PERSON, NOW)
    claimed = [item for item in store.reader.open_items() if item.attempts]
    assert due is not None
    assert claimed
    assert all(item.must_ask_first for item in claimed)
    store.close()
