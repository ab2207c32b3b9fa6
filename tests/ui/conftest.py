"""The look that everything of the window is shown in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from yuyue_desktop.ui.look.look import Look


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """The light look, in force, whatever look a test before had put into force."""
    look = Look()
    look.dress(qapp)
    return look
