"""Garbage of the window goes on the window thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.garbage import GarbageCollection


class Ring:
    """Holds itself: only a collection frees it. Tells which thread did."""

    def __init__(self, freed_by: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_by.append(threading.get_ident()))


@pytest.fixture
def garbage() -> Iterator[GarbageCollection]:
    yield GarbageCollection()
    gc.enable()


def allocate_much() -> None:
    """More than enough for Python's own collection of the youngest."""
    for _ in range(20):
        [[] for _ in range(gc.get_threshold()[0])]


@pytest.mark.usefixtures("garbage")
def test_a_worker_that_allocates_frees_nothing_of_the_windows(qtbot: QtBot) -> None:
    freed_by: list[int] = []
    Ring(freed_by)
    worker = threading.Thread(target=allocate_much)
    worker.start()
    worker.join()
    assert freed_by == []
    kept: list[list[int]] = [[] for _ in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: freed_by == [threading.get_ident()])
    assert kept
