"""A reader for tests: two SoftHSM2 cards behind a driver of our own that a hand can empty, fill, hang and crash."""

from __future__ import annotations

import functools
import queue
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.card.rig.rig import CardRig
from tests.contracts.card import CARD_A, CARD_B, RIGHT_PIN, Desk
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.events import Event
from yuyue_practice.authority import KeyType, PracticeAuthorities
from yuyue_practice.cards import PracticeCards, installed_module

COMMAND = (sys.executable, "-m", "yuyue_desktop.card.process")


@dataclass(frozen=True)
class Reader:
    """The driver and the folder of files that tells it what to do."""

    module: Path
    environment: dict[str, str]
    folder: Path

    def insert(self, number: str) -> None:
        """Put a card in; what is there is swapped at once."""
        unfinished = self.folder / "inserting"
        unfinished.write_text(number, encoding="ascii")
        unfinished.replace(self.folder / "inserted")

    def pull(self) -> None:
        (self.folder / "inserted").unlink()

    def pins_seen(self) -> int:
        """How often any PIN reached the driver."""
        file = self.folder / "pins"
        return file.stat().st_size if file.exists() else 0

    def silence(self, times: int) -> None:
        """So many times the driver can't say what is in the reader."""
        unfinished = self.folder / "silencing"
        unfinished.write_text(str(times), encoding="ascii")
        unfinished.replace(self.folder / "silent")

    def is_silent(self) -> bool:
        """Whether the driver still can't say."""
        return (self.folder / "silent").read_text(encoding="ascii") not in ("", "0")

    def begin(self, bad_day: str) -> None:
        """`hang-in-C_Sign`, `crash-in-C_Login` …"""
        (self.folder / bad_day).touch()

    def end(self, bad_day: str) -> None:
        (self.folder / bad_day).unlink()


@pytest.fixture(scope="session")
def hand_driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The driver, built from the C source beside this file."""
    module = tmp_path_factory.mktemp("driver") / "hand_driver.so"
    compile_library(module, Path(__file__).with_name("hand_driver.c"), "-ldl")
    return module


def compile_library(library: Path, source: Path, *needs: str) -> None:
    """Build a library from C source; `needs` are what it is linked with."""
    options = ("-shared", "-fPIC", "-Wall", "-Werror", "-O1")
    subprocess.run(["gcc", *options, "-o", library, source, *needs], check=True, timeout=60)


@pytest.fixture(scope="session")
def made_tokens(tmp_path_factory: pytest.TempPathFactory) -> Callable[[KeyType], Path]:
    """SoftHSM2's token folder with cards A and B of a kind of key, made once and to be copied for each test."""

    @functools.cache
    def make(key_type: KeyType) -> Path:
        folder = tmp_path_factory.mktemp("tokens")
        cards = PracticeCards(folder / "cards", PracticeAuthorities(folder / "ca").cards)
        for number in (CARD_A, CARD_B):
            cards.new_card(number, "北京练习进出口有限公司", "王芳", RIGHT_PIN, key_type)
            shutil.copytree(folder / "cards" / number / "tokens", folder / "both", dirs_exist_ok=True)
        return folder / "both"

    return make


@pytest.fixture
def key_type() -> KeyType:
    """The contract runs with every kind of key, the faults with this one."""
    return KeyType.EC


@pytest.fixture
def reader(hand_driver: Path, made_tokens: Callable[[KeyType], Path], key_type: KeyType, tmp_path: Path) -> Reader:
    """A reader with card A in it."""
    softhsm = installed_module()
    assert softhsm is not None, "SoftHSM2 is not installed"
    shutil.copytree(made_tokens(key_type), tmp_path / "tokens")
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nlog.level = ERROR\n", encoding="utf-8")
    folder = tmp_path / "hand"
    folder.mkdir()
    environment = {
        "SOFTHSM2_CONF": str(configuration),
        "HAND_DRIVER_SOFTHSM": str(softhsm),
        "HAND_DRIVER_FOLDER": str(folder),
    }
    made = Reader(hand_driver, environment, folder)
    made.insert(CARD_A)
    return made


@pytest.fixture
def desk(reader: Reader) -> Iterator[Desk]:
    """The real adapter at that reader."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = CardClient(
        command=COMMAND,
        route=DriverRoute(reader.module),
        publish=events.put,
        environment=reader.environment,
        limits=TimeLimits(read_s=5.0, log_in_s=5.0, sign_s=5.0),
    )
    yield Desk(client, reader.insert, reader.pull, reader.pins_seen, events)
    client.close()


@pytest.fixture(scope="session")
def running_rig() -> Iterator[CardRig]:
    """Virtual readers at a reader service of this run's own."""
    with CardRig() as made:
        yield made


@pytest.fixture
def rig(running_rig: CardRig) -> CardRig:
    """The rig with empty readers and cards as they were made."""
    running_rig.begin_anew()
    return running_rig
