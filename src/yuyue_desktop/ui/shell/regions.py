"""Where F6 goes: from region to region of the window, back to what had the focus there; knows no region by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.widgets.focus import watch_focus

Regions = Callable[[], Sequence[QWidget]]


class RegionWalk(QObject):
    """Remembers the last focus of each region; `regions` answers those that can be seen now, in walking order."""

    def __init__(self, regions: Regions, parent: QObject) -> None:
        super().__init__(parent)
        self._regions = regions
        self._last: dict[QWidget, QWidget] = {}
        watch_focus(self._remember)

    def step(self, by: int) -> None:
        """Give the focus to the next region (`by` 1) or the one before (-1) that can take it."""
        regions = list(self._regions())
        here = self._region_of(QApplication.focusWidget(), regions)
        start = regions.index(here) if here is not None else (-1 if by > 0 else 0)
        for distance in range(1, len(regions) + 1):
            region = regions[(start + by * distance) % len(regions)]
            target = self._target(region)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def enter(self, region: QWidget, entry: QWidget | None = None) -> None:
        """Give the focus to a region, where it was last; the first time to `entry` if there is one."""
        target = entry if entry is not None and region not in self._last else self._target(region)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._last = {region: last for region, last in self._last.items() if isValid(region) and isValid(last)}
        if new is None:  # nowhere: as when the window goes, and what is a region may be gone already
            return
        region = self._region_of(new, self._regions())
        if region is not None:
            self._last[region] = new

    def _target(self, region: QWidget) -> QWidget | None:
        last = self._last.get(region)
        if last is not None and isValid(last) and region.isAncestorOf(last) and can_take_focus(last):
            return last
        return first_focusable(region)

    @staticmethod
    def _region_of(widget: QWidget | None, regions: Sequence[QWidget]) -> QWidget | None:
        """The innermost region around a widget: a rail lies inside its page."""
        around = [region for region in regions if widget is not None and region.isAncestorOf(widget)]
        return next((r for r in around if not any(r.isAncestorOf(o) for o in around if o is not r)), None)


def can_take_focus(widget: QWidget) -> bool:
    """Whether Tab would stop at a widget."""
    is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return is_stop and widget.isVisible() and widget.isEnabled()


def first_focusable(region: QWidget) -> QWidget | None:
    """The first Tab stop in a region, in focus order; None where it has none."""
    if can_take_focus(region):
        return region
    widget = region.nextInFocusChain()
    while widget is not None and widget is not region:
        if region.isAncestorOf(widget) and can_take_focus(widget) and widget.focusProxy() is None:
            return widget
        widget = widget.nextInFocusChain()
    return None
