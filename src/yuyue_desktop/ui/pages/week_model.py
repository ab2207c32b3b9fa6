"""The days of the week view as a table that screen readers can walk: day, what its hours are good for, until when."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from yuyue_desktop.domain.calendar import clock_text
from yuyue_desktop.ui.pages.contents import Block, BlockKind, CalendarDay

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_WORDS = {
    BlockKind.PAST: "已过",
    BlockKind.WORKING: "工作时间",
    BlockKind.BOOKABLE: "可约",
    BlockKind.TOO_LATE: "已来不及",
    BlockKind.UNKNOWN: "日历未公布",
    BlockKind.GAP: "不足两小时",
    BlockKind.DRAFT: "我的草稿",
}


class WeekColumn(IntEnum):
    """The three columns of the week view."""

    DAY = 0
    HOURS = 1
    LATEST = 2


_TITLES = {WeekColumn.DAY: "日期", WeekColumn.HOURS: "时段", WeekColumn.LATEST: "约这一天，最迟何时申报"}


class WeekModel(QAbstractTableModel):
    """One row per day."""

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[CalendarDay, ...] = ()

    def show_days(self, days: Sequence[CalendarDay]) -> None:
        """Show these days; the same days are renewed in place."""
        same = [day.day for day in days] == [day.day for day in self.days]
        if not same:
            self.beginResetModel()
        self.days = tuple(days)
        if not same:
            self.endResetModel()
        elif self.days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.days) - 1, WeekColumn.LATEST))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.days)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(WeekColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _said(self.days[index.row()], WeekColumn(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[WeekColumn(section)]
        return None


def _said(day: CalendarDay, column: WeekColumn) -> str:
    match column:
        case WeekColumn.DAY:
            return f"{day.title}，{day.note}"
        case WeekColumn.HOURS:
            return "；".join(_block_words(block) for block in day.blocks)
        case WeekColumn.LATEST:
            return f"最迟 {day.latest}，{day.detail}"


def _block_words(block: Block) -> str:
    return f"{_WORDS[block.kind]} {clock_text(block.opens)}–{clock_text(block.closes)}"
