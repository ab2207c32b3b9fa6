"""A card of things to do, the most urgent first; knows no application."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.pages.contents import Task
from yuyue_desktop.ui.pages.due_row import DueRow
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.painting import start


class TaskList(Box):
    """`acted` carries the application's id. Rows are made anew only when the tasks differ."""

    acted = Signal(str)

    def __init__(self, look: Look, title: str, note: str, empty: str, advice: str) -> None:
        super().__init__(look, title, note)
        self._tasks: tuple[Task, ...] | None = None
        self._has_blue = False
        self.rows: list[DueRow] = []
        self._empty = EmptyState(look, empty, advice)
        self.body.setContentsMargins(1, 0, 1, Space.XS)
        self.body.addWidget(self._empty)

    def show_tasks(self, tasks: Sequence[Task], *, has_blue: bool) -> None:
        """Show these, in this order; `has_blue` makes the first one's act the page's blue button."""
        if (tuple(tasks), has_blue) == (self._tasks, self._has_blue):
            return
        focused = next((row for row in self.rows if row.act.hasFocus()), None)
        at = self._tasks[self.rows.index(focused)].application_id if focused and self._tasks else ""
        self._tasks, self._has_blue = tuple(tasks), has_blue
        self._renew_rows()
        for row, task in zip(self.rows, self._tasks, strict=True):
            if task.application_id == at:
                row.act.setFocus()

    def _renew_rows(self) -> None:
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for task in self._tasks or ():
            row = DueRow(self._look, task, is_first=self._has_blue and not self.rows)
            row.acted.connect(self.acted)
            self.rows.append(row)
            self.body.addWidget(row)
            row.show()
        self._empty.setVisible(not self.rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = start(self)
        for row in self.rows[1:]:
            line = QRectF(Space.M, row.y() - 0.5, self.width() - 2 * Space.M, 1)
            painter.fillRect(line.toRect(), self._look.colour("line"))

    @property
    def first_act(self) -> QWidget | None:
        """The button of the most urgent one."""
        return self.rows[0].act if self.rows else None
