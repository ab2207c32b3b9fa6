"""What holds for every test: no screen, no other machine, no warning from Qt, no verdict on speed."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import network_guard

# Widgets are real but drawn into memory. The tour and the packaged program set a display of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
network_guard.install()

# Speed is measured in benchmarks; a busy machine is no fault of what is tested.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

WITH_WIDGETS = {"ui", "window"}


@pytest.fixture(autouse=True, scope="module")
def _garbage_goes_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (ui/garbage.py): a widget that a worker's collection takes apart crashes Qt later."""
    has_widgets = bool(WITH_WIDGETS & set(request.path.parts))
    if has_widgets:
        gc.disable()
    yield
    if has_widgets:
        gc.collect()
        gc.enable()
