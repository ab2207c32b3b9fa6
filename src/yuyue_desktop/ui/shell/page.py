"""What the shell needs of a page; knows none of the pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page that opens in a tab.

    `place` is its identity: a second page of the same place is not opened, the first is shown. The menu marks the
    entry `menu_place`, which is the place itself unless another is given (a form stands under 预约申请).
    `heading_changed` comes when title or `is_unsaved` changed; `left` when its tab is no longer in front or closes, so
    that what was typed is put on the disk at once (B2).
    """

    heading_changed = Signal()
    left = Signal()

    def __init__(
        self, place: str, title: str, icon: str, *, menu_place: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.place = place
        self.menu_place = menu_place or place
        self.icon = icon
        self.is_closable = True
        self._title = title
        self._is_unsaved = False

    @property
    def title(self) -> str:
        """What the tab says."""
        return self._title

    def set_title(self, title: str) -> None:
        """Change what the tab says."""
        if title != self._title:
            self._title = title
            self.heading_changed.emit()

    @property
    def is_unsaved(self) -> bool:
        """Whether a change is not yet on the disk: the tab then shows an amber dot."""
        return self._is_unsaved

    def set_unsaved(self, is_unsaved: bool) -> None:
        """Say whether a change is not yet on the disk."""
        if is_unsaved != self._is_unsaved:
            self._is_unsaved = is_unsaved
            self.heading_changed.emit()

    def entry(self) -> QWidget | None:
        """Where the keyboard goes when the page is shown first; None for its first field or button."""
        return None

    def rail(self) -> QWidget | None:
        """The region beside the page's content that F6 goes to after it, None where it has none."""
        return None
