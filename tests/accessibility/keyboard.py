"""Everything of a window that a mouse could press or write in, held against what Tab, arrows and own keys lead to.

Knows no page. `KeyRound` leaves the keyboard where it was and chooses again what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import ne

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QListView,
    QTabBar,
    QTableView,
    QWidget,
)

from yuyue_desktop.ui.dialogs.overlay import Overlay
from yuyue_desktop.ui.pages.week_view import WeekView
from yuyue_desktop.ui.shell.menu_button import MenuButton
from yuyue_desktop.ui.shell.regions import can_take_focus
from yuyue_desktop.ui.widgets.field_frame import FieldFrame, FieldTool
from yuyue_desktop.ui.widgets.floating import Floating
from yuyue_desktop.ui.widgets.line_editor import LineEditor

CONTROL_ROLES = {
    QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.Link,
}  # fmt: skip
TOOL_KEY = Qt.Key.Key_F4
"""What presses the small button inside a field that Tab passes by."""

POPUP_KEYS = {
    "上个月": Qt.Key.Key_PageUp, "下个月": Qt.Key.Key_PageDown,
    "早半小时": Qt.Key.Key_Minus, "晚半小时": Qt.Key.Key_Plus,
}  # fmt: skip
NAMED_BY_KEY = "关闭 Esc"
"""The × of a dialog: the walk closes each dialog by this key, and could not go on otherwise."""

MOST_STEPS = 200
RING_SHARE = 0.5
"""How much of its own outline a widget must change by getting the focus, in pixels: a caret is not enough."""

Control = tuple[QWidget, int, int]
"""A widget, or a cell or tab of it by row and column."""


def whole(widget: QWidget) -> Control:
    """A control that has no parts."""
    return (widget, -1, -1)


def said(control: Control) -> str:
    """How a report calls a control."""
    widget, row, column = control
    name = widget.accessibleName() or str(widget.property("text") or "")
    return f"{type(widget).__name__} {name}" + (f" {row},{column}" if row >= 0 else "")


def parts(widget: QWidget) -> Iterator[Control]:
    """The controls that a visible widget is or has."""
    if isinstance(widget, QHeaderView):
        return  # what a click on it does is in the menu 显示列 too
    if isinstance(widget, QTabBar):
        yield from ((widget, 0, place) for place in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from cells(widget, widget.model())
    elif QAccessible.queryAccessibleInterface(widget).role() in CONTROL_ROLES:
        yield whole(widget)


def cells(view: QAbstractItemView, model: QAbstractItemModel) -> Iterator[Control]:
    """The cells that are shown; a list has one column."""
    for row in range(model.rowCount()):
        if isinstance(view, QTableView):
            shown = (column for column in range(model.columnCount()) if not view.isColumnHidden(column))
            yield from ((view, row, column) for column in shown)
        else:
            yield (view, row, 0)


def controls(surface: QWidget) -> set[Control]:
    """All that is in view and enabled."""
    shown = [widget for widget in surface.findChildren(QWidget) if widget.isVisible() and widget.isEnabled()]
    return {control for widget in shown for control in parts(widget)}


@dataclass
class Findings:
    """What a round came to, in words; all empty where all is well."""

    missed: list[str] = field(default_factory=list)
    missed_backwards: list[str] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    out_of_view: list[str] = field(default_factory=list)
    without_ring: list[str] = field(default_factory=list)


class KeyRound:
    """One round of the keyboard through what lies on top of a window: a list or calendar, a dialog, or the page."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._findings = Findings()

    def go(self) -> Findings:
        """Press through it."""
        popup = self._topmost(Floating)
        if popup is not None:
            self._findings.missed = names(controls(popup) - self._in_popup(popup))
            return self._findings
        surface = self._topmost(Overlay) or self._window
        wanted = {control for control in controls(surface) if said(control).split(maxsplit=1)[1:] != [NAMED_BY_KEY]}
        start = self._focus
        self._findings.missed = names(wanted - self._round(Qt.Key.Key_Tab))
        start.setFocus()
        self._findings.missed_backwards = names(wanted - self._round(Qt.Key.Key_Backtab))
        start.setFocus()
        return self._findings

    @property
    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None, "the keyboard is nowhere"
        return focus

    def _topmost(self, kind: type[QWidget]) -> QWidget | None:
        shown = [widget for widget in self._window.findChildren(kind) if widget.isVisible()]
        return shown[-1] if shown else None

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focus, key, modifier)

    # the round

    def _round(self, key: Qt.Key) -> set[Control]:
        """Press a key until it comes back to where it began; what it led to, with what arrows led to from there."""
        stops: list[QWidget] = []
        reached: set[Control] = set()
        for _ in range(MOST_STEPS):
            here = self._focus
            if here in stops:
                if here is not stops[0]:
                    self._findings.traps.append(f"{key.name}: back to {said(whole(here))}, not to the first")
                return reached
            stops.append(here)
            reached |= {whole(here)} | self._inside(here)
            if self._focus is not here:
                self._findings.traps.append(f"arrows lead out of {said(whole(here))}")
            self._leave(here, key)
        self._findings.traps.append(f"{key.name} does not come round")
        return reached

    def _leave(self, here: QWidget, key: Qt.Key) -> None:
        """Go on, having looked whether the keyboard could be seen where it was."""
        shown = here.viewport() if isinstance(here, QAbstractScrollArea) else here
        if shown.visibleRegion().isEmpty():
            self._findings.out_of_view.append(said(whole(here)))
        frame = frame_of(here)
        outline = outline_of(here, frame)
        focused = frame.grab().toImage()
        self._press(key)
        if self._focus is not here and changed_pixels(focused, frame.grab().toImage()) < RING_SHARE * outline:
            self._findings.without_ring.append(said(whole(here)))

    def _inside(self, here: QWidget) -> set[Control]:
        if isinstance(here, QTabBar):
            return self._tabs(here)
        if isinstance(here, WeekView):
            return self._days(here)
        if isinstance(here, QAbstractItemView):
            return self._cells(here)
        if isinstance(here, MenuButton):
            return self._roving(here, Qt.Key.Key_Down, Qt.Key.Key_Up)
        if QAccessible.queryAccessibleInterface(here).role() == QAccessible.Role.RadioButton:
            return self._roving(here, Qt.Key.Key_Right, Qt.Key.Key_Left)
        return self._tool_of(here)

    def _roving(self, here: QWidget, forth: Qt.Key, back: Qt.Key) -> set[Control]:
        """Arrows move the focus among the lines of a menu, the choice among segments; then back to where it was."""
        found = {here}
        for key, other in ((forth, back), (back, forth)):
            found |= self._to_the_end(key, here)
            while self._focus is not here:
                before = self._focus
                self._press(other)
                if self._focus is before:
                    break
        return {whole(widget) for widget in found}

    def _to_the_end(self, key: Qt.Key, here: QWidget) -> set[QWidget]:
        """What a key leads to until it leads nowhere, or round to where it began."""
        found: set[QWidget] = set()
        for _ in range(MOST_STEPS):
            before = self._focus
            self._press(key)
            if self._focus in (before, here):
                break
            found.add(self._focus)
        return found

    def _tabs(self, bar: QTabBar) -> set[Control]:
        found: set[Control] = set()
        first = bar.currentIndex()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            for _ in range(bar.count()):
                found.add((bar, 0, bar.currentIndex()))
                self._press(key)
        while bar.currentIndex() != first:
            self._press(Qt.Key.Key_Right)
        return found

    def _cells(self, view: QAbstractItemView) -> set[Control]:
        """To the first cell, then row by row, forth and back."""
        found: set[Control] = set()
        model = view.model()
        self._press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for row in range(model.rowCount()):
            for _ in range(model.columnCount() if isinstance(view, QTableView) else 1):
                found.add((view, view.currentIndex().row(), view.currentIndex().column()))
                self._press(Qt.Key.Key_Left if row % 2 else Qt.Key.Key_Right)
            self._press(Qt.Key.Key_Down)
        return found

    def _days(self, view: WeekView) -> set[Control]:
        """Up and down move the chosen window by a day; Home and End go to what stands beside the hours."""
        found: set[Control] = set()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            for _ in range(view.model().rowCount()):
                for step in (key, Qt.Key.Key_Home, Qt.Key.Key_End):
                    self._press(step)
                    found.add((view, view.currentIndex().row(), view.currentIndex().column()))
        return found

    def _tool_of(self, here: QWidget) -> set[Control]:
        """The small button of a field that Tab passes by: its key shows something, Esc takes it away."""
        frame = frame_of(here)
        tools = [tool for tool in frame.findChildren(FieldTool) if tool.isVisible() and not can_take_focus(tool)]
        return {whole(tool) for tool in tools if self._shows_something(TOOL_KEY)}

    def _shows_something(self, key: Qt.Key) -> bool:
        before = QApplication.allWidgets()
        shown = {widget for widget in before if widget.isVisible()}
        self._press(key)
        opened = QApplication.activePopupWidget() or next(
            (w for w in self._window.findChildren(Floating) if w.isVisible() and w not in shown), None
        )
        if opened is None:
            return False
        QTest.keyClick(QApplication.activePopupWidget() or self._focus, Qt.Key.Key_Escape)
        return not opened.isVisible()

    # what drops from a field

    def _in_popup(self, popup: QWidget) -> set[Control]:
        found: set[Control] = set()
        for view in popup.findChildren(QListView):
            for _ in range(view.model().rowCount()):
                found.add((view, view.currentIndex().row(), 0))
                self._press(Qt.Key.Key_Down)
        for control in controls(popup):
            key = POPUP_KEYS.get(control[0].accessibleName())
            if key is not None and self._changes(popup, key):
                found.add(control)
        return found

    def _changes(self, popup: QWidget, key: Qt.Key) -> bool:
        before = popup.grab().toImage()
        self._press(key)
        return popup.grab().toImage() != before


def names(found: Iterable[Control]) -> list[str]:
    """Controls for a report."""
    return sorted(map(said, found))


def frame_of(widget: QWidget) -> QWidget:
    """What shows that a widget has the focus: the field or box around an editor, else the widget itself."""
    around: QWidget | None = widget
    while around is not None and not isinstance(around, FieldFrame):
        around = around.parentWidget()
    if around is not None and not isinstance(widget, FieldTool):
        return around
    parent = widget.parentWidget()
    return parent if isinstance(widget, LineEditor) and parent is not None else widget


def outline_of(widget: QWidget, frame: QWidget) -> int:
    """Half the outline in pixels of what is ringed: the cell or tab that the keyboard is at, else the whole."""
    rect = frame.rect()
    if isinstance(widget, QTabBar):
        rect = widget.tabRect(widget.currentIndex())
    elif isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        rect = widget.visualRect(widget.currentIndex())
    return round((rect.width() + rect.height()) * frame.devicePixelRatio())


def changed_pixels(before: QImage, after: QImage) -> int:
    """In how many pixels two pictures of a widget differ; all, where it has another size by now."""
    width, height = before.width(), before.height()
    if before.size() != after.size():
        return width * height
    return sum(map(ne, memoryview(before.constBits()).cast("I"), memoryview(after.constBits()).cast("I")))
