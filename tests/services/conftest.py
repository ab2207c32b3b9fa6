"""A desk in a fresh folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.desk import Desk


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """Nobody has signed in yet."""
    opened = Desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """Signed in by card."""
    empty_desk.sign_in()
    return empty_desk
