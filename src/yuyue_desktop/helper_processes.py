"""How the program's helper processes are started, from the tree and from the packaged program; starts none itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

WORKER = "yuyue-worker"
PRACTICE = "yuyue-practice"
MODULES = {"card": "yuyue_desktop.card.process", "pdf": "yuyue_desktop.documents.process"}
"""Each has a main of its own and never imports Qt; the packaged program starts them as `yuyue-worker card|pdf`."""


def worker_command(worker: str) -> Sequence[str]:
    """The command line of a helper process: this Python's from the tree, the worker beside the program when frozen."""
    return (_beside(WORKER), worker) if _is_frozen() else (sys.executable, "-m", MODULES[worker])


def practice_command() -> Sequence[str]:
    """The command line of the practice side's program; it may not be installed."""
    return (_beside(PRACTICE),) if _is_frozen() else (sys.executable, "-m", "yuyue_practice")


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _beside(program: str) -> str:
    """A program of ours beside this one."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return str(Path(sys.executable).with_name(f"{program}{suffix}"))
