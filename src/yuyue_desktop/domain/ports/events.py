"""Where events go."""

from __future__ import annotations

from collections.abc import Callable

from yuyue_desktop.domain.events import Event

Publish = Callable[[Event], None]
"""Takes an event from any thread."""
