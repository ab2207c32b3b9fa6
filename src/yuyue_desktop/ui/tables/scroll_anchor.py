"""Keeps the rows that are in view where they are while others come and go; knows no row's meaning."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from yuyue_desktop.ui.tables.row_model import RowModel


class ScrollAnchor(QObject):
    """Remembers which row is at the top of the view before an update and puts it back there afterwards."""

    def __init__(self, view: QTableView, rows: RowModel) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._kept: tuple[str, int] | None = None
        rows.about_to_replace.connect(self._keep)
        rows.replaced.connect(self._restore)

    def _keep(self) -> None:
        place = self._view.rowAt(0)
        is_scrolled = self._view.verticalScrollBar().value() > 0
        self._kept = (
            (self._rows.row(place).id, self._view.rowViewportPosition(place)) if is_scrolled and place >= 0 else None
        )

    def _restore(self) -> None:
        if self._kept is None:
            return
        row_id, was_at = self._kept
        place = self._rows.place(row_id)
        if place is not None:
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + self._view.rowViewportPosition(place) - was_at)
