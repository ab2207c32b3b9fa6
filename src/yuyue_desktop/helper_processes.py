"""How the program's helper processes are started, from the tree and from the packaged program; starts none itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

WORKER = "yuyue-worker"
MODULES = {"card": "yuyue_desktop.card.process", "pdf": "yuyue_desktop.documents.process"}
"""Each has a main of its own and never imports Qt; the packaged program starts them as `yuyue-worker card|pdf`."""


def worker_command(worker: str) -> Sequence[str]:
    """The command line of a helper process: this Python's from the tree, the worker beside the program when frozen."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        return (str(Path(sys.executable).with_name(f"{WORKER}{suffix}")), worker)
    return (sys.executable, "-m", MODULES[worker])
