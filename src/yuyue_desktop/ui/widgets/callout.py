"""The one bubble of whoever has something to say at fields, made where and when it is needed; knows no rule."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.bubble import Bubble


class Callout:
    """Says one thing at a time; it follows its fields from window to window."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._bubble: Bubble | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the bubble is in view."""
        return self._bubble is not None and self._bubble.isVisible()

    @property
    def words(self) -> str:
        """What it says, empty while it is not in view."""
        return self._bubble.words if self._bubble is not None and self._bubble.isVisible() else ""

    def show_at(self, field: QWidget, title: str, advice: str, neighbours: tuple[QWidget, ...] = ()) -> None:
        """Say it at `field` without covering one of `neighbours`' values."""
        window = field.window()
        if self._bubble is None or self._bubble.parentWidget() is not window:
            self._bubble = Bubble(self._look, window)
        self._bubble.show_at(field, title, advice, neighbours)

    def hide(self) -> None:
        """Say no more."""
        if self._bubble is not None:
            self._bubble.withdraw()
