"""How a text that an input method holds gets into its field when the clerk goes on elsewhere; knows no field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def ends_typing(event: QFocusEvent) -> bool:
    """Whether the clerk left the field: a list that drops from it or another program's window is for a while only."""
    return event.reason() not in _PASSING


def committing(text: str) -> QInputMethodEvent:
    """What an input method sends when it is told to take over what it holds; some are never told."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event
