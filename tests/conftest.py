"""What holds for every test: no screen, no other machine, no warning from Qt, no verdict on speed."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from tests import network_guard

# Widgets are real but drawn into memory. The tour and the packaged program set a display of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
network_guard.install()

# Speed is measured in benchmarks; a busy machine is no fault of what is tested.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

PATIENCE_MS = 60_000
WITH_WIDGETS = {"ui", "window"}


@pytest.fixture(autouse=True, scope="module")
def _garbage_goes_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (ui/garbage.py): a widget that a worker's collection takes apart crashes Qt later."""
    has_widgets = bool(WITH_WIDGETS & set(request.path.parts))
    if has_widgets:
        gc.disable()
    yield
    if has_widgets:
        if QGuiApplication.instance() is not None:
            # Contents that a test made in Python and left there would be deleted after Python has ended.
            QGuiApplication.clipboard().clear()
        gc.collect()
        gc.enable()


class PatientBot(QtBot):
    """Waits as long as a busy machine may need: what never comes is as wrong after a minute as after five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Let the window work until something holds; raises pytestqt's TimeoutError."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> SignalBlocker:
        """A context that ends when the signal was given; raises pytestqt's TimeoutError."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, with more patience."""
    request.getfixturevalue("qapp")
    return PatientBot(request)
