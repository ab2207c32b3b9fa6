"""Where the opening is shown; knows no store and no key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.pages.opening_page import OpeningPage


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Waits are said on `page`, dialogs stand over `window`; `bridge` brings back what a worker did."""

    look: Look
    window: QWidget
    page: OpeningPage
    bridge: EventBridge
    is_practice: bool = False
