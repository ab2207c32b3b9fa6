"""A desk with somebody signed in, and the window's bench on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desk import Desk
from tests.window.bench import Bench


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Signed in by card, on a profile of its own."""
    desk = Desk(tmp_path)
    desk.sign_in()
    yield desk
    desk.close()


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    """The window at work on the desk."""
    bench = Bench(desk, qtbot)
    yield bench
    bench.close()
