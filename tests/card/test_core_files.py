"""A card process that crashes leaves nothing of its memory on the disk: a PIN may be in it (card-session.md)."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.card.conftest import Reader
from tests.contracts.card import RIGHT_PIN, WAIT_S
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.routes import DriverRoute

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="core files, /proc")

PIN = "73519204"
ASK_DUMPABLE = "ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)"
CRASH = "import ctypes, os, signal; pin = '{pin}'; {first}; print({asked}); os.kill(os.getpid(), signal.SIGSEGV)"
"""A process with a PIN in its memory that tells whether the kernel may dump it, and crashes."""


@pytest.fixture
def core_files_allowed() -> Iterator[None]:
    """What processes that are started may write, as far as this one may say."""
    hard = resource.RLIM_INFINITY if os.geteuid() == 0 else resource.getrlimit(resource.RLIMIT_CORE)[1]
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    except (ValueError, OSError):
        pytest.skip("this machine lets nobody write core files")
    yield
    resource.setrlimit(resource.RLIMIT_CORE, (before[0], hard))


def crash(folder: Path, first: str) -> tuple[str, list[Path]]:
    """Let a process crash in a folder; what it told before, and the files that hold its PIN afterwards."""
    code = CRASH.format(pin=PIN, first=first, asked=ASK_DUMPABLE)
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=WAIT_S)
    assert done.returncode == -signal.SIGSEGV
    return done.stdout.strip(), [file for file in folder.iterdir() if PIN.encode() in file.read_bytes()]


@pytest.mark.usefixtures("core_files_allowed")
def test_a_crash_with_a_pin_in_memory_writes_none(tmp_path: Path) -> None:
    refused = "from yuyue_desktop.card.core_files import refuse_core_files; refuse_core_files()"
    assert crash(tmp_path, refused) == ("0", [])


@pytest.mark.usefixtures("core_files_allowed")
def test_without_it_the_same_crash_writes_one(tmp_path: Path) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="utf-8").strip()
    if pattern.startswith(("|", "/")):
        pytest.skip("this machine writes core files elsewhere")
    told, holding = crash(tmp_path, "pass")
    assert told == "1"
    assert holding


@pytest.mark.usefixtures("core_files_allowed")
def test_the_card_process_itself_may_write_none(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "where it runs"
    folder.mkdir()
    monkeypatch.chdir(folder)
    client = CardClient(
        command=(sys.executable, "-m", "yuyue_desktop.card.process"),
        route=DriverRoute(reader.module),
        publish=lambda _event: None,
        environment=reader.environment,
    )
    try:
        facts = client.read().result(WAIT_S)
        client.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
        process = client.process_id
        assert process is not None
        limits = Path(f"/proc/{process}/limits").read_text(encoding="ascii")
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]
        os.kill(process, signal.SIGSEGV)
        client.read().exception(WAIT_S)
        assert list(folder.iterdir()) == []
    finally:
        client.close()
