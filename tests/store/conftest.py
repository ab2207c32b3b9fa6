"""A store in a fresh folder, with its three doors open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.parts import OpenStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OpenStore]:
    """The store of a new profile."""
    opened = OpenStore(tmp_path / "profile")
    yield opened
    opened.close()
