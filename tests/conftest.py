"""What holds for every test: no screen, no other machine, no warning from Qt, no verdict on speed."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests import network_guard

# Widgets are real but drawn into memory. The tour and the packaged program set a display of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
network_guard.install()

# Speed is measured in benchmarks; a busy machine is no fault of what is tested.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")
