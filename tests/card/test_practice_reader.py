"""The practice reader at the real card process: a card that the driver missed at its beginning is seen all the same."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.card.conftest import COMMAND
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.process import PRACTICE_READER
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_practice.authority import KeyType
from yuyue_practice.cards import installed_module

WAIT_S = 30.0


def test_a_card_that_was_being_written_to_when_the_driver_began_is_seen_soon(
    made_tokens: Callable[[KeyType], Path], tmp_path: Path
) -> None:
    tokens = tmp_path / "tokens"
    shutil.copytree(made_tokens(KeyType.EC), tokens)
    whole = {file: file.read_bytes() for file in tokens.rglob("token.object")}
    assert whole
    for file in whole:
        file.write_bytes(b"")  # as another program leaves it for a moment
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", encoding="utf-8")
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    module = installed_module()
    assert module is not None
    environment = {PRACTICE_READER: str(configuration)}
    client = CardClient(command=COMMAND, route=DriverRoute(module), publish=events.put, environment=environment)
    try:
        with pytest.raises(YuyueError) as caught:
            client.read().result(WAIT_S)
        assert caught.value.code is Code.CARD_ABSENT
        for file, content in whole.items():
            file.write_bytes(content)
        while events.get(timeout=WAIT_S) != CardChanged(CardState.PRESENT):
            pass
        assert client.read().result(WAIT_S).certificate
    finally:
        client.close()
