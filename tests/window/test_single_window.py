"""A second start raises the first window and hands its files over (one window per profile)."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from yuyue_desktop.single_window import SingleWindow, _address, call_open_window
from yuyue_desktop.ui.presenters.given_files import GivenFiles

LIMIT_S = 60

Calls = queue.Queue[Sequence[Path]]


@pytest.fixture
def calls() -> Calls:
    """What the open window was called with."""
    return queue.Queue()


@pytest.fixture
def window(tmp_path: Path, calls: Calls) -> Iterator[SingleWindow]:
    opened = SingleWindow(tmp_path, calls.put)
    yield opened
    opened.close()


def test_no_window_is_open(tmp_path: Path) -> None:
    assert not call_open_window(tmp_path)


def test_second_start_raises_the_first(tmp_path: Path, calls: Calls) -> None:
    window = SingleWindow(tmp_path, calls.put)
    try:
        assert call_open_window(tmp_path)
        assert calls.get(timeout=LIMIT_S) == []
    finally:
        window.close()
    assert not call_open_window(tmp_path)
    assert calls.empty(), "closing does not call back"


@pytest.mark.usefixtures("window")
def test_files_are_handed_over_whatever_they_are_called(tmp_path: Path, calls: Calls) -> None:
    files = [tmp_path / name for name in ("申请 一.yuyue", 'quote".json', "line\nbreak.json", "emoji 🌹.json")]
    assert call_open_window(tmp_path, files)
    assert calls.get(timeout=LIMIT_S) == files


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("message", [b"", b"raise", b"{}", b"[1]", b"\xff", b"[" * 100_000])
def test_what_is_no_call_of_ours_is_passed_over(message: bytes, tmp_path: Path, calls: Calls) -> None:
    with Client(_address(tmp_path)) as stranger:
        stranger.send_bytes(message)
    Client(_address(tmp_path)).close()
    assert call_open_window(tmp_path)
    assert calls.get(timeout=LIMIT_S) == []
    assert calls.empty()


@pytest.mark.usefixtures("window")
def test_other_profiles_have_windows_of_their_own(tmp_path: Path, calls: Calls) -> None:
    assert not call_open_window(tmp_path / "two")
    assert calls.empty()


def test_a_window_that_is_just_opening_is_waited_for(tmp_path: Path, calls: Calls) -> None:
    opened: list[SingleWindow] = []
    opening = threading.Timer(0.3, lambda: opened.append(SingleWindow(tmp_path, calls.put)))
    opening.start()
    try:
        assert call_open_window(tmp_path, [tmp_path / "a.json"], LIMIT_S)
        assert calls.get(timeout=LIMIT_S) == [tmp_path / "a.json"]
    finally:
        opening.join()
        opened[0].close()


def test_a_second_start_of_the_program_hands_its_files_over(tmp_path: Path, calls: Calls) -> None:
    profile = {"name": "云岭", "gateway_address": "https://127.0.0.1:9", "gateway_ca_file": "ca.pem"}
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(profile), encoding="utf-8")
    window = SingleWindow(tmp_path.resolve(), calls.put)
    try:
        command = [sys.executable, "-m", "yuyue_desktop", "--profile-file", str(file), "申请.yuyue", "b.json"]
        ended = subprocess.run(command, cwd=tmp_path.resolve(), timeout=LIMIT_S, capture_output=True)
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert calls.get(timeout=LIMIT_S) == [tmp_path.resolve() / name for name in ("申请.yuyue", "b.json")]
    finally:
        window.close()


def test_files_wait_until_somebody_works(qtbot: QtBot) -> None:
    given = GivenFiles()
    opened: list[Sequence[Path]] = []
    first, second, third = (Path(name) for name in ("a.json", "b.json", "c.json"))
    given.add([first])
    threading.Thread(target=lambda: given.add([second])).start()
    given.serve(opened.append)
    qtbot.waitUntil(lambda: [path for paths in opened for path in paths] == [first, second])
    given.rest()
    given.add([third])
    given.add([])
    qtbot.wait(1)
    assert len([path for paths in opened for path in paths]) == 2
    given.serve(opened.append)
    qtbot.waitUntil(lambda: opened[-1] == [third])
