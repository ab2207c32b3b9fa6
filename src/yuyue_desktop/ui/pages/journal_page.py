"""操作记录 (B17): who did what to which application and when, newest first; knows no service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Row
from yuyue_desktop.ui.tables.table_view import RowSize, TableView
from yuyue_desktop.ui.widgets.text import Text

COLUMNS = (
    Column("time", "时间", CellKind.CODE, "2026-09-23 14:31:07", is_sortable=False),
    Column("person", "操作人", CellKind.TEXT, "yunling2", least_share=0.6),
    Column("deed", "操作", CellKind.TEXT, "签名提交 · 取消预约"),
    Column("subject", "申请", CellKind.TEXT, "YTG202600000000001 · 澄江生鲜供应链", grows=True, least_share=0.5),
)
NOTE = "记在本机，换电脑时一起带走；同一人接连的保存只记最后一次"


class JournalPage(Page):
    """`table` shows the entries; Enter on a row goes nowhere."""

    def __init__(self, look: Look) -> None:
        super().__init__(Place.JOURNAL, "操作记录", "clock", menu_place=Place.DIAGNOSTICS)
        self.table = TableView(look, "操作记录", RowModel(COLUMNS), RowSize.RECEIPT)
        self._count = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(Text(look, "操作记录", Role.PAGE_TITLE, is_bold=True))
        words.addWidget(self._count)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def show_entries(self, rows: Sequence[Row], most: int) -> None:
        """Show the newest entries; those that were there keep selection and scroll."""
        shown = f"最近 {most} 条" if len(rows) >= most else f"{len(rows)} 条"
        self._count.setText(f"{shown} · {NOTE}")
        self.table.rows.set_rows(rows)

    def entry(self) -> QWidget | None:
        return self.table
