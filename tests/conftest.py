"""What holds for every test: no screen, no other machine, no warning from Qt."""

from __future__ import annotations

import os

from tests import network_guard

# Widgets are real but drawn into memory. The tour and the packaged program set a display of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
network_guard.install()
