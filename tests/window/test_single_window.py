"""A second start raises the first window (one window per profile)."""

from __future__ import annotations

import threading
from pathlib import Path

from yuyue_desktop.single_window import SingleWindow, raise_open_window


def test_no_window_is_open(tmp_path: Path) -> None:
    assert not raise_open_window(tmp_path)


def test_second_start_raises_the_first(tmp_path: Path) -> None:
    raised = threading.Event()
    window = SingleWindow(tmp_path, raised.set)
    try:
        assert raise_open_window(tmp_path)
        assert raised.wait(10)
    finally:
        window.close()
    assert not raise_open_window(tmp_path)


def test_other_profiles_have_windows_of_their_own(tmp_path: Path) -> None:
    raised = threading.Event()
    window = SingleWindow(tmp_path / "one", raised.set)
    try:
        assert not raise_open_window(tmp_path / "two")
        assert not raised.is_set()
    finally:
        window.close()


def test_closing_does_not_call_back(tmp_path: Path) -> None:
    raised = threading.Event()
    SingleWindow(tmp_path, raised.set).close()
    assert not raised.is_set()
