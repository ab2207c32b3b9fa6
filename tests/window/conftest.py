"""A desk with somebody signed in, and the window's bench on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desk import Desk, signed_in_desk
from tests.window.bench import Bench


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Signed in by card, on a profile of its own."""
    with signed_in_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    """The window at work on the desk."""
    bench = Bench(desk, qtbot)
    yield bench
    bench.close()
