"""The column chooser of a table (S9): which columns are shown, by which they are sorted; knows no settings store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.tables.columns import CellKind
from yuyue_desktop.ui.tables.table_view import TableView
from yuyue_desktop.ui.widgets.button import Button, ButtonKind

Remember = Callable[[frozenset[str]], object]
"""Keeps the keys of the hidden columns for the next time."""


def forget(_hidden: frozenset[str]) -> None:
    """Remembers nothing: a table on show begins with all its columns."""


@dataclass(frozen=True, slots=True)
class ColumnMemory:
    """What was hidden last time, and how to keep it; the default forgets."""

    hidden: frozenset[str] = frozenset()
    remember: Remember = forget


FORGETFUL = ColumnMemory()


class ColumnChooser(Button):
    """A button at the right of a table's tool row; `hidden` are the columns hidden last time."""

    def __init__(self, look: Look, table: TableView, hidden: Iterable[str], remember: Remember) -> None:
        super().__init__(look, "显示列", ButtonKind.GHOST, icon="columns", is_small=True, has_arrow=True)
        self._table = table
        self._remember = remember
        table.hide_columns(frozenset(hidden))
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Open the list of columns under the button."""
        menu = self.column_menu()
        menu.popup(self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height())))

    def column_menu(self) -> QMenu:
        """The list of columns, to be shown by the caller; it stays open while columns are ticked."""
        menu = _StayingMenu("显示列", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, column in enumerate(self._table.rows.columns):
            if column.is_optional:
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(not self._table.isColumnHidden(section))
                action.toggled.connect(lambda is_on, key=column.key: self._show_column(key, is_on=is_on))
        if any(column.is_sortable for column in self._table.rows.columns):
            menu.addSeparator()
            self._add_orders(menu)
        return menu

    def _add_orders(self, menu: QMenu) -> None:
        """Sorting without a mouse: the head itself takes no focus."""
        orders = menu.addMenu("排序")
        group = QActionGroup(orders)
        head = self._table.head
        for section, column in enumerate(self._table.rows.columns):
            if not column.is_sortable or column.kind is CellKind.TICK:
                continue
            for order, word in ((Qt.SortOrder.DescendingOrder, "降序"), (Qt.SortOrder.AscendingOrder, "升序")):
                action = QAction(f"{column.title} {word}", orders)
                action.setCheckable(True)
                action.setChecked(head.order == (section, order))
                action.triggered.connect(lambda _=False, s=section, o=order: head.sort_by(s, o))
                group.addAction(action)
                orders.addAction(action)

    def _show_column(self, key: str, *, is_on: bool) -> None:
        hidden = self._table.hidden_columns()
        hidden = hidden - {key} if is_on else hidden | {key}
        self._table.hide_columns(hidden)
        self._remember(hidden)


class _StayingMenu(QMenu):
    """Ticking a column does not close the menu: several are chosen at once."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action: QAction | None = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action: QAction | None = self.activeAction()
        is_press = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_press and action is not None and action.isCheckable():
            action.toggle()
        else:
            super().keyPressEvent(event)
