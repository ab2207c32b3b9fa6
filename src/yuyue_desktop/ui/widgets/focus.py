"""The one door to where the keyboard goes in the program; knows no widget by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QApplication


def watch_focus(moved: Callable[..., object]) -> None:
    """Calls `moved` with what had the focus and what has it now, as far as it takes them.

    A QObject's method is called for as long as its object lives.
    """
    cast(QApplication, QApplication.instance()).focusChanged.connect(moved)
